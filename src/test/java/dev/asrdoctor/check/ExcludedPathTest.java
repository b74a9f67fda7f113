package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcludedPathTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C:\\ProgramData\\ASR               | C:\\ProgramData\\ASR             | true",
                "c:\\programdata\\asr\\             | C:\\ProgramData\\ASR             | true",
                "C:\\ProgramData                    | C:\\ProgramData\\ASR             | true",
                "C:\\                               | C:\\ProgramData\\ASR             | true",
                "C:                                 | C:\\ProgramData\\ASR             | true",
                "%ProgramData%\\ASR                 | C:\\ProgramData\\ASR             | true",
                "%PROGRAMFILES(X86)%\\MySQL         | C:\\Program Files (x86)\\MySQL   | true",
                "C:\\*\\ASR                         | C:\\ProgramData\\ASR             | true",
                "C:\\ProgramData\\A?R               | C:\\ProgramData\\ASR             | true",
                "C:\\ProgramData\\ASR\\*            | C:\\ProgramData\\ASR             | true",
                "C:/ProgramData/ASR                 | C:\\ProgramData\\ASR             | true",
                "C:\\Program Files\\Microsoft Azure* | C:\\Program Files\\Microsoft Azure Site Recovery Provider | true",
                "C:\\ProgramData\\ASRLogs           | C:\\ProgramData\\ASR             | false",
                "C:\\ProgramData\\AS                | C:\\ProgramData\\ASR             | false",
                "C:\\*                              | C:\\ProgramData\\ASR             | true",
                "*\\ASR                             | C:\\ProgramData\\ASR             | false",
                "C:\\ProgramData\\ASR\\home         | C:\\ProgramData\\ASR             | false",
                "C:\\ProgramData\\ASR\\*.log        | C:\\ProgramData\\ASR             | false",
                "D:\\ProgramData\\ASR               | C:\\ProgramData\\ASR             | false",
                "''                                 | C:\\ProgramData\\ASR             | false",
                "\\                                 | C:\\ProgramData\\ASR             | false",
            })
    void coversByPathByParentAndByWildcard(String exclusion, String folder, boolean covered) {
        assertThat(ExcludedPath.covers(exclusion, folder)).isEqualTo(covered);
    }

    @Test
    void aFolderIsCoveredByItselfAndByEveryFolderAboveButNeverByOneBelow() {
        Random random = new Random(3);
        List<String> names = List.of("Program Files", "ASR", "[x]", "a.b", "(86)", "ü", "home", "$x^");
        for (int i = 0; i < 5_000; i++) {
            StringBuilder path = new StringBuilder("E:");
            int depth = random.nextInt(1, 6);
            for (int j = 0; j < depth; j++) {
                String above = path.toString();
                path.append('\\').append(names.get(random.nextInt(names.size())));
                assertThat(ExcludedPath.covers(above, path.toString()))
                        .as(path.toString())
                        .isTrue();
                assertThat(ExcludedPath.covers(path.toString(), above))
                        .as(path.toString())
                        .isFalse();
            }
            assertThat(ExcludedPath.covers(path.toString(), path.toString())).isTrue();
        }
    }

    @Test
    void whateverStandsInAnExclusionIsNeverAFault() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(20); j > 0; j--) {
                text.append("\\*?%:/.[(+{^$ aC".charAt(random.nextInt(16)));
            }
            ExcludedPath.covers(text.toString(), "C:\\ProgramData\\ASR");
        }
    }
}
