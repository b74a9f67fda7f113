package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.lab.command.CommandRunner;
import dev.asrdoctor.lab.command.ScriptResult;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ShellsTest {

    /** Never ends by itself; tells when it starts and when it is stopped. */
    private static final class Endless implements CommandRunner {
        final CountDownLatch started = new CountDownLatch(1);
        final CountDownLatch stopped = new CountDownLatch(1);

        @Override
        public ScriptResult run(String commandLine, byte[] stdin) throws InterruptedException {
            started.countDown();
            try {
                new CountDownLatch(1).await();
                return Given.text("never");
            } finally {
                stopped.countDown();
            }
        }
    }

    @Test
    void collectsInputUntilItsEndBeforeTheCommandRuns() throws Exception {
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.openHost(), Given.echo());
                RawClient client = Given.client(endpoint)) {
            String shell = Soap.shellId(client.soap(Soap.create()));
            String command = Soap.commandId(client.soap(Soap.command(shell, "cat")));
            client.soap(Soap.send(shell, command, "one ".getBytes(UTF_8), false));

            RawClient.Answer early = client.soap(Soap.receive(shell, command, Soap.timeout("PT0.01S")));
            client.soap(Soap.send(shell, command, "two".getBytes(UTF_8), true));

            assertThat(Soap.faultCode(early)).isEqualTo(2150858793L);
            assertThat(new String(Given.receiveAll(client, shell, command), UTF_8))
                    .isEqualTo("cat|one two");
        }
    }

    @Test
    void faultsOnWhatIsNotThere() throws Exception {
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.openHost(), Given.echo());
                RawClient client = Given.client(endpoint)) {
            String shell = Soap.shellId(client.soap(Soap.create()));
            String command = Soap.commandId(client.soap(Soap.command(shell, "cat")));

            assertFault(client, Soap.command("NO-SUCH-SHELL", "x"), 2150858843L);
            assertFault(client, Soap.get("NO-SUCH-SHELL"), 2150858843L);
            assertFault(client, Soap.receive(shell, "NO-SUCH-COMMAND"), 2150858843L);
            Given.receiveAll(client, shell, command);
            assertFault(client, Soap.receive(shell, command), 2150858843L);
            assertFault(client, Soap.request("urn:nothing", "", ""), 2150858771L);
            assertFault(client, Soap.request(Names.TRANSFER + "/Create", "urn:jea", "", ""), 2150858752L);
            assertFault(client, Soap.request(Names.TRANSFER + "/Create", "", "<wrong/>"), 2150858817L);
            assertFault(client, "<s:Envelope xmlns:s='" + Names.SOAP + "'><s:Body/></s:Envelope>", 2150858769L);
            assertFault(client, Soap.receive(shell, command, Soap.maxEnvelope(100)), 2150858878L);
            assertFault(client, Soap.receive(shell, command, Soap.timeout("soon")), 2150858817L);
            assertThat(client.soap(Soap.get(shell)).text()).contains("<rsp:ShellId>" + shell + "</rsp:ShellId>");
        }
    }

    private static void assertFault(RawClient client, String request, long code) throws Exception {
        RawClient.Answer answer = client.soap(request);
        assertThat(answer.status()).as(request).isEqualTo(500);
        assertThat(Soap.faultCode(answer)).as(request).isEqualTo(code);
    }

    @Test
    void opensNoMoreShellsThanTheQuotaAllows() throws Exception {
        Quotas two = Quotas.DEFAULT.withShellsPerUser(2);
        Quotas twoInCim = new Quotas(2, two.idleTimeout(), two.envelopeBytes(), two.longestOperation(), true);
        for (Quotas quotas : List.of(two, twoInCim)) {
            try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.openHost().with(quotas), Given.echo());
                    RawClient client = Given.client(endpoint)) {
                String first = Soap.shellId(client.soap(Soap.create()));
                client.soap(Soap.create());

                RawClient.Answer third = client.soap(Soap.create());

                assertThat(third.status()).isEqualTo(500);
                assertThat(Soap.faultCode(third)).isEqualTo(2150859173L);
                assertThat(third.text().contains("MSFT_WmiError")).isEqualTo(quotas.cimForm());
                assertThat(third.text()).contains("a maximum number of 2 concurrent shells");
                client.soap(Soap.delete(first));
                assertThat(client.soap(Soap.create()).status()).isEqualTo(200);
                assertThat(endpoint.openShells()).isEqualTo(2);
            }
        }
    }

    @Test
    void reapsShellsThatAreIdleForLongerThanTheyAskedFor() throws Exception {
        SettableClock clock = new SettableClock();
        Endless endless = new Endless();
        try (WinRmEndpoint endpoint =
                        WinRmEndpoint.start(Given.openHost(), endless, new Surroundings(clock, new SecureRandom()));
                RawClient client = Given.client(endpoint)) {
            String brief = Soap.shellId(client.soap(Soap.create("<r:IdleTimeOut>PT90S</r:IdleTimeOut>")));
            String lasting = Soap.shellId(client.soap(Soap.create()));
            String command = Soap.commandId(client.soap(Soap.command(brief, "wait")));
            client.soap(Soap.receive(brief, command, Soap.timeout("PT0.01S")));
            endless.started.await();

            clock.pass(Duration.ofSeconds(90));
            assertThat(client.soap(Soap.get(brief)).text())
                    .contains("<rsp:IdleTimeOut>PT90.000S<", "<rsp:ShellRunTime>P0DT0H1M30S<");
            clock.pass(Duration.ofSeconds(91));

            assertThat(endpoint.openShells()).isEqualTo(1);
            endless.stopped.await();
            assertThat(Soap.faultCode(client.soap(Soap.get(brief)))).isEqualTo(2150858843L);
            clock.pass(Duration.ofHours(2).minusSeconds(181));
            assertThat(client.soap(Soap.get(lasting)).status()).isEqualTo(200);
            clock.pass(Duration.ofHours(2).plusSeconds(1));
            assertThat(endpoint.openShells()).isZero();
        }
    }

    @Test
    void terminatesARunningCommandAndTellsWhoeverWaitsForIt() throws Exception {
        Endless endless = new Endless();
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.openHost(), endless);
                RawClient client = Given.client(endpoint);
                RawClient waiting = Given.client(endpoint);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String shell = Soap.shellId(client.soap(Soap.create()));
            String command = Soap.commandId(client.soap(Soap.command(shell, "wait")));
            Future<RawClient.Answer> pending = threads.submit(() -> waiting.soap(Soap.receive(shell, command)));
            endless.started.await();

            assertThat(client.soap(Soap.signal(shell, command, "terminate")).status())
                    .isEqualTo(200);

            endless.stopped.await();
            assertThat(Soap.faultCode(pending.get())).isEqualTo(995);
            assertThat(endpoint.openShells()).isEqualTo(1);
        }
    }

    @Test
    void endsAnInterruptedCommandWithItsExitCode() throws Exception {
        Endless endless = new Endless();
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.openHost(), endless);
                RawClient client = Given.client(endpoint)) {
            String shell = Soap.shellId(client.soap(Soap.create()));
            String command = Soap.commandId(client.soap(Soap.command(shell, "wait")));
            client.soap(Soap.receive(shell, command, Soap.timeout("PT0.01S")));

            client.soap(Soap.signal(shell, command, "ctrl_c"));

            assertThat(Soap.exitCode(client.soap(Soap.receive(shell, command)))).isEqualTo(3221225786L);
            endless.stopped.await();
        }
    }

    @Test
    void killsTheCommandsOfADeletedShell() throws Exception {
        Endless endless = new Endless();
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.openHost(), endless);
                RawClient client = Given.client(endpoint)) {
            String shell = Soap.shellId(client.soap(Soap.create()));
            String command = Soap.commandId(client.soap(Soap.command(shell, "wait")));
            client.soap(Soap.receive(shell, command, Soap.timeout("PT0.01S")));
            endless.started.await();

            client.soap(Soap.delete(shell));

            endless.stopped.await();
            assertThat(endpoint.openShells()).isZero();
        }
    }

    @Test
    void hidesAShellFromOtherUsers() throws Exception {
        Accounts two = Accounts.of(Account.local("one", "1"), Account.local("two", "2"));
        EndpointSettings settings = EndpointSettings.of(HostIdentity.named("PS01"), two)
                .with(LogonRules.WITH_BASIC.withAllowUnencrypted(true));
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(settings, Given.echo());
                RawClient one = RawClient.basic(endpoint, "one", "1");
                RawClient other = RawClient.basic(endpoint, "two", "2")) {
            String shell = Soap.shellId(one.soap(Soap.create()));

            assertThat(Soap.faultCode(other.soap(Soap.delete(shell)))).isEqualTo(2150858843L);
            assertThat(endpoint.openShells()).isEqualTo(1);
        }
    }

    @Test
    void cutsOutputAnywhereAndFillsNoEnvelopeBeyondItsSize() throws Exception {
        String text = "Über naïve Größe: 漢字 \uD83D\uDE00\r\n".repeat(2000);
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(
                        Given.openHost().with(Output.DEFAULT.inPieces(1001, 30_000)), (line, in) -> Given.text(text));
                RawClient client = Given.client(endpoint)) {
            String shell = Soap.shellId(client.soap(Soap.create()));
            String command = Soap.commandId(client.soap(Soap.command(shell, "type")));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            int receives = 0;
            RawClient.Answer answer;
            do {
                answer = client.soap(Soap.receive(shell, command, Soap.maxEnvelope(20_000)));
                assertThat(answer.body().length).isLessThanOrEqualTo(20_000);
                all.writeBytes(Soap.output(answer, "stdout"));
                receives++;
            } while (Soap.state(answer).equals("Running"));

            assertThat(all.toString(UTF_8)).isEqualTo(text);
            assertThat(receives).isGreaterThan(5);
        }
    }

    @Test
    void servesManyShellsAtOnce() throws Exception {
        Quotas many = Quotas.DEFAULT.withShellsPerUser(200);
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.openHost().with(many), Given.echo());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String line = "echo " + i;
                answers.add(threads.submit(() -> {
                    try (RawClient client = Given.client(endpoint)) {
                        return Given.run(client, line);
                    }
                }));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(answers.get(i).get()).isEqualTo("echo " + i + "|");
            }
            assertThat(endpoint.openShells()).isZero();
            assertThat(endpoint.operations())
                    .containsEntry(Operation.CREATE, 100L)
                    .containsEntry(Operation.DELETE, 100L);
        }
    }

    @Test
    void tellsAFailureOfTheEngineOnStandardError() throws Exception {
        CommandRunner broken = (line, in) -> {
            throw new IllegalStateException("no such world");
        };
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.openHost(), broken);
                RawClient client = Given.client(endpoint)) {
            String shell = Soap.shellId(client.soap(Soap.create()));
            String command = Soap.commandId(client.soap(Soap.command(shell, "x")));

            RawClient.Answer answer = client.soap(Soap.receive(shell, command));

            assertThat(Soap.exitCode(answer)).isEqualTo(1);
            assertThat(new String(Soap.output(answer, "stderr"), UTF_8)).contains("no such world");
        }
    }
}
