package dev.asrdoctor.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.testing.Yaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
    @TempDir
    Path folder;

    private Inventory inventory;

    @BeforeEach
    void read() throws ConfigException {
        inventory = Yaml.inventory(folder, """
                version: 1
                servers: { cs01: { deployment: configuration-server, site: paris } }
                groups:
                  paris:
                    settings: { site: paris, deployment: standalone }
                    servers: { ps-par-01: { tags: { wave: 1 } }, ps-par-02: { tags: { wave: 2, lab: "a[b" } } }
                    members: [cs01]
                  europe:
                    groups:
                      lyon: { servers: { ps-lyo-01: { site: lyon, deployment: standalone, tags: { wave: 2 } } } }
                  azure: { servers: { az1: { deployment: azure-failback } } }
                """);
    }

    private List<String> select(String... patterns) throws SelectionException {
        return Selection.select(inventory, List.of(patterns)).stream()
                .map(Server::name)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                          | cs01 ps-par-01 ps-par-02 ps-lyo-01 az1",
                "all                        | cs01 ps-par-01 ps-par-02 ps-lyo-01 az1",
                "*                          | cs01 ps-par-01 ps-par-02 ps-lyo-01 az1",
                "az1                        | az1",
                "AZ1                        | az1",
                "ps-*                       | ps-par-01 ps-par-02 ps-lyo-01",
                "ps-???-01                  | ps-par-01 ps-lyo-01",
                "paris                      | cs01 ps-par-01 ps-par-02",
                "europe                     | ps-lyo-01",
                "site=paris                 | cs01 ps-par-01 ps-par-02",
                "site=L*                    | ps-lyo-01",
                "group=eur*                 | ps-lyo-01",
                "deployment=*-server        | cs01",
                "deployment=standalone      | ps-par-01 ps-par-02 ps-lyo-01",
                "wave=2                     | ps-par-02 ps-lyo-01",
                "wave=*                     | ps-par-01 ps-par-02 ps-lyo-01",
                "lab=a[b                    | ps-par-02",
                "az1 cs01                   | cs01 az1",
                "!paris                     | ps-lyo-01 az1",
                "paris !cs01                | ps-par-01 ps-par-02",
                "!cs01 paris                | ps-par-01 ps-par-02",
                "paris &wave=2              | ps-par-02",
                "&wave=2                    | ps-par-02 ps-lyo-01",
                "paris lyon &wave=* !ps-par-01 | ps-par-02 ps-lyo-01",
            })
    void patternsSelectInTheInventorysOrder(String patterns, String names) throws Exception {
        assertThat(select(patterns == null ? new String[0] : patterns.split(" ")))
                .containsExactly(names.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "pari, did you mean 'paris'?",
        "ps-par-1, did you mean 'ps-par-01'?",
        "!pars, did you mean 'paris'?",
        "nothing-like-it, matches no server",
        "site=rome, matches no server",
        "wvae=1, matches no server",
        "group=, matches no server",
        "'', matches no server",
        "!, matches no server",
        "&, matches no server",
        "ps.par.01, matches no server",
        "(, matches no server",
        "\\Q, matches no server",
    })
    void aPatternThatMatchesNothingIsRefusedInOneLine(String pattern, String message) {
        assertThatThrownBy(() -> select("all", pattern))
                .isInstanceOf(SelectionException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void nothingLeftNeverMeansEverything() {
        assertThatThrownBy(() -> select("paris", "!paris"))
                .isInstanceOf(SelectionException.class)
                .hasMessageContaining("paris !paris together select no server");
        assertThatThrownBy(() -> select("lyon", "&azure")).isInstanceOf(SelectionException.class);
        assertThatThrownBy(() -> select("!all")).isInstanceOf(SelectionException.class);
    }

    @Test
    void whateverIsWrittenTheResultIsAPartOfTheInventoryInItsOrder() {
        List<String> words = List.of(
                "paris",
                "lyon",
                "europe",
                "az1",
                "cs01",
                "all",
                "*",
                "ps-*",
                "?s*",
                "wave=2",
                "wave=*",
                "site=paris",
                "deployment=standalone",
                "group=azure",
                "typo",
                "");
        Random random = new Random(42);
        int selections = 0;
        for (int i = 0; i < 5_000; i++) {
            List<String> patterns = new ArrayList<>();
            for (int n = random.nextInt(5); n > 0; n--) {
                patterns.add(
                        List.of("", "", "!", "&").get(random.nextInt(4)) + words.get(random.nextInt(words.size())));
            }
            try {
                List<Server> selected = Selection.select(inventory, patterns);
                assertThat(selected).as("%s", patterns).isNotEmpty().isSubsetOf(inventory.servers());
                assertThat(inventory.servers()).as("%s", patterns).containsSubsequence(selected);
                for (String pattern : patterns) {
                    if (pattern.startsWith("!")) {
                        assertThat(selected)
                                .as("%s", patterns)
                                .doesNotContainAnyElementsOf(
                                        Selection.select(inventory, List.of(pattern.substring(1))));
                    }
                }
                selections++;
            } catch (SelectionException refused) {
                assertThat(refused.getMessage()).doesNotContain("\n");
            }
        }
        assertThat(selections).isGreaterThan(1_000);
    }
}
