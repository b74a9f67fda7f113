package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.cli.Commands.Ended;
import dev.asrdoctor.lab.Lab;
import dev.asrdoctor.testing.Peers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/change-windows.md and README.md show of a change is what the program prints. */
class ChangeWalkThroughTest {
    private static final Pattern SCENARIO = Pattern.compile("```yaml\n# patching.yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CONSOLE = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private record Step(String command, String printed) {}

    @Test
    void theWalkThroughIsWhatTheProgramPrints() throws Exception {
        String page = Files.readString(Peers.project("docs/change-windows.md"));
        Matcher scenario = SCENARIO.matcher(page);
        assertThat(scenario.find()).isTrue();
        StringBuilder all = new StringBuilder();
        int steps = 0;
        try (Lab lab =
                Lab.start(scenario.group(1), "patching.yaml", Lab.Options.NONE, "secret-42", Clock.systemUTC())) {
            lab.writeInventory(folder.resolve("lab.yaml"));
            for (Step step : steps(page)) {
                if (step.command().contains(" lab ")) {
                    continue;
                }
                List<String> args = new ArrayList<>(List.of(step.command()
                        .replace("lab.yaml", folder.resolve("lab.yaml").toString())
                        .split(" ")));
                args.removeFirst();
                Ended ended = new Commands().run(args.toArray(String[]::new));
                String printed = ended.out() + ended.err();
                assertThat(usual(printed)).as(step.command()).isEqualTo(usual(step.printed()));
                all.append(printed);
                steps++;
            }
        }
        assertThat(steps).isEqualTo(7);
        String readme = Files.readString(Peers.project("README.md"));
        int from = readme.indexOf("```\nx ps-01\n") + 4;
        assertThat(all.toString()).contains(readme.substring(from, readme.indexOf("```", from)));
    }

    private static List<Step> steps(String page) {
        List<Step> steps = new ArrayList<>();
        Matcher console = CONSOLE.matcher(page);
        while (console.find()) {
            for (String part : console.group(1).split("(?m)^\\$ ")) {
                if (!part.isEmpty()) {
                    int end = part.indexOf('\n');
                    steps.add(new Step(part.substring(0, end), part.substring(end + 1)));
                }
            }
        }
        return steps;
    }

    /** Without what is another one for everybody: times, names, folders, fingerprints, and so where lines end. */
    private static String usual(String text) {
        return text.replaceAll("\\S+/(lab\\.yaml|asrdoctor-state)", "$1")
                .replaceAll("20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d \\S+", "TIME")
                .replaceAll("[0-9a-f]{64}", "SHA")
                .replaceAll("by \\S+ at [^\\s:]+", "by SOMEBODY")
                .replaceAll("(?m)^  inventory  .*(\\n             .*)*$", "  inventory FILE")
                .replaceAll("\\s+", " ");
    }
}
