package dev.asrdoctor.remoting.wsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.Session;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;

/** Shorthand for what tests do with the client. */
final class Client {
    static final WsmanSettings SETTINGS = WsmanSettings.defaults(new Random(42), InstantSource.system());
    static final Duration AMPLE = Duration.ofSeconds(120);

    interface Call {
        Object run() throws Exception;
    }

    private Client() {}

    static Logon logon() {
        return Logon.unlimited(Identity.of(FakeHost.USER, FakeHost.PASSWORD.toCharArray()));
    }

    static Session open(Endpoint endpoint) throws RemotingException, InterruptedException {
        return new WsmanRemoting(SETTINGS).open(endpoint, logon(), Deadline.after(AMPLE));
    }

    static Output run(Endpoint endpoint) throws RemotingException, InterruptedException {
        return run(new WsmanRemoting(SETTINGS), endpoint, AMPLE);
    }

    static Output run(WsmanRemoting remoting, Endpoint endpoint, Duration time)
            throws RemotingException, InterruptedException {
        Deadline deadline = Deadline.after(time);
        try (Session session = remoting.open(endpoint, logon(), deadline)) {
            return session.run("'hi'", deadline);
        }
    }

    static RemotingFailure failure(Endpoint endpoint) {
        return failure(() -> run(endpoint));
    }

    /** The failure, which must say what is wrong and what to do. */
    static RemotingFailure failure(Call call) {
        Throwable thrown = catchThrowable(call::run);
        assertThat(thrown).isInstanceOf(RemotingException.class);
        RemotingFailure failure = ((RemotingException) thrown).failure();
        assertThat(failure.message()).isNotBlank().doesNotContain("\n", "null");
        assertThat(failure.advice()).isNotBlank().endsWith(".");
        assertThat(failure.kind()).matches("[a-z-]+");
        return failure;
    }
}
