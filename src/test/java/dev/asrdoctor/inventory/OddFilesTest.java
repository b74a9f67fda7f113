package dev.asrdoctor.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.remedy.PolicyFile;
import dev.asrdoctor.testing.Peers;
import dev.asrdoctor.testing.Yaml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a file, reading it gives an inventory or mistakes with their places, and nothing else. */
class OddFilesTest {
    private static final String ANSIBLE = """
            asr:
              vars: { ansible_user: svc, ansible_password: "{{ lookup('env', 'P') }}" }
              children:
                paris:
                  hosts:
                    ps[01:03].example: { ansible_port: 5985, asrdoctor_tags: { wave: 1 } }
                lyon: { hosts: { ps9: } }
            """;
    private static final String INI = """
            [asr:children]
            paris
            [paris]
            ps[01:03] ansible_host="10.0.0.1" asrdoctor_site='a b' # first
            [asr:vars]
            ansible_user=CONTOSO\\svc
            """;

    @TempDir
    Path folder;

    private interface Loader {
        void load(Path file) throws ConfigException;
    }

    private static void givesResultOrMistakes(Loader loader, Path file, String what) {
        try {
            loader.load(file);
        } catch (ConfigException refusal) {
            assertThat(refusal.problems()).as(what).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.at().line()).isPositive();
                assertThat(problem.at().column()).isPositive();
                assertThat(problem.message()).isNotBlank();
            });
        } catch (RuntimeException | Error e) {
            throw new AssertionError("not a mistake with a place, but " + e + " for:\n" + what, e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&a\nversion: 1\ngroups: *a\n",
                "version: 1\nservers: &s { a: *s }\n",
                "version: 1\ngroups: &g { a: { groups: *g } }\n",
                "version: 1\ncredentials: { a: { user: x, password: &p { environment: *p } } }\n",
                "version: 1\ncredentials: { a: { user: x, password: &p { *p : x } } }\n",
                "version: 1\nservers: { a: { tls: { fingerprints: &f [*f] } } }\n",
                "version: 1\nservers: { a: { tags: &t { x: *t } } }\n",
                "g: &g { hosts: *g }\n",
                "g: &g { children: { g: *g } }\n",
                "&g g: &h { children: &c { *g : { children: *c } } }\n",
                "g: { hosts: { a: &v { asrdoctor_tags: *v } } }\n",
                "g: { vars: &v { x: *v }, hosts: { a: } }\n",
                "[]",
                "text",
                "~",
                "--- \n...\n",
                "version: 1\n<<: { servers: { a: } }\n",
                "!!binary aGVsbG8=",
                "!!set { a, b }",
                "%YAML 1.1\n---\nversion: 1\n",
                "? {}\n: {}\n",
            })
    void oddYamlIsToldAsMistakesWithPlaces(String text) {
        for (String name : List.of("odd.yaml", "odd", "odd.ini")) {
            Path file = Yaml.write(folder, name, text);
            givesResultOrMistakes(InventoryLoader::load, file, text);
            givesResultOrMistakes(PolicyFile::load, file, text);
        }
    }

    @Test
    void groupsThatMultiplyThroughAliasesDoNotRunAway() {
        StringBuilder own = new StringBuilder("version: 1\nservers: { a: }\ngroups:\n  g0: &g0 { members: [a] }\n");
        StringBuilder ansible = new StringBuilder("g0: &g0 { hosts: { a: } }\n");
        for (int i = 1; i < 15; i++) {
            own.append("  g").append(i).append(": &g").append(i).append(" { groups: {");
            ansible.append("g").append(i).append(": &g").append(i).append(" { children: {");
            for (int j = 0; j < 12; j++) {
                own.append(" x")
                        .append(i)
                        .append("_")
                        .append(j)
                        .append(": *g")
                        .append(i - 1)
                        .append(",");
                ansible.append(" x")
                        .append(i)
                        .append("_")
                        .append(j)
                        .append(": *g")
                        .append(i - 1)
                        .append(",");
            }
            own.append(" } }\n");
            ansible.append(" } }\n");
        }
        assertThat(Yaml.problems(folder, own.toString())).anyMatch(m -> m.contains("reached twice through an alias"));
        Path file = Yaml.write(folder, "ansible.yaml", ansible.toString());
        givesResultOrMistakes(InventoryLoader::load, file, "nested aliases");
    }

    @Test
    void ansibleGroupsInLayersDoNotRunAwayAndCirclesAreTold() throws Exception {
        StringBuilder layers = new StringBuilder("[a0]\nps1 ansible_connection=winrm\n[b0]\n");
        for (int i = 0; i < 60; i++) {
            layers.append("[a%1$d:children]\na%2$d\nb%2$d\n[b%1$d:children]\na%2$d\nb%2$d\n".formatted(i + 1, i));
        }
        Inventory inventory = InventoryLoader.load(Yaml.write(folder, "layers.ini", layers.toString()));
        assertThat(inventory.servers().getFirst().groups()).hasSize(1 + 2 * 60).endsWith("a0");

        Path circle = Yaml.write(folder, "circle.ini", "[a:children]\nb\n[b:children]\na\n[a]\nps1\n");
        assertThat(Yaml.problems(circle)).anyMatch(m -> m.contains("contains itself"));
    }

    @Test
    void manyMistakesAreCollectedWithoutSlowingDown() {
        StringBuilder text = new StringBuilder("version: 1\nservers:\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("  s").append(i).append(": { zzzzzzzzz: 1 }\n");
        }
        assertThat(Yaml.problems(folder, text.toString())).hasSize(20_000);
    }

    @Test
    void randomChangesToGoodFilesNeverGiveAnythingElse() throws Exception {
        Random random = new Random(20_261_123);
        List<String> names = List.of("fleet.yaml", "policy.yaml", "ansible.yaml", "hosts.ini", "hosts");
        List<String> texts = List.of(
                Files.readString(Peers.project("inventory/fleet.yaml")),
                Files.readString(Peers.project("inventory/policy.yaml")),
                ANSIBLE,
                INI,
                ANSIBLE);
        for (int i = 0; i < 4_000; i++) {
            int which = i % names.size();
            byte[] changed = change(texts.get(which), random);
            Path file = Files.write(folder.resolve(names.get(which)), changed);
            Loader loader = which == 1 ? PolicyFile::load : InventoryLoader::load;
            givesResultOrMistakes(loader, file, new String(changed, StandardCharsets.UTF_8));
        }
    }

    /** Cuts, doubles, moves and swaps pieces, and strews in signs that mean something in YAML. */
    private static byte[] change(String text, Random random) {
        String signs = "{}[]:,&*!|>'\"%@`#-?~ \n\t=\\\u0000\u001b\uFEFFé漢0";
        StringBuilder changed = new StringBuilder(text);
        for (int n = 1 + random.nextInt(4); n > 0 && changed.length() > 2; n--) {
            int from = random.nextInt(changed.length());
            int to = Math.min(changed.length(), from + random.nextInt(1, 40));
            String piece = changed.substring(from, to);
            int at = random.nextInt(changed.length());
            switch (random.nextInt(6)) {
                case 0 -> changed.delete(from, to);
                case 1 -> changed.insert(at, piece);
                case 2 -> changed.setCharAt(from, signs.charAt(random.nextInt(signs.length())));
                case 3 -> changed.insert(from, signs.charAt(random.nextInt(signs.length())));
                case 4 -> changed.insert(changed.indexOf(":") + 1, " &a");
                default -> changed.insert(Math.max(0, changed.indexOf(":", from)) + 1, " *a ");
            }
        }
        byte[] bytes = changed.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(20) == 0 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
