package dev.asrdoctor.remedy;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.store.Attempt;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The guard rails that look at the whole fleet, at time and at what was tried before; pure. What they hold back is told with
 * the numbers, and waits for a later run.
 */
public final class FleetGuardRails {
    /** In smaller fleets one sick server is already a large share. */
    private static final int ENOUGH_TO_JUDGE = 5;

    private static final Set<String> OUTAGES = Arrays.stream(Remedy.values())
            .filter(Remedy::outage)
            .map(Remedy::id)
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> BORNE = Set.of("waived", "check-disabled", "disabled-on-purpose");

    private final Policy policy;
    private final List<Server> fleet;
    /** Those of which nobody can say that they were written in the future. */
    private final List<Attempt> history;

    private final List<Attempt> toCome;
    private final OpenWindows changes;
    private final Instant now;

    /**
     * @param fleet every server of the inventory
     * @param history what the journal tells
     * @param changes the change windows that are open now
     */
    public FleetGuardRails(Policy policy, List<Server> fleet, List<Attempt> history, OpenWindows changes, Instant now) {
        this.policy = policy;
        this.fleet = fleet;
        Instant latest = now.plus(policy.get(RailLimits.RESTART_WINDOW));
        this.history = history.stream()
                .filter(attempt -> !attempt.at().isAfter(latest))
                .toList();
        this.toCome =
                history.stream().filter(attempt -> attempt.at().isAfter(latest)).toList();
        this.changes = changes;
        this.now = now;
    }

    /**
     * What may be done.
     *
     * @param plans the same servers in the same order, with what is held back moved there
     * @param stopped why nothing at all is done, null where something may
     */
    public record Decision(List<ServerPlan> plans, @Nullable String stopped) {}

    /**
     * @param planned the servers that were read, each with the facts of its plan
     * @param unread names of those that could not be read
     * @param pulled why nothing may be begun now, as {@link RunBrake#pulled} tells it
     */
    public Decision decide(
            List<ServerPlan> planned, Map<String, Facts> facts, Set<String> unread, Optional<String> pulled) {
        Set<String> unknown = unknown(planned, facts);
        Optional<Objection> all = pulled.flatMap(why -> Objection.of("kill-switch", why))
                .or(() -> wholeRun(planned, unread.size(), unknown));
        if (all.isPresent()) {
            Objection why = all.get();
            return new Decision(planned.stream().map(plan -> plan.without(why)).toList(), why.reason());
        }
        Set<String> down = new HashSet<>();
        unread.forEach(name -> down.add(name.toLowerCase(Locale.ROOT)));
        down.addAll(unknown);
        planned.stream()
                .filter(FleetGuardRails::isDown)
                .forEach(plan -> down.add(plan.server().name().toLowerCase(Locale.ROOT)));
        Set<String> up = new HashSet<>();
        planned.forEach(plan -> up.add(plan.server().name().toLowerCase(Locale.ROOT)));
        up.removeAll(down);
        Caps caps = new Caps(resolved(planned));
        List<ServerPlan> decided = new ArrayList<>();
        for (ServerPlan plan : planned) {
            Facts known = facts.get(plan.server().name());
            ServerPlan kept = Objection.inChange(plan.server().name(), changes)
                    .or(() -> Objection.tooYoung(policy, known))
                    .map(plan::without)
                    .orElseGet(() -> Together.of(
                            plan.steps(),
                            without(
                                    plan,
                                    step -> triedTooOften(plan.server().name(), step)
                                            .or(() ->
                                                    partnerIsDown(plan.server().name(), step, down, up))),
                            known));
            if (!kept.steps().isEmpty()) {
                kept = caps.objection(kept.server()).map(kept::without).orElse(kept);
            }
            decided.add(kept);
        }
        return new Decision(List.copyOf(decided), null);
    }

    private static ServerPlan without(ServerPlan plan, Function<Step, Optional<Objection>> objection) {
        List<Step> steps = new ArrayList<>();
        List<HeldBack> held = new ArrayList<>(plan.heldBack());
        for (Step step : plan.steps()) {
            objection
                    .apply(step)
                    .ifPresentOrElse(
                            why -> held.add(HeldBack.of(step, why.guard(), why.reason())), () -> steps.add(step));
        }
        return plan.with(steps, held);
    }

    /** In lower case: servers that answered, and whose services nobody knows all the same. */
    private static Set<String> unknown(List<ServerPlan> planned, Map<String, Facts> facts) {
        Set<String> unknown = new HashSet<>();
        for (ServerPlan plan : planned) {
            Facts known = facts.get(plan.server().name());
            if (known == null || known.read(FactArea.SERVICES) == null) {
                unknown.add(plan.server().name().toLowerCase(Locale.ROOT));
            }
        }
        return unknown;
    }

    /** Every server of the inventory with the deployment that this run has found it to be. */
    private List<ResolvedServer> resolved(List<ServerPlan> planned) {
        Map<String, ResolvedServer> found = new HashMap<>();
        planned.forEach(plan -> found.put(plan.server().name(), plan.server()));
        return fleet.stream()
                .map(server -> {
                    ResolvedServer read = found.get(server.name());
                    return read == null ? ResolvedServer.asSaid(server) : read;
                })
                .toList();
    }

    private Optional<Objection> wholeRun(List<ServerPlan> planned, int unread, Set<String> unknown) {
        Optional<Objection> times = RunTimes.objection(policy, now);
        if (times.isPresent()) {
            return times;
        }
        long sick = unread
                + planned.stream()
                        .filter(plan -> isSick(plan)
                                || unknown.contains(plan.server().name().toLowerCase(Locale.ROOT)))
                        .count();
        long all = planned.size() + (long) unread;
        int most = policy.get(RailLimits.UNHEALTHY_STOPS);
        if (all >= ENOUGH_TO_JUDGE && sick * 100 > all * most) {
            return Objection.of(
                    "fleet-unhealthy",
                    sick + " of " + all + " servers are down or could not be read, more than " + most
                            + " % (guardRails.unhealthyPercent): this is not the servers. asrdoctor diagnose tells what"
                            + " they have in common");
        }
        return Optional.empty();
    }

    /** What the policy bears is no sign either that something happened to the fleet. */
    private static boolean isSick(ServerPlan plan) {
        return isDown(plan.with(
                plan.steps(),
                plan.heldBack().stream()
                        .filter(held -> !BORNE.contains(held.guard()))
                        .toList()));
    }

    /** A server that is merely configured otherwise than wanted is no sign that something happened to the fleet. */
    private static boolean isDown(ServerPlan plan) {
        return Stream.concat(
                        plan.steps().stream().map(Step::remedy),
                        plan.heldBack().stream().map(HeldBack::remedy))
                .anyMatch(OUTAGES::contains);
    }

    private Optional<Objection> triedTooOften(String server, Step step) {
        Duration window = policy.get(RailLimits.RESTART_WINDOW);
        List<Attempt> recent = history.stream()
                .filter(attempt -> attempt.isOf(server)
                        && Results.tried(attempt, step.key())
                        && attempt.at().isAfter(now.minus(window)))
                .toList();
        int most = policy.get(RailLimits.RESTARTS);
        if (recent.size() >= most) {
            return Objection.of(
                    "restarts",
                    "it was tried " + recent.size() + " times within " + Words.duration(window)
                            + " (guardRails.restarts); it needs a human");
        }
        if (!recent.isEmpty() && Results.hadNoEffect(recent.getLast(), step.key())) {
            return Objection.of(
                    "no-effect",
                    "it was done at " + recent.getLast().at()
                            + " and had no effect; it needs a human (tried again after " + Words.duration(window)
                            + ", guardRails.restartWindow)");
        }
        int failures = 0;
        for (Attempt attempt : recent.reversed()) {
            if (Results.verified(attempt, step.key())) {
                break;
            }
            failures++;
        }
        if (failures == 0) {
            return Optional.empty();
        }
        Duration pause = policy.get(RailLimits.BACK_OFF).multipliedBy(1L << Math.min(20, failures - 1));
        Instant next = recent.getLast().at().plus(pause);
        return next.isAfter(now)
                ? Objection.of(
                        "back-off",
                        "the last time did not last; the next is due in " + Words.duration(Duration.between(now, next))
                                + " (guardRails.backOff)")
                : Optional.empty();
    }

    /** Attempts that a clock far ahead has dated into the future; nobody can tell when they were, and they do not count. */
    public List<Attempt> toCome() {
        return toCome;
    }

    /** Names in {@code notTogether} that no server has: one that is misspelt protects nobody. */
    public List<String> unknownPartners() {
        Set<String> known = new HashSet<>();
        fleet.forEach(server -> known.add(server.name().toLowerCase(Locale.ROOT)));
        return policy.get(RailLimits.NOT_TOGETHER).stream()
                .flatMap(FleetGuardRails::names)
                .filter(name -> !known.contains(name))
                .distinct()
                .sorted()
                .toList();
    }

    /** In lower case. */
    private static Stream<String> names(String set) {
        return Arrays.stream(set.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    }

    /** What runs is not taken down while its partner is; what is down already may come up. */
    private Optional<Objection> partnerIsDown(String server, Step step, Set<String> down, Set<String> up) {
        return step.action() != Step.Action.RESTART
                ? Optional.empty()
                : partners(server).stream()
                        .filter(name -> !up.contains(name))
                        .findFirst()
                        .flatMap(name -> Objection.of(
                                "not-together",
                                name
                                        + (down.contains(name)
                                                ? " is down or could not be read"
                                                : " is not among the servers of this run")
                                        + ", and the two are not to be down together (guardRails.notTogether)"));
    }

    /** In lower case. */
    private Set<String> partners(String server) {
        String own = server.toLowerCase(Locale.ROOT);
        Set<String> partners = new LinkedHashSet<>();
        for (String set : policy.get(RailLimits.NOT_TOGETHER)) {
            List<String> names = names(set).toList();
            if (names.contains(own)) {
                partners.addAll(names);
            }
        }
        partners.remove(own);
        return partners;
    }

    /** How many servers a run may heal, counted while it is decided. */
    private final class Caps {
        private final List<ResolvedServer> servers;
        private final Map<String, Integer> taken = new HashMap<>();
        private final Set<String> names = new HashSet<>();

        private Caps(List<ResolvedServer> servers) {
            this.servers = servers;
        }

        /** Takes a place for the server where there is one. */
        Optional<Objection> objection(ResolvedServer server) {
            int most = policy.get(RailLimits.HEALED_SERVERS);
            if (names.size() >= most) {
                return Objection.of("servers", "this run heals " + most + " servers already (guardRails.servers)");
            }
            String site = server.site();
            Optional<Objection> share = full("the fleet", RailLimits.HEALED_OF_FLEET, other -> true)
                    .or(() -> site == null
                            ? Optional.empty()
                            : full("the site " + site, RailLimits.HEALED_OF_SITE, other -> site.equals(other.site())))
                    .or(() -> full(
                            deployment(server),
                            RailLimits.HEALED_OF_DEPLOYMENT,
                            other -> server.known().equals(other.known())))
                    .or(() -> together(server.name()));
            if (share.isEmpty()) {
                names.add(server.name());
                places(server).forEach(place -> taken.merge(place, 1, Integer::sum));
            }
            return share;
        }

        private static String deployment(ResolvedServer server) {
            return server.known()
                    .map(known -> "the deployment " + known.id())
                    .orElse("those whose deployment nobody knows");
        }

        private List<String> places(ResolvedServer server) {
            List<String> places = new ArrayList<>(List.of("the fleet", deployment(server)));
            if (server.site() != null) {
                places.add("the site " + server.site());
            }
            return places;
        }

        private Optional<Objection> full(String place, Setting<Integer> percent, Predicate<ResolvedServer> in) {
            long size = servers.stream().filter(in).count();
            long most = Math.max(1, size * policy.get(percent) / 100);
            return taken.getOrDefault(place, 0) >= most
                    ? Objection.of(
                            "share",
                            "this run heals " + most + " of the " + size + " servers of " + place + " already ("
                                    + percent.path() + ")")
                    : Optional.empty();
        }

        private Optional<Objection> together(String server) {
            Set<String> partners = partners(server);
            return names.stream()
                    .filter(name -> partners.contains(name.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .flatMap(name -> Objection.of(
                            "not-together",
                            "this run heals " + name + ", and the two are not to be down together"
                                    + " (guardRails.notTogether)"));
        }
    }
}
