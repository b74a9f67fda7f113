package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionCut;
import dev.asrdoctor.remoting.RemotingFailure.DeadlineExceeded;
import dev.asrdoctor.remoting.RemotingFailure.OutputTooLarge;
import dev.asrdoctor.remoting.RemotingFailure.QuotaExceeded;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeavesNothingBehindTest {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void terminatesAndDeletesOverTheSameConnectionWhenTheDeadlinePasses(Scheme scheme) {
        FakeHost.Soap slow = (action, envelope) ->
                action.equals("Receive") ? Simulated.nothingYet(envelope) : Simulated.reply(action, envelope);
        whereTheDeadlinePassesInTheScript(scheme, slow, (host, failure) -> {
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            DeadlineExceeded.class,
                            late -> assertThat(late.stage()).isEqualTo(Stage.SCRIPT));
            assertThat(host.actions).endsWith("Receive", "Signal", "Delete");
            assertThat(host.connections).hasValue(1);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void terminatesAndDeletesOverAFreshConnectionWhenTheServerStaysSilent(Scheme scheme) {
        FakeHost.Soap silent = (action, envelope) -> {
            if (action.equals("Receive")) {
                never.await();
            }
            return Simulated.reply(action, envelope);
        };
        whereTheDeadlinePassesInTheScript(scheme, silent, (host, failure) -> {
            assertThat(failure).isInstanceOf(DeadlineExceeded.class);
            assertThat(host.actions).endsWith("Receive", "Signal", "Delete");
            assertThat(host.connections).hasValue(2);
        });
    }

    /** Gives more time until what comes before the script's output fits into it, however busy the machine is. */
    private static void whereTheDeadlinePassesInTheScript(
            Scheme scheme, FakeHost.Soap soap, BiConsumer<FakeHost, RemotingFailure> expected) {
        for (Duration time = Duration.ofMillis(700); ; time = time.multipliedBy(3)) {
            try (FakeHost host = new FakeHost(scheme, soap)) {
                Duration given = time;
                RemotingFailure failure =
                        Client.failure(() -> Client.run(new WsmanRemoting(Client.SETTINGS), host.endpoint(), given));
                if (host.actions.contains("Receive") || time.compareTo(Client.AMPLE) > 0) {
                    expected.accept(host, failure);
                    return;
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void terminatesAndDeletesOverAFreshConnectionWhenTheOldOneIsCut(Scheme scheme) {
        FakeHost.Soap cutting =
                (action, envelope) -> action.equals("Receive") ? FakeHost.Reply.CUT : Simulated.reply(action, envelope);
        try (FakeHost host = new FakeHost(scheme, cutting)) {
            assertThat(Client.failure(host.endpoint())).isEqualTo(new ConnectionCut(Stage.SCRIPT, 0));
            assertThat(host.actions).endsWith("Receive", "Signal", "Delete");
            assertThat(host.connections).hasValue(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Command", "Send", "Receive"})
    void terminatesAndDeletesWhenInterrupted(String where) throws Exception {
        FakeHost.Soap stuck = (action, envelope) -> {
            if (action.equals(where)) {
                reached.countDown();
                never.await();
            }
            return Simulated.reply(action, envelope);
        };
        try (FakeHost host = new FakeHost(Scheme.NTLM, stuck)) {
            interruptWhenReached(host);

            List<String> expected = where.equals("Command") ? List.of("Delete") : List.of("Signal", "Delete");
            assertThat(host.actions.subList(host.actions.indexOf(where) + 1, host.actions.size()))
                    .isEqualTo(expected);
            assertThat(host.connections).hasValue(2);
        }
    }

    @Test
    void deletesAShellThatIsBeingMadeWhenInterrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        FakeHost.Soap slow = (action, envelope) -> {
            if (action.equals("Create")) {
                reached.countDown();
                interrupted.await();
            }
            return Simulated.reply(action, envelope);
        };
        try (FakeHost host = new FakeHost(Scheme.NTLM, slow)) {
            Thread client = interruptWhenReached(host, interrupted);
            client.join();

            assertThat(host.actions).containsExactly("Create", "Delete");
            assertThat(host.connections).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void stopsAScriptThatWritesFiftyMegabytes(Scheme scheme) {
        byte[] halfAMegabyte = new byte[512 * 1024];
        AtomicInteger sent = new AtomicInteger();
        FakeHost.Soap chatty = (action, envelope) -> action.equals("Receive") && sent.getAndIncrement() < 100
                ? Simulated.output(envelope, sent.get() % 2 == 0 ? "stdout" : "stderr", halfAMegabyte)
                : Simulated.reply(action, envelope);
        try (FakeHost host = new FakeHost(scheme, chatty)) {
            assertThat(Client.failure(host.endpoint())).isEqualTo(new OutputTooLarge(16 * 1024 * 1024));
            assertThat(host.actions).endsWith("Receive", "Signal", "Delete");
            assertThat(sent).hasValue(33);
            assertThat(host.connections).hasValue(1);
        }
    }

    @Test
    void deletesTheShellWhenTheCommandIsRefused() {
        FakeHost.Soap refusing = (action, envelope) ->
                action.equals("Command") ? Simulated.fault(envelope, 2150859174L) : Simulated.reply(action, envelope);
        try (FakeHost host = new FakeHost(Scheme.NTLM, refusing)) {
            assertThat(Client.failure(host.endpoint())).isInstanceOf(QuotaExceeded.class);
            assertThat(host.actions).containsExactly("Create", "Command", "Delete");
        }
    }

    @Test
    void hasNothingToCleanUpWhenNoShellWasMade() {
        FakeHost.Soap full = (action, envelope) -> Simulated.fault(envelope, 2150859173L);
        try (FakeHost host = new FakeHost(Scheme.NTLM, full)) {
            assertThat(Client.failure(host.endpoint())).isInstanceOf(QuotaExceeded.class);
            assertThat(host.actions).containsExactly("Create");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Signal", "Delete"})
    void keepsACompleteAnswerWhateverHappensAfterwards(String where) throws Exception {
        FakeHost.Soap gone = (action, envelope) -> action.equals(where)
                ? Simulated.fault(envelope, 2150858843L)
                : action.equals("Receive") ? Simulated.done(envelope, "all", 3) : Simulated.reply(action, envelope);
        try (FakeHost host = new FakeHost(Scheme.NTLM, gone)) {
            Output output = Client.run(host.endpoint());

            assertThat(new String(output.stdout(), UTF_8)).isEqualTo("all");
            assertThat(output.exitCode()).isEqualTo(3);
            assertThat(host.actions).endsWith("Receive", "Signal", "Delete");
        }
    }

    @Test
    void readsWhyACommandEndedBeforeItTookItsInput() throws Exception {
        FakeHost.Soap early = (action, envelope) -> switch (action) {
            case "Send" -> Simulated.fault(envelope, 2147942632L);
            case "Receive" -> Simulated.done(envelope, "not found", 9009);
            default -> Simulated.reply(action, envelope);
        };
        try (FakeHost host = new FakeHost(Scheme.NTLM, early)) {
            assertThat(Client.run(host.endpoint()).exitCode()).isEqualTo(9009);
        }
    }

    @Test
    void joinsCharactersThatAreSplitBetweenAnswers() throws Exception {
        byte[] text = "é€𝄞".getBytes(UTF_8);
        AtomicInteger at = new AtomicInteger();
        FakeHost.Soap dripping = (action, envelope) -> action.equals("Receive") && at.get() < text.length
                ? Simulated.output(envelope, "stdout", Arrays.copyOfRange(text, at.get(), at.incrementAndGet()))
                : Simulated.reply(action, envelope);
        try (FakeHost host = new FakeHost(Scheme.NTLM, dripping)) {
            assertThat(new String(Client.run(host.endpoint()).stdout(), UTF_8)).isEqualTo("é€𝄞");
        }
    }

    @Test
    void sendsALongScriptInPiecesThatFit() throws Exception {
        StringBuilder received = new StringBuilder();
        List<Boolean> ends = new ArrayList<>();
        FakeHost.Soap collecting = (action, envelope) -> {
            assertThat(envelope.length()).isLessThan(Envelopes.MAX_ENVELOPE_SIZE);
            if (action.equals("Send")) {
                String stream = envelope.substring(envelope.indexOf("<rsp:Stream"), envelope.indexOf("</rsp:Stream"));
                received.append(
                        new String(Base64.getDecoder().decode(stream.substring(stream.indexOf('>') + 1)), UTF_8));
                ends.add(stream.contains("End=\"true\""));
            }
            return Simulated.reply(action, envelope);
        };
        String script = "# 0123456789\n".repeat(20_000);
        try (FakeHost host = new FakeHost(Scheme.NTLM, collecting);
                Session session = Client.open(host.endpoint())) {
            session.run(script, Deadline.after(Client.AMPLE));
        }
        assertThat(received.toString()).isEqualTo(script);
        assertThat(ends).containsExactly(false, false, true);
    }

    @Test
    void refusesAScriptThatIsNotAscii() throws Exception {
        try (FakeHost host = new FakeHost(Scheme.NTLM, Simulated::reply);
                Session session = Client.open(host.endpoint())) {
            assertThatThrownBy(() -> session.run("'é'", Deadline.after(Client.AMPLE)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(host.actions).isEmpty();
        }
    }

    private void interruptWhenReached(FakeHost host) throws InterruptedException {
        interruptWhenReached(host, new CountDownLatch(1)).join();
    }

    private Thread interruptWhenReached(FakeHost host, CountDownLatch interrupted) throws InterruptedException {
        FutureTask<Void> task = new FutureTask<>(() -> {
            try (Session session = Client.open(host.endpoint())) {
                assertThatThrownBy(() -> session.run("'hi'", Deadline.after(Client.AMPLE)))
                        .isInstanceOf(InterruptedException.class);
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            }
            return null;
        });
        Thread client = Thread.ofVirtual().start(task);
        reached.await();
        client.interrupt();
        interrupted.countDown();
        client.join();
        assertThat(task).succeedsWithin(Client.AMPLE);
        return client;
    }
}
