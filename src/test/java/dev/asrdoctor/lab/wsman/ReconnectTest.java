package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.Patience;
import dev.asrdoctor.remoting.PatientRemoting;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionCut;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.remoting.Wait;
import dev.asrdoctor.remoting.wsman.WsmanRemoting;
import dev.asrdoctor.remoting.wsman.WsmanSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A WinRM service that restarts, is full or is not there for a while, met by the client. */
class ReconnectTest {
    private static final Duration AMPLE = Duration.ofSeconds(60);

    private final List<Wait> waits = new ArrayList<>();

    @Test
    void severalScriptsUseOneConnectionAndOneLogon() throws Exception {
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.host(), Given.echo());
                Session session = open(endpoint)) {
            for (int i = 0; i < 3; i++) {
                assertThat(read(session, "'" + i + "'")).endsWith("'" + i + "'");
            }
            assertThat(endpoint.operations())
                    .containsEntry(Operation.CONNECT, 1L)
                    .containsEntry(Operation.LOGON, 1L)
                    .containsEntry(Operation.CREATE, 3L);
        }
    }

    @Test
    void aConnectionThatDiedBetweenTwoScriptsIsReplacedUnnoticed() throws Exception {
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.host(), Given.echo());
                Session session = open(endpoint)) {
            session.run("'1'", Deadline.after(AMPLE));
            endpoint.restart();

            assertThat(new String(session.run("'2'", Deadline.after(AMPLE)).stdout(), UTF_8))
                    .endsWith("'2'");

            assertThat(waits).isEmpty();
            assertThat(endpoint.operations())
                    .containsEntry(Operation.CONNECT, 2L)
                    .containsEntry(Operation.COMMAND, 2L);
            assertThat(endpoint.openShells()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"COMMAND", "SEND", "RECEIVE"})
    void aScriptThatMayChangeSomethingIsNeverBegunTwice(Operation when) throws Exception {
        FaultPlan restart = FaultPlan.of(When.request(1).on(when), new WireFault.ServiceRestarts());
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.host().with(restart), Given.echo());
                Session session = open(endpoint)) {
            RemotingException lost =
                    catchThrowableOfType(RemotingException.class, () -> session.run("'x'", Deadline.after(AMPLE)));

            assertThat(lost.failure())
                    .isInstanceOfSatisfying(
                            ConnectionCut.class, cut -> assertThat(cut.stage()).isEqualTo(Stage.SCRIPT));
            assertThat(endpoint.operations()).containsEntry(Operation.COMMAND, 1L);
            assertThat(read(session, "'after'")).endsWith("'after'");
            assertThat(endpoint.openShells()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE", "COMMAND", "SEND", "RECEIVE"})
    void aScriptThatOnlyReadsIsBegunAnewAfterARestart(Operation when) throws Exception {
        FaultPlan restart = FaultPlan.of(When.request(1).on(when), new WireFault.ServiceRestarts());
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.host().with(restart), Given.echo());
                Session session = open(endpoint)) {
            assertThat(read(session, "'x'")).endsWith("'x'");
            assertThat(waits).hasSize(1);
            assertThat(endpoint.openShells()).isZero();
        }
    }

    @Test
    void aShellThatVanishedIsReplacedForAScriptThatOnlyReads() throws Exception {
        FaultPlan gone = FaultPlan.of(When.request(1), new WireFault.ShellVanishes());
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.host().with(gone), Given.echo());
                Session session = open(endpoint)) {
            assertThat(read(session, "'x'")).endsWith("'x'");
            assertThat(waits).extracting(Wait::words).singleElement().asString().contains("shell had vanished");
            assertThat(endpoint.operations()).containsEntry(Operation.CONNECT, 1L);
        }
    }

    @Test
    void aFullServerIsWaitedForUntilAShellIsFree() throws Exception {
        FaultPlan full = FaultPlan.of(When.request(1).on(Operation.CREATE), new WireFault.QuotaExhausted(true))
                .with(When.request(2).on(Operation.CREATE), new WireFault.HttpStatus(503));
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.host().with(full), Given.echo());
                Session session = open(endpoint)) {
            assertThat(new String(session.run("'x'", Deadline.after(AMPLE)).stdout(), UTF_8))
                    .endsWith("'x'");
            assertThat(waits)
                    .extracting(Wait::words)
                    .satisfiesExactly(
                            words -> assertThat(words).endsWith("for a free shell"),
                            words -> assertThat(words).endsWith("for WinRM to take requests again"));
            assertThat(endpoint.operations()).containsEntry(Operation.COMMAND, 1L);
        }
    }

    @Test
    void aServiceThatResetsItsFirstConnectionsIsConnectedAgain() throws Exception {
        FaultPlan down = FaultPlan.of(When.request(1), new WireFault.RefuseConnection())
                .with(When.request(2), new WireFault.RefuseConnection());
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.host().with(down), Given.echo());
                Session session = open(endpoint)) {
            assertThat(read(session, "'x'")).endsWith("'x'");
            assertThat(waits).hasSize(2);
            assertThat(endpoint.operations())
                    .containsEntry(Operation.CONNECT, 3L)
                    .containsEntry(Operation.LOGON, 1L);
        }
    }

    private static String read(Session session, String script) throws RemotingException, InterruptedException {
        return new String(session.read(script, Deadline.after(AMPLE)).stdout(), UTF_8);
    }

    private Session open(WinRmEndpoint endpoint) throws RemotingException, InterruptedException {
        WsmanRemoting remoting = new WsmanRemoting(WsmanSettings.defaults(new Random(42), InstantSource.system()));
        dev.asrdoctor.remoting.Endpoint target = new dev.asrdoctor.remoting.Endpoint(
                "127.0.0.1",
                endpoint.port(),
                false,
                "/wsman",
                dev.asrdoctor.remoting.Endpoint.Scheme.NTLM,
                false,
                List.of(),
                null,
                true);
        return new PatientRemoting(remoting, Patience.DEFAULT, new Random(1), time -> {}, waits::add)
                .open(
                        target,
                        Logon.unlimited(Identity.of(Given.USER, Given.PASSWORD.toCharArray())),
                        Deadline.after(AMPLE));
    }
}
