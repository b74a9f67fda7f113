package dev.asrdoctor.assess;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.Controller;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.product.Trait;
import dev.asrdoctor.store.FactSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Servers are read and judged. */
public record Assess(Controller controller) {

    /** @param earlier what was kept of earlier runs, which tells how load went; null for none */
    public Assessed fleet(Fleet fleet, Choice choice, @Nullable FactSet earlier) throws Exception {
        List<Outcome<Checked>> checked = new FleetReading(controller)
                .checked(fleet, choice, facts -> earlier == null ? facts : LoadHistory.add(facts, earlier));
        return new Assessed(Checked.facts(checked), FleetCheck.reports(checked));
    }

    /** The chosen servers, and those where a cause of what ails them may lie. */
    public Assessed withRelated(Fleet chosen, Choice choice) throws Exception {
        return fleet(chosen.with(related(chosen.servers(), chosen.inventory())), choice, null);
    }

    /** What was read another time. */
    public static Assessed kept(List<Outcome<Facts>> read, Policy policy, Set<String> checks) {
        return new Assessed(read, FleetCheck.judge(read, policy, checks));
    }

    /** With the process servers of source machines, and the configuration servers of the same site. */
    private static List<Server> related(List<Server> chosen, Inventory inventory) {
        List<Server> all = new ArrayList<>(chosen);
        Set<String> names = new HashSet<>(chosen.stream().map(Server::name).toList());
        for (Server server : inventory.servers()) {
            boolean receives = chosen.stream()
                    .anyMatch(source -> server.name().equals(source.role().processServer()));
            boolean leads = server.deployment().is(Trait.LEADS)
                    && server.connection().credential() != null
                    && chosen.stream()
                            .anyMatch(other -> other.site() == null
                                    || server.site() == null
                                    || other.site().equals(server.site()));
            if ((receives || leads) && names.add(server.name())) {
                all.add(server);
            }
        }
        return all;
    }
}
