package dev.asrdoctor.lab.wsman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.lab.command.CommandRunner;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.remoting.wsman.WsmanRemoting;
import dev.asrdoctor.remoting.wsman.WsmanSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A controller that is killed leaves its shells to their IdleTimeOut, and nothing beyond it. */
class LeaseTest {
    private static final Duration LEASE =
            WsmanSettings.defaults(new Random(0), InstantSource.system()).shellIdleTimeout();

    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Test
    @Timeout(300)
    void theShellOfAKilledControllerIsGoneAfterItsIdleTimeoutAndItsCommandWithIt() throws Exception {
        SettableClock clock = new SettableClock();
        CommandRunner endless = (line, stdin) -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                stopped.countDown();
            }
            return Given.text("");
        };
        try (WinRmEndpoint endpoint =
                WinRmEndpoint.start(Given.host(), endless, new Surroundings(clock, new SecureRandom()))) {
            Process controller = controller(endpoint.port());
            started.await();
            assertThat(endpoint.openShells()).isEqualTo(1);

            controller.destroyForcibly();
            assertThat(controller.waitFor()).isNotZero();

            assertThat(LEASE).isLessThanOrEqualTo(Duration.ofMinutes(3));
            clock.pass(LEASE);
            assertThat(endpoint.openShells()).isEqualTo(1);
            assertThat(stopped.getCount()).isEqualTo(1);

            clock.pass(Duration.ofSeconds(1));
            // The request under way when the controller died keeps its shell until the server has nothing to say to it.
            while (endpoint.openShells() > 0) {
                TimeUnit.MILLISECONDS.sleep(20);
                clock.pass(LEASE);
            }
            assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Process controller(int port) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Controller.class.getName(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Runs a script that never ends. */
    static final class Controller {
        public static void main(String[] args) throws Exception {
            WsmanSettings settings = WsmanSettings.defaults(new SecureRandom(), InstantSource.system())
                    .withOperationTimeout(Duration.ofSeconds(1), Duration.ofSeconds(10));
            dev.asrdoctor.remoting.Endpoint target = new dev.asrdoctor.remoting.Endpoint(
                    "127.0.0.1",
                    Integer.parseInt(args[0]),
                    false,
                    "/wsman",
                    dev.asrdoctor.remoting.Endpoint.Scheme.NTLM,
                    false,
                    List.of(),
                    null,
                    true);
            Deadline deadline = Deadline.after(Duration.ofMinutes(10));
            Logon logon = Logon.unlimited(Identity.of(Given.USER, Given.PASSWORD.toCharArray()));
            try (Session session = new WsmanRemoting(settings).open(target, logon, deadline)) {
                session.run("'x'", deadline);
            }
        }
    }
}
