package dev.asrdoctor.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.remedy.PolicyFile;
import dev.asrdoctor.testing.Peers;
import dev.asrdoctor.testing.Schemas;
import dev.asrdoctor.testing.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What an editor tells by the schema is what the program tells. */
class SchemaTest {
    private static final String INVENTORY = "inventory/schemas/inventory-1.schema.json";
    private static final String POLICY = "inventory/schemas/policy-1.schema.json";

    @TempDir
    Path folder;

    private static void load(String schema, Path file) throws ConfigException {
        if (schema.equals(INVENTORY)) {
            InventoryLoader.load(file);
        } else {
            PolicyFile.load(file);
        }
    }

    private void bothRefuse(String schema, String text) throws IOException {
        Path file = Yaml.write(folder, "bad.yaml", text);
        assertThat(catchThrowableOfType(ConfigException.class, () -> load(schema, file)))
                .as("the program on %s", text)
                .isNotNull();
        assertThat(Schemas.complaints(schema, file))
                .as("the schema on %s", text)
                .isNotEmpty();
    }

    private void bothTake(String schema, String text) throws IOException {
        Path file = Yaml.write(folder, "good.yaml", text);
        assertThatCode(() -> load(schema, file)).as(text).doesNotThrowAnyException();
        assertThat(Schemas.complaints(schema, file))
                .as("the schema on %s", text)
                .isEmpty();
    }

    @Test
    void theSamplesAreValid() throws IOException {
        assertThat(Schemas.complaints(INVENTORY, Peers.project("inventory/fleet.yaml")))
                .isEmpty();
        assertThat(Schemas.complaints(POLICY, Peers.project("inventory/policy.yaml")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: 1\nservers: { a: }",
                "version: 1\ncredentials:\nsettings:\nservers: { a: }\ngroups:",
                "version: 1\nservers: { a: }\ngroups: { g: { settings: , servers: , members: , groups: } }",
                "version: 1\nservers: { a: { tags: , tls: } }",
                "version: 1\nservers: { a: { deployment: auto, machines: 80, churn: 1.5TB, cloud: china, dataPort: 9444, dataAddress: x.example }, b: { processServer: a } }",
                "version: 1\nservers: { bücher.example: { address: '2001:db8::1', tags: { n: 1, yes: true } } }",
                "version: 1\nservers: { a: { tls: { fingerprints: '8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4' } } }",
            })
    void whatTheProgramTakesTheSchemaTakesToo(String text) throws IOException {
        bothTake(INVENTORY, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: 1",
                "version: 1\nservices:\nrun:\nremedy:",
                "version: 1\nservices: { pendingTooLong: , disabledOnPurpose: }\nrun: { concurrency: }",
                "version: 1\nservices: { pendingTooLong: 1.5h, disabledOnPurpose: [dra] }\nremedy: { settle: 0s }",
                "version: 1\nrun: { concurrency: 5000, stopAfterLogonFailures: 100 }",
                "version: 1\nhealth: { cpuWarn: 0, sampleWindow: 2s }\nfirewall: { urls: [x.blob.core.windows.net] }\nchecks: { disabled: [proxy.same] }",
                "version: 1\nwaivers: [{ check: time, servers: 'ps-*', subject: x, reason: y, until: 2026-12-31 }]",
            })
    void whatTheProgramTakesAsAPolicyTheSchemaTakesToo(String text) throws IOException {
        bothTake(POLICY, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "servers: { a: }",
                "version: 2\nservers: { a: }",
                "version: '1'\nservers: { a: }",
                "version: 1\nserver: { a: }",
                "version: 1\nservers: [a]",
                "version: 1\nservers: { a: { adress: x } }",
                "version: 1\nservers: { a: { address: 'http://x' } }",
                "version: 1\nservers: { a: { churn: 5 } }",
                "version: 1\nservers: { a: { churn: '5 apples' } }",
                "version: 1\nservers: { a: { machines: -1 } }",
                "version: 1\nservers: { a: { cloud: moon } }",
                "version: 1\nservers: { a: { dataPort: 70000 } }",
                "version: 1\nservers: { a: { port: 0 } }",
                "version: 1\nservers: { a: { port: 65536 } }",
                "version: 1\nservers: { a: { port: 'x' } }",
                "version: 1\nservers: { a: { deployment: cs } }",
                "version: 1\nservers: { a: { transport: ssh } }",
                "version: 1\nservers: { a: { authentication: credssp } }",
                "version: 1\nservers: { a: { allowBasicOverHttp: 'yes' } }",
                "version: 1\nservers: { a: { path: wsman } }",
                "version: 1\nservers: { a: { tags: [x] } }",
                "version: 1\nservers: { a: { tags: { x: [y] } } }",
                "version: 1\nservers: { a: { tls: { verify: 2 } } }",
                "version: 1\nservers: { a: { tls: { ca: x } } }",
                "version: 1\nservers: { 'a b': }",
                "version: 1\nservers: { a: }\nsettings: { address: x }",
                "version: 1\nservers: { a: }\ngroups: { all: }",
                "version: 1\nservers: { a: }\ngroups: { g: { server: } }",
                "version: 1\nservers: { a: }\ngroups: { g: { credentials: } }",
                "version: 1\nservers: { a: }\ncredentials: { c: { user: u } }",
                "version: 1\nservers: { a: }\ncredentials: { c: { user: u, password: secret } }",
                "version: 1\nservers: { a: }\ncredentials: { c: { user: u, password: {} } }",
                "version: 1\nservers: { a: }\ncredentials: { c: { user: u, password: { prompt: false } } }",
                "version: 1\nservers: { a: }\ncredentials: { c: { user: u, password: { prompt: true, file: x } } }",
                "version: 1\nservers: { a: }\ncredentials: { c: { user: u, password: { command: pass } } }",
                "version: 1\nservers: { a: }\ncredentials: { c: { user: u, password: { command: [] } } }",
            })
    void badInventoriesAreRefusedByBoth(String text) throws IOException {
        bothRefuse(INVENTORY, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "version: 2",
                "version: 1\nservice: {}",
                "version: 1\nservices: []",
                "version: 1\nservices: { pendingToLong: 2m }",
                "version: 1\nservices: { pendingTooLong: 120 }",
                "version: 1\nservices: { pendingTooLong: '2 minutes' }",
                "version: 1\nservices: { disabledOnPurpose: [[dra]] }",
                "version: 1\nrun: { concurrency: 0 }",
                "version: 1\nrun: { concurrency: 5001 }",
                "version: 1\nrun: { concurrency: '200' }",
                "version: 1\nrun: { stopAfterLogonFailures: 0 }",
                "version: 1\nrun: { serverDeadline: -1s }",
                "version: 1\nremedy: { settle: 5w }",
                "version: 1\nhealth: { cpuWarn: 101 }",
                "version: 1\nhealth: { sampleWindow: 10 }",
                "version: 1\nantivirus: { thirdPartyVerified: 'maybe' }",
                "version: 1\nchecks: { disable: [x] }",
                "version: 1\nwaivers: { check: time }",
                "version: 1\nwaivers: [{ check: time, servers: x, reason: y }]",
                "version: 1\nwaivers: [{ check: time, servers: x, reason: y, until: tomorrow }]",
                "version: 1\nwaivers: [{ check: time, servers: x, reason: y, until: 2026-12-31, who: me }]",
            })
    void badPoliciesAreRefusedByBoth(String text) throws IOException {
        bothRefuse(POLICY, text);
    }

    @ParameterizedTest(name = "{1} in {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "inventory | ''                                                         | /properties",
                "inventory | settings:                                                  | /$defs/settings/properties",
                "inventory | servers: x:                                                | /$defs/servers/additionalProperties/properties",
                "inventory | groups: x:                                                 | /$defs/groups/additionalProperties/properties",
                "inventory | settings: tls:                                             | /$defs/tls/properties",
                "inventory | credentials: x:                                            | /properties/credentials/additionalProperties/properties",
                "inventory | credentials: x: password:                                  | /properties/credentials/additionalProperties/properties/password/properties",
                "policy    | ''                                                         | /properties",
                "policy    | services:                                                  | /properties/services/properties",
                "policy    | practices:                                                | /properties/practices/properties",
                "policy    | health:                                                   | /properties/health/properties",
                "policy    | logs:                                                     | /properties/logs/properties",
                "policy    | time:                                                     | /properties/time/properties",
                "policy    | appliance:                                                | /properties/appliance/properties",
                "policy    | antivirus:                                                | /properties/antivirus/properties",
                "policy    | transport:                                                | /properties/transport/properties",
                "policy    | source:                                                   | /properties/source/properties",
                "policy    | upload:                                                   | /properties/upload/properties",
                "policy    | firewall:                                                 | /properties/firewall/properties",
                "policy    | bandwidth:                                                | /properties/bandwidth/properties",
                "policy    | guardRails:                                               | /properties/guardRails/properties",
                "policy    | checks:                                                   | /properties/checks/properties",
                "policy    | run:                                                       | /properties/run/properties",
                "policy    | remedy:                                                    | /properties/remedy/properties",
            })
    void programAndSchemaKnowTheSameKeys(String kind, String place, String pointer) throws IOException {
        String schema = kind.equals("inventory") ? INVENTORY : POLICY;
        JsonNode described = Schemas.json(schema).at(pointer);
        assertThat(described.isObject()).as(pointer).isTrue();
        List<String> words = everyWord();
        assertThat(words).contains("credential", "pendingTooLong").containsAll(described.propertyNames());
        for (String word : words) {
            assertThat(knows(schema, place == null ? "" : place, word))
                    .as("%s in '%s'", word, place)
                    .isEqualTo(described.has(word));
        }
    }

    @Test
    void theSchemaAndTheSampleSayEverySettingWithItsDefault() throws Exception {
        JsonNode schema = Schemas.json(POLICY);
        String sample = Files.readString(Peers.project("inventory/policy.yaml"));
        for (Setting<?> setting : PolicyFile.settings()) {
            JsonNode described = schema.at("/properties/" + setting.section() + "/properties/" + setting.name());
            assertThat(described.path("description").asString(""))
                    .as(setting.path())
                    .isNotBlank();
            String written = described.path("default").isArray()
                    ? "[]"
                    : described.path("default").asString("");
            assertThat(sample)
                    .as(setting.path())
                    .containsPattern("(?m)^  " + setting.name() + ": +" + Pattern.quote(written) + "( |$)");
        }
        assertThat(PolicyFile.load(Peers.project("inventory/policy.yaml")).policy())
                .isEqualTo(Policy.DEFAULT);
    }

    private boolean knows(String schema, String place, String word) {
        // 'odd' is known nowhere; it keeps the file from being valid, so that there are always mistakes to look
        // through.
        StringBuilder text = new StringBuilder("version: 1\nodd: 1\n");
        String indent = "";
        for (String name : place.isEmpty() ? new String[0] : place.split(" ")) {
            text.append(indent).append(name).append('\n');
            indent += "  ";
        }
        text.append(indent).append(word).append(":\n");
        Path file = Yaml.write(folder, "keys.yaml", text.toString());
        ConfigException refusal = catchThrowableOfType(ConfigException.class, () -> load(schema, file));
        return refusal.problems().stream()
                .noneMatch(problem -> problem.message().startsWith("unknown key '" + word + "'")
                        || problem.message().startsWith("unknown source of a password"));
    }

    /** Every word that stands in quotation marks where the formats are read or described. */
    private static List<String> everyWord() throws IOException {
        TreeSet<String> words = new TreeSet<>();
        for (String file : List.of(
                INVENTORY,
                POLICY,
                "src/main/java/dev/asrdoctor/config/Table.java",
                "src/main/java/dev/asrdoctor/inventory/InventoryReader.java",
                "src/main/java/dev/asrdoctor/inventory/SettingsReader.java",
                "src/main/java/dev/asrdoctor/inventory/CredentialReader.java",
                "src/main/java/dev/asrdoctor/policy/PolicyLoader.java")) {
            Pattern.compile("\"([a-zA-Z]+)\"")
                    .matcher(Files.readString(Peers.project(file)))
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .forEach(words::add);
        }
        return List.copyOf(words);
    }
}
