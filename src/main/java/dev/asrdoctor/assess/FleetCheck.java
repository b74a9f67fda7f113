package dev.asrdoctor.assess;

import dev.asrdoctor.check.Checks;
import dev.asrdoctor.check.Pairs;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.fleet.Trouble;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.probe.AnswerException;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.text.Commands;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges what a run has brought back; the same for a live run and for saved facts. */
public final class FleetCheck {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private FleetCheck() {}

    /** @param checks ids of those to judge by */
    public static List<ServerReport> judge(List<Outcome<Facts>> visits, Policy policy, Set<String> checks) {
        SharedFindings shared = new SharedFindings();
        return together(
                visits,
                visits.stream()
                        .map(visit -> shared.in(judge(visit, policy, checks)))
                        .toList());
    }

    /** The reports that the visits themselves have brought. */
    public static List<ServerReport> reports(List<Outcome<Checked>> visits) {
        return together(
                Checked.facts(visits),
                visits.stream()
                        .map(visit -> switch (visit) {
                            case Outcome.Done<Checked> done -> done.value().report();
                            case Outcome.Failed<Checked> failed -> unreached(failed.server(), failed.trouble());
                        })
                        .toList());
    }

    static ServerReport judge(Facts facts, Server server, Policy policy, Set<String> checks) {
        return Checks.judge(facts.opened(), server, policy, checks);
    }

    private static List<ServerReport> together(List<Outcome<Facts>> visits, List<ServerReport> reports) {
        Map<String, Facts> facts = new HashMap<>();
        for (Outcome<Facts> visit : visits) {
            if (visit instanceof Outcome.Done<Facts> done) {
                facts.put(done.server().name(), done.value());
            }
        }
        return Pairs.together(reports, facts);
    }

    /** A server whose facts cannot be judged is one of which nothing is known. */
    private static ServerReport judge(Outcome<Facts> visit, Policy policy, Set<String> checks) {
        return switch (visit) {
            case Outcome.Done<Facts> done -> {
                boolean interrupted = false;
                while (true) {
                    try {
                        ServerReport report = CheckTask.inTime(
                                Deadline.after(LIMIT), () -> judge(done.value(), done.server(), policy, checks));
                        if (interrupted) {
                            Thread.currentThread().interrupt();
                        }
                        yield report;
                    } catch (AnswerException e) {
                        yield unreached(done.server(), Trouble.of(e.failure()));
                    } catch (InterruptedException e) {
                        // What was read is told, whatever else is stopped.
                        interrupted = true;
                    }
                }
            }
            case Outcome.Failed<Facts> failed -> unreached(failed.server(), failed.trouble());
        };
    }

    private static ServerReport unreached(Server server, Trouble trouble) {
        return ServerReport.unreached(
                server, trouble.stage(), trouble.kind(), trouble.message(), advice(server, trouble));
    }

    /** With the server's own address in what is to be typed. */
    private static String advice(Server server, Trouble trouble) {
        return Commands.value(server.address())
                .map(address -> trouble.advice()
                        .replace("Test-NetConnection NAME ", "Test-NetConnection " + address + " ")
                        .replace("Test-WSMan NAME'", "Test-WSMan " + address + "'"))
                .orElse(trouble.advice());
    }
}
