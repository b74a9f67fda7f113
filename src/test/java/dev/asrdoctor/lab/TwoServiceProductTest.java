package dev.asrdoctor.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.asrdoctor.assess.FleetCheck;
import dev.asrdoctor.assess.ProbePlan;
import dev.asrdoctor.check.CheckSelection;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.Profile;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.lab.pwsh.PwshPool;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.probe.FactsReader;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Product;
import dev.asrdoctor.product.ProductReader;
import dev.asrdoctor.remedy.RemedyPlanner;
import dev.asrdoctor.remedy.Step;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.testing.Peers;
import dev.asrdoctor.testing.Schemas;
import dev.asrdoctor.testing.ServerMaker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A product that is nothing but a file is read, judged and healed like any other: what adds one is its file. */
class TwoServiceProductTest {
    private static final Path FILE = Peers.project("src/test/resources/two-services.yaml");
    private static final Duration AMPLE = Duration.ofMinutes(10);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.now());
    private static final Set<String> CHECKS = CheckSelection.of(List.of(), List.of(), Profile.FULL);

    private Deployment pair = Deployment.AUTO;
    private final Map<String, World> worlds = new TreeMap<>();

    @BeforeEach
    void aFleetOfTwo() throws Exception {
        Product product = ProductReader.read(FILE);
        pair = product.deployments().getFirst();
        worlds.put("well", world("well"));
        worlds.put("ill", world("ill"));
        for (SimService service : List.of(service("Sender"), service("Receiver"))) {
            service.state = ServiceState.STOPPED;
            service.processId = 0;
        }
    }

    private SimService service(String name) {
        return worlds.get("ill").find(name).orElseThrow();
    }

    @Test
    void itsFileAgreesWithTheSchema() throws Exception {
        assertThat(Schemas.complaints("inventory/schemas/product-1.schema.json", FILE))
                .isEmpty();
    }

    @Test
    void itsServersAreReadAndJudgedByItsOwnServices() throws Exception {
        List<Outcome<Facts>> visits = visit(new ModelEngine());
        List<ServerReport> reports = FleetCheck.judge(visits, Policy.DEFAULT, CHECKS);

        assertThat(reports).allMatch(ServerReport::reached);
        assertThat(findings(reports.getLast(), "services.running"))
                .extracting(Finding::status, Finding::title)
                .containsExactly(tuple(Status.PASS, "all 2 required services run"));
        assertThat(findings(reports.getFirst(), "services.running"))
                .extracting(
                        Finding::status,
                        Finding::subject,
                        finding -> finding.severity().name())
                .containsExactlyInAnyOrder(
                        tuple(Status.FAIL, "Receiver", "HIGH"), tuple(Status.FAIL, "Sender", "CRITICAL"));
        assertThat(findings(reports.getLast(), "services.start-type"))
                .extracting(Finding::status)
                .containsExactly(Status.PASS);
        assertThat(findings(reports.getLast(), "deployment"))
                .extracting(Finding::status, Finding::title)
                .containsExactly(tuple(Status.PASS, "it is a pair"));
    }

    @Test
    void whatHasStoppedIsStartedInItsOwnOrder() throws Exception {
        Outcome<Facts> ill = visit(new ModelEngine()).getFirst();

        assertThat(RemedyPlanner.plan(
                                ResolvedServer.asSaid(ill.server()),
                                ((Outcome.Done<Facts>) ill).value(),
                                Policy.DEFAULT)
                        .steps())
                .extracting(Step::target)
                .containsExactly("Sender", "Receiver");
    }

    /** Real scripts find none of the places that this product does not have, and fail for none of them. */
    @Test
    void theScriptsReadItToo() throws Exception {
        try (PwshPool pool = PwshPool.start(Peers.powerShell(), 1)) {
            for (Outcome<Facts> visit : visit(new PwshEngine(pool))) {
                Facts facts = ((Outcome.Done<Facts>) visit).value();
                assertThat(facts.read(FactArea.SERVICES).services())
                        .extracting(ServiceFact::name)
                        .contains("Receiver", "Sender");
                assertThat(facts.read(FactArea.PRODUCT).serverRoot()).isNull();
                for (FactArea<?> area : new ProbePlan(
                                CHECKS, Policy.DEFAULT, Profile.FULL, AMPLE, List.of(visit.server()))
                        .of(visit.server())
                        .areas()) {
                    assertThat(facts.get(area)).as(area.id()).isInstanceOf(Area.Read.class);
                }
            }
        }
    }

    private List<Outcome<Facts>> visit(ScriptEngine engine) throws Exception {
        List<Server> servers = worlds.keySet().stream()
                .map(name -> ServerMaker.server(name, pair))
                .toList();
        ProbePlan plan = new ProbePlan(CHECKS, Policy.DEFAULT, Profile.FULL, AMPLE, servers);
        List<Outcome<Facts>> visits = new ArrayList<>();
        for (Server server : servers) {
            visits.add(new Outcome.Done<>(
                    server,
                    new FactsReader(new Random(1), CLOCK)
                            .read(
                                    server.name(),
                                    plan.of(server),
                                    ModelRun.session(worlds.get(server.name()), engine),
                                    Deadline.after(AMPLE))));
        }
        return visits;
    }

    private static List<Finding> findings(ServerReport report, String check) {
        return report.findings().stream()
                .filter(finding -> finding.check().equals(check))
                .toList();
    }

    private World world(String name) throws Exception {
        SimServer plain = ScenarioReader.read(YamlFile.parse("version: 1\nservers: {" + name + ": {}}", "test"), null)
                .servers()
                .getFirst();
        return WorldMaker.make(
                new SimServer(
                        name,
                        pair,
                        plain.os(),
                        plain.culture(),
                        plain.address(),
                        plain.site(),
                        plain.tags(),
                        plain.transport(),
                        plain.authentication(),
                        plain.certificate(),
                        plain.remoteTime(),
                        plain.bootedFor(),
                        plain.clockOffset(),
                        plain.unreachable(),
                        plain.wrongPassword(),
                        plain.services(),
                        plain.removed(),
                        plain.faults(),
                        plain.changes(),
                        plain.wire(),
                        plain.machine(),
                        plain.inventory()),
                CLOCK);
    }
}
