package dev.asrdoctor.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationTest {

    @ParameterizedTest(name = "{0} names {1}: {2}")
    @CsvSource({
        "ps-01/product/version,          ps-01/product/version,              true",
        "PS-01/Product/Version,          ps-01/product/version,              true",
        "ps-*/product/version,           ps-01/product/version,              true",
        "ps-0?/product/version,          ps-01/product/version,              true",
        "*/product,                      ps-01/product/version,              false",
        "ps-01/*,                        ps-01/product/version,              false",
        "ps-01/**,                       ps-01/product/version,              true",
        "**/startType,                   ps-01/services/svagents/startType,  true",
        "ps-01/antivirus/exclusions/E:\\ASR, ps-01/antivirus/exclusions/E:\\ASR, true",
        "ps-01/antivirus/exclusions/E:\\*,   ps-01/antivirus/exclusions/E:\\ASR, true",
        "ps-01/a.c,                      ps-01/abc,                          false",
        "ps-01/a(,                       ps-01/a(,                           true",
    })
    void aPatternNamesPaths(String pattern, String path, boolean named) {
        assertThat(expectation(pattern, null, null, null).at(path)).isEqualTo(named);
    }

    @Test
    void kindAndValuesNarrowIt() {
        Difference changed = new Difference("a", "a/b", "1.0", "2.0");
        Difference gone = new Difference("a", "a/b", "1.0", null);
        assertThat(expectation("a/b", "changed", "1.*", "2.*").covers(changed)).isTrue();
        assertThat(expectation("a/b", "changed", "1.*", "3.*").covers(changed)).isFalse();
        assertThat(expectation("a/b", "removed", null, null).covers(changed)).isFalse();
        assertThat(expectation("a/b", "removed", "1.0", null).covers(gone)).isTrue();
        assertThat(expectation("a/b", null, null, "*").covers(gone)).isFalse();
    }

    @Test
    void onlyAPathThatSaysProblemsDeclaresAVerdict() {
        Difference broken = new Difference("a", "a/problems/services.running/svagents", "pass", "fail");
        for (String swallowing :
                List.of("**", "a/**", "*/**", "a/*/services.running/svagents", "a/prob*/**", "**/svagents")) {
            assertThat(expectation(swallowing, null, null, null).covers(broken))
                    .as(swallowing)
                    .isFalse();
        }
        for (String meant : List.of("a/problems/**", "*/Problems/services.running/*", "a/problems/**/svagents")) {
            assertThat(expectation(meant, null, null, null).covers(broken))
                    .as(meant)
                    .isTrue();
        }
    }

    private static Expectation expectation(String path, String kind, String from, String to) {
        return new Expectation(path, kind, from, to, Expectation.Need.EACH, "", 1);
    }
}
