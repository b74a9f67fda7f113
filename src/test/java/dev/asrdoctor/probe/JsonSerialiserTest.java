package dev.asrdoctor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.Peers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The serialiser that travels with the scripts, run by real PowerShell and read back by Jackson. */
class JsonSerialiserTest {
    private static final int ROUNDS = 300;
    private static final String[] PIECES = {
        "\"",
        "\\",
        "/",
        "'",
        "\u2019",
        "\u0000",
        "\n",
        "\u001f",
        "\u007f",
        "\u00e9",
        "\u65e5\u672c",
        "\ud83d\ude00",
        "<&>",
        "plain",
        " "
    };

    @TempDir
    Path folder;

    @Test
    void writesEveryValueAsAsciiThatReadsBackTheSame() throws Exception {
        Random random = new Random(42);
        List<@Nullable Object> values = new ArrayList<>();
        StringBuilder script = new StringBuilder(Files.readString(Peers.project("ps-scripts/lib/begin.ps1")))
                .append(Files.readString(Peers.project("ps-scripts/lib/json.ps1")));
        for (int i = 0; i < ROUNDS; i++) {
            Object value = value(random, 3);
            values.add(value);
            script.append("[Console]::Out.WriteLine((ConvertTo-AsrJson -Value ")
                    .append(literal(value))
                    .append("))\n");
        }
        List<String> lines = run(script.toString());
        assertThat(lines).hasSize(ROUNDS);
        JsonMapper mapper = new JsonMapper();
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(lines.get(i).chars()).allMatch(c -> c >= ' ' && c <= '~');
            assertThat(mapper.readTree(lines.get(i)))
                    .isEqualTo(mapper.readTree(mapper.writeValueAsString(values.get(i))));
        }
    }

    @Test
    void writesTheValuesThatConvertToJsonGetsWrong() throws Exception {
        String script = Files.readString(Peers.project("ps-scripts/lib/begin.ps1"))
                + Files.readString(Peers.project("ps-scripts/lib/json.ps1"))
                + """
                function Write-Case { param($Value) [Console]::Out.WriteLine((ConvertTo-AsrJson -Value $Value)) }
                Write-Case ([uint32]::MaxValue)
                Write-Case ([uint64]::MaxValue)
                Write-Case ([long]::MinValue)
                Write-Case ([DayOfWeek]'Friday')
                Write-Case @()
                Write-Case @(,'one')
                Write-Case @(,@())
                Write-Case ([ordered]@{ none = @(); single = @('one'); nothing = $null; inner = @{} })
                Write-Case ([ordered]@{ Keys = 1; Count = 2; '0' = 3 })
                Write-Case ([double]::NaN)
                Write-Case ([float]::PositiveInfinity)
                Write-Case ([double]2.5e9)
                Write-Case ([timespan]::FromSeconds(90))
                Write-Case ([guid]'00000000-0000-0000-0000-000000000001')
                Write-Case ([version]'5.1')
                Write-Case ([char]'x')
                Write-Case ([datetime]::new(2016, 2, 29, 23, 59, 58, 7, [DateTimeKind]::Utc))
                """;
        assertThat(run(script))
                .containsExactly(
                        "4294967295",
                        "18446744073709551615",
                        "-9223372036854775808",
                        "5",
                        "[]",
                        "[\"one\"]",
                        "[[]]",
                        "{\"none\":[],\"single\":[\"one\"],\"nothing\":null,\"inner\":{}}",
                        "{\"Keys\":1,\"Count\":2,\"0\":3}",
                        "null",
                        "null",
                        "2500000000",
                        "\"00:01:30\"",
                        "\"00000000-0000-0000-0000-000000000001\"",
                        "\"5.1\"",
                        "\"x\"",
                        "\"2016-02-29T23:59:58.007Z\"");
    }

    private List<String> run(String script) throws Exception {
        Path file = Files.writeString(folder.resolve("values.ps1"), script);
        Process run = new ProcessBuilder(
                        Peers.powerShell().toString(), "-NoProfile", "-NonInteractive", "-File", file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(run.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
                .lines()
                .toList();
        assertThat(run.waitFor()).isZero();
        return lines;
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> text(random);
            case 1 -> random.nextInt();
            case 2 -> random.nextLong();
            case 3 -> random.nextBoolean();
            case 4 -> null;
            case 5 -> list(random, depth);
            default -> map(random, depth);
        };
    }

    private static List<@Nullable Object> list(Random random, int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(value(random, depth - 1));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(Random random, int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put("k" + i, value(random, depth - 1));
        }
        return map;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static String literal(@Nullable Object value) {
        return switch (value) {
            case null -> "$null";
            case String text -> characters(text);
            case Boolean truth -> truth ? "$true" : "$false";
            case Integer number -> "([int]'" + number + "')";
            case Long number -> "([long]'" + number + "')";
            case List<?> list -> {
                StringBuilder items = new StringBuilder("(& { $l = New-Object System.Collections.ArrayList; ");
                list.forEach(item ->
                        items.append("[void]$l.Add(").append(literal(item)).append("); "));
                yield items.append(", $l })").toString();
            }
            case Map<?, ?> map -> {
                StringBuilder table = new StringBuilder("([ordered]@{");
                map.forEach((key, item) ->
                        table.append(key).append(" = ").append(literal(item)).append("; "));
                yield table.append("})").toString();
            }
            default -> throw new IllegalArgumentException();
        };
    }

    private static String characters(String text) {
        if (text.isEmpty()) {
            return "''";
        }
        StringBuilder codes = new StringBuilder("(-join [char[]]@(");
        for (int i = 0; i < text.length(); i++) {
            codes.append(i == 0 ? "" : ",").append((int) text.charAt(i));
        }
        return codes.append("))").toString();
    }
}
