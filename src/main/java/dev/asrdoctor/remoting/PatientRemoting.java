package dev.asrdoctor.remoting;

import dev.asrdoctor.remoting.Patience.Asked;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Asks again, by the rules of {@link Patience}, what failed for a passing reason, within the deadline that was given. */
public final class PatientRemoting implements Remoting {
    private final Remoting remoting;
    private final Patience patience;
    private final RandomGenerator random;
    private final Pause pause;
    private final Consumer<Wait> waited;

    /** Lets time pass. */
    @FunctionalInterface
    public interface Pause {
        void last(Duration time) throws InterruptedException;
    }

    /** @param waited told after each wait */
    public PatientRemoting(
            Remoting remoting, Patience patience, RandomGenerator random, Pause pause, Consumer<Wait> waited) {
        this.remoting = remoting;
        this.patience = patience;
        this.random = random;
        this.pause = pause;
        this.waited = waited;
    }

    @Override
    public Session open(Endpoint endpoint, Logon logon, Deadline deadline)
            throws RemotingException, InterruptedException {
        Session session = patiently(Asked.CONNECTION, deadline, () -> remoting.open(endpoint, logon, deadline));
        return new Session() {
            @Override
            public Output run(String script, Deadline until) throws RemotingException, InterruptedException {
                return patiently(Asked.SCRIPT_THAT_CHANGES, until, () -> session.run(script, until));
            }

            @Override
            public Output read(String script, Deadline until) throws RemotingException, InterruptedException {
                return patiently(Asked.SCRIPT_THAT_READS, until, () -> session.read(script, until));
            }

            @Override
            public Output run(Script script, Deadline until) throws RemotingException, InterruptedException {
                return patiently(Asked.SCRIPT_THAT_CHANGES, until, () -> session.run(script, until));
            }

            @Override
            public Output read(Script script, Deadline until) throws RemotingException, InterruptedException {
                return patiently(Asked.SCRIPT_THAT_READS, until, () -> session.read(script, until));
            }

            @Override
            public Optional<LoggedOn> loggedOn() {
                return session.loggedOn();
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }

    private interface Try<T> {
        T once() throws RemotingException, InterruptedException;
    }

    private <T> T patiently(Asked asked, Deadline deadline, Try<T> tried)
            throws RemotingException, InterruptedException {
        for (int waits = 0; ; waits++) {
            try {
                return tried.once();
            } catch (RemotingException e) {
                Optional<Duration> wait = next(e.failure(), asked, waits);
                if (wait.isEmpty() || deadline.remaining().compareTo(wait.get().plus(patience.least())) < 0) {
                    throw e;
                }
                pause.last(wait.get());
                waited.accept(new Wait(wait.get(), e.failure()));
            }
        }
    }

    private Optional<Duration> next(RemotingFailure failure, Asked asked, int waits) {
        return patience.schedule(failure, asked).flatMap(schedule -> schedule.wait(waits, random));
    }
}
