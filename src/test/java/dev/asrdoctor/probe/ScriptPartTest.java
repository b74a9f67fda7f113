package dev.asrdoctor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.testing.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScriptPartTest {
    private static final Pattern DEFINED = Pattern.compile("(?m)^function (\\S+)");
    private static final String SCRIPT = """
            # what it is for
            $began = 1

            function Read-AsrOne {
                # why
                return (Read-AsrTwo -Name 'x')
            }

            function Read-AsrTwo {
                param([string]$Name)
                if ($Name) {
                    return 2
                }
            }

            function Read-AsrThree {
                return 3
            }
            $it = Read-AsrOne
            """;

    @Test
    void keepsWhatRunsAndTheFunctionsThatItComesTo() {
        List<ScriptPart> needed = ScriptPart.needed(ScriptPart.of(SCRIPT));
        assertThat(needed.stream().map(ScriptPart::text).collect(Collectors.joining("\n")))
                .isEqualTo("""
                $began = 1
                function Read-AsrOne {
                return (Read-AsrTwo -Name 'x')
                }
                function Read-AsrTwo {
                param([string]$Name)
                if ($Name) {
                return 2
                }
                }
                $it = Read-AsrOne""");
    }

    /** Code of areas that are not asked may name functions of probes that are not sent; it does not run. */
    @ParameterizedTest
    @MethodSource("requests")
    void whatIsSentHasEveryFunctionOfTheLibraryThatItNames(List<String> areas) {
        String sent = ScriptLibrary.probe(areas).text();
        Set<String> library =
                Set.copyOf(names(DEFINED, ScriptLibrary.probe(everyArea()).text()));
        List<String> defined = names(DEFINED, sent);
        assertThat(defined).doesNotHaveDuplicates();
        List<String> ofOtherProbes = everyArea().stream()
                .filter(area -> !areas.contains(area))
                .flatMap(area -> names(DEFINED, probe(area)).stream())
                .toList();
        assertThat(names(Pattern.compile("(\\w+-Asr\\w+)"), sent).stream()
                        .distinct()
                        .filter(library::contains)
                        .filter(name -> !ofOtherProbes.contains(name)))
                .isSubsetOf(defined);
    }

    @Test
    void aProbeOfOneAreaIsNotSentWhatOthersNeed() {
        assertThat(ScriptLibrary.probe(List.of("host", "product", "time")).text())
                .contains("function Read-AsrTime {")
                .doesNotContain("function Read-AsrLog {");
    }

    static Stream<List<String>> requests() {
        return Stream.concat(
                everyArea().stream()
                        .map(area ->
                                Stream.of("host", "product", area).distinct().toList()),
                Stream.of(everyArea()));
    }

    private static List<String> everyArea() {
        return FactArea.all().stream().map(FactArea::id).toList();
    }

    private static String probe(String area) {
        try {
            return Files.readString(Peers.project("ps-scripts/probe/" + area + ".ps1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
