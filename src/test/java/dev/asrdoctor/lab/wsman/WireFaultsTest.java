package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asrdoctor.lab.command.CommandRunner;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WireFaultsTest {
    private static final CommandRunner TEXT = (line, in) -> Given.text("0123456789");

    private static EndpointSettings host(When when, WireFault fault) {
        return Given.openHost().with(FaultPlan.of(when, fault));
    }

    @Test
    void refusesConnectionsWhileNothingListens() throws Exception {
        try (WinRmEndpoint endpoint =
                WinRmEndpoint.start(host(When.always(), new WireFault.RefuseConnection()), TEXT)) {
            assertThatThrownBy(() -> RawClient.to(endpoint)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void listensOnTheSamePortAfterAnOutage() throws Exception {
        When atFirst = When.during(Duration.ZERO, Duration.ofMillis(100));
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(host(atFirst, new WireFault.RefuseConnection()), TEXT);
                RawClient client = firstToConnect(endpoint)) {
            client.useBasic(Given.USER, Given.PASSWORD);
            assertThat(Given.run(client, "x")).isEqualTo("0123456789");
        }
    }

    private static RawClient firstToConnect(WinRmEndpoint endpoint) throws Exception {
        while (true) {
            try {
                return RawClient.to(endpoint);
            } catch (ConnectException e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void resetsTheSecondConnectionOnly() throws Exception {
        try (WinRmEndpoint endpoint =
                        WinRmEndpoint.start(host(When.request(2), new WireFault.RefuseConnection()), TEXT);
                RawClient first = Given.client(endpoint)) {
            assertThat(Given.run(first, "x")).isEqualTo("0123456789");
            try (RawClient second = Given.client(endpoint)) {
                assertThatThrownBy(() -> Given.run(second, "x")).isInstanceOf(IOException.class);
            }
            try (RawClient third = Given.client(endpoint)) {
                assertThat(Given.run(third, "x")).isEqualTo("0123456789");
            }
        }
    }

    @Test
    void staysSilentUntilTheClientGivesUp() throws Exception {
        WireFault silence = new WireFault.Silence();
        FaultPlan plan = FaultPlan.of(When.request(1).on(Operation.COMMAND), silence)
                .with(When.request(2).on(Operation.CONNECT), silence);
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.openHost().with(plan), TEXT)) {
            try (RawClient client = Given.client(endpoint)) {
                String shell = Soap.shellId(client.soap(Soap.create()));
                client.giveUpAfterMillis(50);
                assertThatThrownBy(() -> client.soap(Soap.command(shell, "x")))
                        .isInstanceOf(SocketTimeoutException.class);
            }
            try (RawClient client = Given.client(endpoint)) {
                client.giveUpAfterMillis(50);
                assertThatThrownBy(() -> client.soap(Soap.create())).isInstanceOf(SocketTimeoutException.class);
            }
        }
    }

    @Test
    void cutsTheAnswerAfterExactlySoManyBytes() throws Exception {
        for (int bytes : new int[] {0, 1, 17, 300}) {
            try (WinRmEndpoint endpoint = WinRmEndpoint.start(
                            host(When.request(2).on(Operation.CREATE), new WireFault.Cut(bytes)), TEXT);
                    RawClient client = Given.client(endpoint)) {
                client.soap(Soap.create());
                client.writeSoap(Soap.create());

                byte[] got = client.readAll();

                assertThat(got).hasSize(bytes);
                assertThat("HTTP/1.1 200 \r\nContent-Type")
                        .startsWith(new String(got, 0, Math.min(17, bytes), ISO_8859_1));
                assertThat(endpoint.openShells()).isEqualTo(2);
            }
        }
    }

    @Test
    void answersWithABareStatusOrAWebPageAndDoesNothing() throws Exception {
        for (int status : new int[] {401, 403, 404, 500, 503}) {
            try (WinRmEndpoint endpoint =
                            WinRmEndpoint.start(host(When.always(), new WireFault.HttpStatus(status)), TEXT);
                    RawClient client = Given.client(endpoint)) {
                RawClient.Answer answer = client.soap(Soap.create());
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.body()).isEmpty();
                assertThat(endpoint.openShells()).isZero();
            }
        }
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(host(When.always(), new WireFault.WebPage()), TEXT);
                RawClient client = RawClient.to(endpoint)) {
            RawClient.Answer answer = client.soap(Soap.create());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).startsWith("text/html");
            assertThat(answer.text()).contains("It works!");
        }
    }

    @Test
    void faultsByCodeAtOneRequestAmongAll() throws Exception {
        FaultPlan plan = FaultPlan.of(When.request(2), new WireFault.Fault(5))
                .with(When.request(3), new WireFault.Fault(2150858999L));
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.openHost().with(plan), TEXT);
                RawClient client = Given.client(endpoint)) {
            assertThat(client.soap(Soap.create()).status()).isEqualTo(200);
            assertThat(Soap.faultCode(client.soap(Soap.create()))).isEqualTo(5);
            assertThat(Soap.faultCode(client.soap(Soap.create()))).isEqualTo(2150858999L);
            assertThat(client.soap(Soap.create()).status()).isEqualTo(200);
            assertThat(endpoint.openShells()).isEqualTo(2);
        }
    }

    @Test
    void runsOutOfShellsForOneMomentInEitherForm() throws Exception {
        FaultPlan plan = FaultPlan.of(When.request(1), new WireFault.QuotaExhausted(false))
                .with(When.request(2), new WireFault.QuotaExhausted(true));
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.openHost().with(plan), TEXT);
                RawClient client = Given.client(endpoint)) {
            RawClient.Answer plain = client.soap(Soap.create());
            RawClient.Answer cim = client.soap(Soap.create());

            assertThat(Soap.faultCode(plain)).isEqualTo(2150859173L);
            assertThat(plain.text()).contains("f:WSManFault");
            assertThat(Soap.faultCode(cim)).isEqualTo(2150859173L);
            assertThat(cim.text()).contains("p:MSFT_WmiError").doesNotContain("RelatesTo");
            assertThat(Given.run(client, "x")).isEqualTo("0123456789");
        }
    }

    @Test
    void losesTheShellBeforeAReceive() throws Exception {
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(host(When.request(1), new WireFault.ShellVanishes()), TEXT);
                RawClient client = Given.client(endpoint)) {
            String shell = Soap.shellId(client.soap(Soap.create()));
            String command = Soap.commandId(client.soap(Soap.command(shell, "x")));

            assertThat(Soap.faultCode(client.soap(Soap.receive(shell, command))))
                    .isEqualTo(2150858843L);
            assertThat(endpoint.openShells()).isZero();
        }
    }

    @Test
    void spoilsOutputOfTheSecondCommandOnly() throws Exception {
        assertThat(second(new WireFault.TruncatedOutput(4))).isEqualTo("0123");
        assertThat(second(new WireFault.SurroundedOutput("<<", ">>"))).isEqualTo("<<0123456789>>");
        assertThat(second(new WireFault.ReplacedOutput("garbage"))).isEqualTo("garbage");
        assertThat(second(new WireFault.GarbledOutput(0, 3, 1)))
                .hasSizeBetween(12, 13)
                .isNotEqualTo("0123456789");
        assertThat(second(new WireFault.GarbledOutput(2, 0, 1)))
                .hasSize(10)
                .isNotEqualTo("0123456789")
                .isEqualTo(second(new WireFault.GarbledOutput(2, 0, 1)));
    }

    private static String second(WireFault fault) throws Exception {
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(host(When.request(2), fault), TEXT);
                RawClient client = Given.client(endpoint)) {
            String shell = Soap.shellId(client.soap(Soap.create()));
            assertThat(Given.runIn(client, shell, "one")).isEqualTo("0123456789");
            String spoiled = Given.runIn(client, shell, "two");
            assertThat(Given.runIn(client, shell, "three")).isEqualTo("0123456789");
            return spoiled;
        }
    }

    @Test
    void writesFiftyMegabytesBeforeTheAnswer() throws Exception {
        try (WinRmEndpoint endpoint =
                        WinRmEndpoint.start(host(When.always(), new WireFault.HugeOutput(50_000_000)), TEXT);
                RawClient client = Given.client(endpoint)) {
            String shell = Soap.shellId(client.soap(Soap.create()));
            String command = Soap.commandId(client.soap(Soap.command(shell, "x")));

            byte[] output = Given.receiveAll(client, shell, command);

            assertThat(output).hasSize(50_000_010);
            assertThat(new String(output, 50_000_000, 10, UTF_8)).isEqualTo("0123456789");
        }
    }

    @Test
    void hangsACommandThatStillCanBeTerminated() throws Exception {
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(host(When.always(), new WireFault.HangingCommand()), TEXT);
                RawClient client = Given.client(endpoint)) {
            String shell = Soap.shellId(client.soap(Soap.create()));
            String command = Soap.commandId(client.soap(Soap.command(shell, "x")));

            assertThat(Soap.faultCode(client.soap(Soap.receive(shell, command, Soap.timeout("PT0.01S")))))
                    .isEqualTo(2150858793L);
            assertThat(client.soap(Soap.signal(shell, command, "terminate")).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void refusesTheRightPasswordOfALockedAccount() throws Exception {
        Accounts accounts = Accounts.of(Account.local(Given.USER, Given.PASSWORD));
        EndpointSettings settings = EndpointSettings.of(HostIdentity.named("PS01"), accounts)
                .with(FaultPlan.of(When.request(1), new WireFault.LogonRefused()));
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(settings, TEXT)) {
            for (int expected : new int[] {401, 200}) {
                try (RawClient client = RawClient.to(endpoint)) {
                    assertThat(client.logOn("", Given.USER, Given.PASSWORD).status())
                            .isEqualTo(expected);
                }
            }
            assertThat(endpoint.logonFailures()).isEqualTo(1);
        }
    }

    @Test
    void offersOtherSchemesForAWhile() throws Exception {
        SettableClock clock = new SettableClock();
        WireFault kerberosOnly = new WireFault.OfferedSchemes(Set.of(Scheme.KERBEROS));
        EndpointSettings settings = host(When.during(Duration.ZERO, Duration.ofSeconds(5)), kerberosOnly);
        try (WinRmEndpoint endpoint =
                WinRmEndpoint.start(settings, TEXT, new Surroundings(clock, new SecureRandom()))) {
            try (RawClient client = Given.client(endpoint)) {
                RawClient.Answer answer = client.soap(Soap.create());
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.header("WWW-Authenticate")).isEqualTo("Kerberos");
            }
            clock.pass(Duration.ofSeconds(5));
            try (RawClient client = Given.client(endpoint)) {
                assertThat(client.soap(Soap.create()).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void showsAnotherCertificateToTheSecondConnection() throws Exception {
        LabCertificates certificates = LabCertificates.create(Clock.systemUTC());
        EndpointSettings settings = host(When.request(2), new WireFault.Certificate(CertificateProfile.EXPIRED))
                .with(Listening.https(certificates, CertificateProfile.TRUSTED));
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(settings, TEXT)) {
            for (CertificateProfile profile :
                    new CertificateProfile[] {CertificateProfile.TRUSTED, CertificateProfile.EXPIRED}) {
                try (RawClient client = RawClient.tls(endpoint)) {
                    assertThat(HexFormat.of().formatHex(client.certificateHash()))
                            .isEqualTo(certificates.fingerprint(profile, Loopback.FIRST));
                }
            }
        }
    }

    @Test
    void delaysAnAnswer() throws Exception {
        try (WinRmEndpoint endpoint =
                        WinRmEndpoint.start(host(When.request(1), new WireFault.Delay(Duration.ofMinutes(1))), TEXT);
                RawClient client = Given.client(endpoint)) {
            client.giveUpAfterMillis(20);
            assertThatThrownBy(() -> client.soap(Soap.create())).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void countsRequestsFromOne() {
        assertThatThrownBy(() -> When.request(0)).hasMessageContaining("count from 1");
    }
}
