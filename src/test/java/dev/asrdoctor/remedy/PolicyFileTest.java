package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.asrdoctor.check.ServiceLimits;
import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.PolicyLoader;
import dev.asrdoctor.policy.RunPolicy;
import dev.asrdoctor.testing.Peers;
import dev.asrdoctor.testing.Yaml;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFileTest {
    @TempDir
    Path folder;

    private PolicyLoader.Loaded load(String text) throws ConfigException {
        return PolicyFile.load(Yaml.write(folder, "policy.yaml", text));
    }

    @Test
    void defaultsStayAsPeopleKnowThem() {
        assertThat(PolicyLoader.Loaded.DEFAULT)
                .isEqualTo(new PolicyLoader.Loaded(
                        Policy.DEFAULT,
                        new RunPolicy(200, Duration.ofSeconds(90), 2, Duration.ofSeconds(60), Duration.ofSeconds(5))));
    }

    @Test
    void theSampleShowsTheDefaults() throws Exception {
        assertThat(PolicyFile.load(Peers.project("inventory/policy.yaml"))).isEqualTo(PolicyLoader.Loaded.DEFAULT);
    }

    @Test
    void whatIsLeftOutKeepsItsDefault() throws Exception {
        assertThat(load("version: 1")).isEqualTo(PolicyLoader.Loaded.DEFAULT);
        assertThat(load("version: 1\nservices:\nrun: {}\nremedy: { settle: }")).isEqualTo(PolicyLoader.Loaded.DEFAULT);
    }

    @Test
    void everythingCanBeSet() throws Exception {
        assertThat(load("""
                        version: 1
                        services: { pendingTooLong: 1m, delayedStartGrace: 2m, disabledOnPurpose: [dra, tmansvc] }
                        run: { concurrency: 3, serverDeadline: 4s, stopAfterLogonFailures: 5 }
                        remedy: { startWait: 6s, settle: 700ms }
                        """))
                .isEqualTo(new PolicyLoader.Loaded(
                        Policy.DEFAULT
                                .with(ServiceLimits.PENDING_TOO_LONG, Duration.ofMinutes(1))
                                .with(ServiceLimits.DELAYED_START_GRACE, Duration.ofMinutes(2))
                                .with(ServiceLimits.DISABLED_ON_PURPOSE, Set.of("dra", "tmansvc")),
                        new RunPolicy(3, Duration.ofSeconds(4), 5, Duration.ofSeconds(6), Duration.ofMillis(700))));
    }

    @Test
    void allMistakesAreToldAtOnceWithTheirPlaces() {
        ConfigException refusal = catchThrowableOfType(ConfigException.class, () -> load("""
                        services: { pendingToLong: 2m }
                        run: { concurrency: 0, serverDeadline: 90 }
                        remdy: {}
                        """));
        assertThat(refusal.problems())
                .extracting(Yaml::told)
                .containsExactly(
                        "1:1: 'version' is missing here",
                        "1:13: unknown key 'pendingToLong'; did you mean 'pendingTooLong'?",
                        "2:21: expected a whole number from 1 to 5000, not '0'",
                        "2:40: expected a duration such as 500ms, 90s, 2m or 1h, not '90'",
                        "3:1: unknown key 'remdy'; did you mean 'remedy'?");
    }

    @Test
    void aWarningThatCouldNeverComeBeforeTheFailureIsAMistake() {
        ConfigException refusal = catchThrowableOfType(ConfigException.class, () -> load("""
                        version: 1
                        health: { cpuWarn: 99, cpuFail: 80, cacheFreeWarn: 10, memoryWarn: 96 }
                        time: { offsetFail: 30s }
                        """));
        assertThat(refusal.problems())
                .extracting(Yaml::told)
                .containsExactly(
                        "2:20: 'cpuWarn' (99) is above 'cpuFail' (80), so it would never be told",
                        "2:52: 'cacheFreeWarn' (10) is below 'cacheFreeFail' (25), so it would never be told",
                        "2:68: 'memoryWarn' (96) is above 'memoryFail' (95), so it would never be told",
                        "3:21: 'offsetWarn' (60 s) is above 'offsetFail' (30 s), so it would never be told");
    }

    /** Whoever may name the policy may not read every file that asrdoctor may. */
    @Test
    void nothingOfAnothersFileIsRepeated() {
        for (String foreign :
                new String[] {"root_password: hunter2\ndb: { user: x }\n", "root:x:0:0:hunter2\nbin:x:1\n", "hunter2\n"
                }) {
            ConfigException refusal = catchThrowableOfType(ConfigException.class, () -> load(foreign));
            assertThat(refusal.problems()).hasSize(1);
            assertThat(refusal).hasMessageNotContainingAny("hunter2", "root", "db", "user");
        }
    }

    @Test
    void aMergeOfKeysIsToldAsWhatItIs() {
        ConfigException refusal = catchThrowableOfType(ConfigException.class, () -> load("""
                        version: 1
                        health: { <<: { cpuWarn: 70 } }
                        """));
        assertThat(refusal.problems())
                .extracting(Yaml::told)
                .singleElement()
                .asString()
                .contains("write the keys out");
    }

    @Test
    void noTimeAtAllIsNoLimit() {
        ConfigException refusal = catchThrowableOfType(ConfigException.class, () -> load("""
                        version: 1
                        run: { serverDeadline: 0s }
                        remedy: { startWait: 10ms, settle: 0s }
                        """));
        assertThat(refusal.problems())
                .extracting(Yaml::told)
                .containsExactly("2:24: 'serverDeadline' is at least 1s", "3:22: 'startWait' is at least 1s");
    }

    @Test
    void aFileThatIsNoTableIsTold() {
        ConfigException refusal = catchThrowableOfType(ConfigException.class, () -> load("- a\n"));
        assertThat(refusal.problems())
                .extracting(Yaml::told)
                .containsExactly("1:1: expected names with values here, not a list");
    }
}
