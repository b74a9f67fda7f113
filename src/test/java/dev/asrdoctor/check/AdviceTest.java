package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.HeartbeatFacts;
import dev.asrdoctor.facts.LogFacts;
import dev.asrdoctor.facts.ProductFacts;
import dev.asrdoctor.facts.ProxyFacts;
import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.facts.SystemFacts;
import dev.asrdoctor.facts.TimeFacts;
import dev.asrdoctor.facts.TransportFacts;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.AsrService;
import dev.asrdoctor.testing.ServerMaker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a finding advises first does no harm where its cause is another, and fits what is wrong. */
class AdviceTest {
    private static final Instant NOW = ServerMaker.READ_AT;
    private final ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);

    private <T> List<Finding> judge(Check check, FactArea<T> area, T data) {
        Facts facts = server.facts().with(area, new Area.Read<>(data));
        return check.judge(facts, ResolvedServer.asSaid(server.server()), Policy.DEFAULT);
    }

    private static ConnectionFacts connection(String host, long port, long code) {
        return new ConnectionFacts(
                "x", host, port, code == 0 ? "connected" : "failed", code, 5, null, "tcp", null, null, null, null);
    }

    private static LogFacts log(Duration age, String... matches) {
        return new LogFacts(
                "E:\\home\\svsystems\\eventmanager.log",
                100,
                NOW.minus(age),
                100,
                "utf-8",
                1,
                null,
                null,
                matches.length,
                List.of(matches),
                List.of(),
                null);
    }

    @Test
    void silenceIsAnsweredByARestartOnlyWhereNoErrorGivesAReason() {
        List<Finding> silent = judge(
                new HeartbeatLogs(), FactArea.HEARTBEAT, new HeartbeatFacts(null, List.of(log(Duration.ofHours(3)))));
        assertThat(silent).extracting(Finding::subject).containsExactly("silent");
        assertThat(silent.getFirst().nextAction()).contains("Restart-Service tmansvc");

        List<Finding> reasoned = judge(
                new HeartbeatLogs(),
                FactArea.HEARTBEAT,
                new HeartbeatFacts(
                        null,
                        List.of(log(
                                Duration.ofHours(3), "2026-11-23 07:00:00 ERROR: curl: (35) SEC_E_ILLEGAL_MESSAGE"))));
        assertThat(reasoned).extracting(Finding::subject).containsExactly("errors", "silent");
        assertThat(reasoned).extracting(Finding::nextAction).noneMatch(next -> next.contains("Restart-Service"));
    }

    @Test
    void aSilentAgentIsToldByOneCheck() {
        server.service(AsrService.VX_AGENT);
        LogFacts old = new LogFacts(
                "C:\\agent\\svagents_curr_1.log",
                100,
                NOW.minus(Duration.ofDays(2)),
                100,
                "utf-8",
                1,
                null,
                null,
                0,
                List.of(),
                List.of(),
                null);
        assertThat(judge(
                        new TransportLogs(),
                        FactArea.TRANSPORT,
                        new TransportFacts(9443, null, List.of(old), null, null)))
                .extracting(Finding::status)
                .containsExactly(Status.PASS);
    }

    @Test
    void whatTheServerItselfForbidsIsNoPortToOpenElsewhere() {
        Finding finding = judge(
                        new HeartbeatConnection(),
                        FactArea.HEARTBEAT,
                        new HeartbeatFacts(connection("cs-01", 443, 10013), List.of()))
                .getFirst();
        assertThat(finding.title()).contains("this server itself forbids it");
        assertThat(finding.nextAction()).contains("Get-NetFirewallRule").doesNotContain("Open TCP");
        assertThat(judge(
                                new HeartbeatConnection(),
                                FactArea.HEARTBEAT,
                                new HeartbeatFacts(connection("cs-01", 443, 10060), List.of()))
                        .getFirst()
                        .nextAction())
                .contains("Open TCP 443");
    }

    private String proxyAdvice(long product, long mars) {
        return judge(
                        new ProxySame(),
                        FactArea.PROXY,
                        new ProxyFacts(
                                new ProxyFacts.ProductProxy("http://new.lab.test", "8080", null, null, "False"),
                                null,
                                new ProxyFacts.MarsProxy(true, "http://old.lab.test", "3128", null),
                                null,
                                null,
                                new ProxyFacts.SystemProxy(false, null, null, null, null),
                                List.of(
                                        connection("new.lab.test", 8080, product),
                                        connection("old.lab.test", 3128, mars)),
                                null))
                .getFirst()
                .nextAction();
    }

    @Test
    void noCommandWritesAProxyThatDoesNotAnswer() {
        assertThat(proxyAdvice(11001, 0)).doesNotContain("Set-OBMachineSetting").contains("does not answer");
        assertThat(proxyAdvice(11001, 10060))
                .doesNotContain("Set-OBMachineSetting")
                .contains("Neither");
        assertThat(proxyAdvice(0, 10061)).contains("Set-OBMachineSetting").doesNotContain("cspsconfigtool");
        assertThat(proxyAdvice(0, 0)).contains("Set-OBMachineSetting", "cspsconfigtool", "`Restart-Service obengine`");
    }

    @Test
    void aDisabledServiceIsNotRestarted() {
        server.service(AsrService.MARS_AGENT).startType(StartType.DISABLED);
        assertThat(proxyAdvice(0, 0)).doesNotContain("Restart-Service").contains("disabled");
    }

    private Finding address(@Nullable ProductFacts product) {
        SystemFacts system = new SystemFacts(
                8,
                16L << 30,
                3,
                List.of(),
                false,
                List.of(),
                List.of(new SystemFacts.Adapter("vmxnet3", false, List.of("10.20.0.10"), List.of("10.20.0.1"), null)),
                List.of(),
                null,
                null);
        Facts facts = server.facts().with(FactArea.SYSTEM, new Area.Read<>(system));
        facts = product == null ? facts : facts.with(FactArea.PRODUCT, new Area.Read<>(product));
        return new PracticesAddress()
                .judge(facts, ResolvedServer.asSaid(server.server()), Policy.DEFAULT)
                .getFirst();
    }

    private static ProductFacts product(@Nullable String own, @Nullable String configurationServer) {
        return new ProductFacts(
                2L,
                "9.54.6682.1",
                "E:\\ASR\\home\\svsystems",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                own,
                configurationServer,
                null,
                null,
                null,
                null);
    }

    @Test
    void anAddressOfRegistrationThatWasNotReadIsUnknown() {
        assertThat(address(null).status()).isEqualTo(Status.UNKNOWN);
        assertThat(address(product(null, null)).status()).isEqualTo(Status.UNKNOWN);
        assertThat(address(product(null, "10.20.0.5")).status()).isEqualTo(Status.PASS);
        assertThat(address(product("10.20.0.10", "10.20.0.5")).status()).isEqualTo(Status.PASS);
    }

    @ParameterizedTest
    @CsvSource({
        "stopped, disabled, NT5DS, 0, sc.exe config w32time",
        "stopped, manual, NT5DS, 0, Start-Service w32time",
        "running, automatic, NoSync, 0, w32tm /config",
        "running, automatic, NT5DS, 129, UDP 123",
        "running, automatic, NTP, 134, Resolve-DnsName",
        "running, automatic, NTP, 34, w32tm /stripchart",
        "running, automatic, NTP, 47, UDP 123",
    })
    void theClocksAdviceFitsWhatIsWrongWithIt(String state, String startType, String type, int event, String expected) {
        TimeFacts time = new TimeFacts(
                state,
                startType,
                type,
                "ntp.lab.test,0x8",
                null,
                null,
                null,
                null,
                false,
                List.of(),
                event == 0 ? List.of() : List.of(new ServiceEvent(event, NOW.minus(Duration.ofHours(1)), List.of())),
                null);
        Finding finding = judge(new TimeSource(), FactArea.TIME, time).getFirst();
        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.nextAction()).contains(expected);
        if (!type.equals("NoSync")) {
            assertThat(finding.nextAction()).doesNotContain("w32tm /config");
        }
    }
}
