package dev.asrdoctor.assess;

import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.ServerTask;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.probe.AnswerException;
import dev.asrdoctor.probe.AnswerFailure;
import dev.asrdoctor.probe.FactsReader;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.Session;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/**
 * Reads one server and judges it at once, within that server's own visit: what its answer sets off is its own trouble, and
 * the facts need not be held as they are.
 */
public final class CheckTask implements ServerTask<Checked> {
    private static final Duration LEAST = Duration.ofSeconds(2);
    private static final Duration MOST = Duration.ofSeconds(10);

    private final FactsReader reader;
    private final ProbePlan plan;
    private final Policy policy;
    private final Set<String> checks;
    private final UnaryOperator<Facts> completed;
    private final SharedFindings shared = new SharedFindings();

    /**
     * @param checks ids of those to judge by
     * @param completed adds to what was read, for example from earlier runs
     */
    public CheckTask(
            FactsReader reader, ProbePlan plan, Policy policy, Set<String> checks, UnaryOperator<Facts> completed) {
        this.reader = reader;
        this.plan = plan;
        this.policy = policy;
        this.checks = Set.copyOf(checks);
        this.completed = completed;
    }

    @Override
    public Checked run(Server server, Session session, Deadline deadline)
            throws RemotingException, AnswerException, InterruptedException {
        Facts facts = reader.read(server.name(), plan.of(server), session, deadline);
        return inTime(deadline, () -> {
            Facts whole = completed.apply(facts);
            ServerReport report = FleetCheck.judge(whole, server, policy, checks);
            return new Checked(whole.packed(), shared.in(report));
        });
    }

    /**
     * Work with an answer, which is bad where the work fails or takes too long.
     *
     * @param deadline of the visit; a little is left for this even where reading has used it up
     */
    public static <T> T inTime(Deadline deadline, Callable<T> work) throws AnswerException, InterruptedException {
        Duration left = deadline.remaining();
        Duration limit = left.compareTo(LEAST) < 0 ? LEAST : left.compareTo(MOST) > 0 ? MOST : left;
        try {
            return InTime.run(limit, work);
        } catch (InTime.FailedException e) {
            throw new AnswerException(new AnswerFailure.OddAnswer(String.valueOf(e.getMessage())));
        }
    }
}
