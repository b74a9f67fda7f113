package dev.asrdoctor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.assess.FleetDiagnosis;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Severity;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.diagnosis.Diagnosis;
import dev.asrdoctor.diagnosis.KnowledgeReader;
import dev.asrdoctor.lab.pwsh.PwshPool;
import dev.asrdoctor.testing.Peers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** A hundred servers on which nothing is wrong alarm nobody, and one true line among theirs is found. */
class HealthyWorldsTest {
    /** What does not hang on how busy the machine of the test is. */
    private static final Set<String> OF_LOGS = Set.of("heartbeat.logs", "transport.logs", "mars.log");

    @TempDir
    Path folder;

    static LongStream aHundredSeeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("aHundredSeeds")
    void nothingAboveInfoAndNoCauseWhereNothingIsWrong(long seed) throws Exception {
        alarmNobody(run(seed, null, new ModelEngine()));
    }

    @ParameterizedTest
    @MethodSource("aHundredSeeds")
    void oneTrueLineAmongThemIsFound(long seed) throws Exception {
        List<LogWorld.Fault> faults = LogWorld.faults(seed);
        LogWorld.Fault fault = faults.get((int) (seed / LogWorld.DEPLOYMENTS.size() % faults.size()));
        ModelRun run = run(seed, fault, new ModelEngine());
        assertThat(alarms(run.reports()))
                .as(fault.line())
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.check()).isEqualTo(fault.check()));
        assertThat(diagnose(run).causes()).as(fault.line()).isNotEmpty();
    }

    @Test
    void theVeryScriptsAlarmNobodyEither() throws Exception {
        try (PwshPool pool = PwshPool.start(Peers.powerShell(), 1)) {
            for (long seed : new long[] {3, 16, 37, 58, 81, 94}) {
                assertThat(alarms(run(seed, null, new PwshEngine(pool)).reports()).stream()
                                .filter(finding -> OF_LOGS.contains(finding.check())))
                        .isEmpty();
            }
            for (long seed : new long[] {1, 28, 47}) {
                LogWorld.Fault fault = LogWorld.faults(seed).getFirst();
                assertThat(alarms(run(seed, fault, new PwshEngine(pool)).reports()))
                        .as(fault.line())
                        .isNotEmpty();
            }
        }
    }

    private ModelRun run(long seed, LogWorld.Fault fault, ScriptEngine engine) throws Exception {
        Map<String, Object> scenario = new LinkedHashMap<>();
        scenario.put("version", 1);
        scenario.put("servers", LogWorld.servers(seed, fault));
        String text = JsonMapper.shared().writeValueAsString(scenario);
        return ModelRun.of(
                ScenarioReader.read(YamlFile.parse(text, "world " + seed), null).servers(), folder, engine);
    }

    private static void alarmNobody(ModelRun run) {
        assertThat(alarms(run.reports())).isEmpty();
        assertThat(diagnose(run).causes()).isEmpty();
    }

    private static Diagnosis diagnose(ModelRun run) {
        return FleetDiagnosis.of(run.reports(), run.visits(), KnowledgeReader.shipped(), Set.of());
    }

    private static List<Finding> alarms(List<ServerReport> reports) {
        return reports.stream()
                .flatMap(report -> report.findings().stream())
                .filter(finding -> finding.severity().compareTo(Severity.INFO) > 0)
                .toList();
    }
}
