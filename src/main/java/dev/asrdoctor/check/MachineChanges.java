package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.HistoryFacts;
import dev.asrdoctor.facts.HistoryFacts.Happening;
import dev.asrdoctor.text.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What was done to the machine of late; it alarms nobody (docs/facts.md, "What happened to a machine"). */
final class MachineChanges extends AreaCheck<HistoryFacts> {
    private static final Pattern UPDATE = Pattern.compile("KB\\d{6,8}");
    private static final int SHOWN = 4;

    MachineChanges() {
        super(
                FactArea.HISTORY,
                new About(
                        "machine.changes",
                        "What was done to the machine within two days",
                        0,
                        List.of(FactArea.HISTORY),
                        Profile.FULL,
                        About.EVERYWHERE,
                        "Most faults begin with a change: an update, a restart, a policy, a clock that was set. A diagnosis names what"
                                + " was done just before something began.",
                        "Nothing is to be mended: it is told so that it can be compared with what began when.",
                        List.of()));
    }

    @Override
    List<Finding> judge(HistoryFacts history, Context context) {
        if (history.systemError() != null && history.events().isEmpty()) {
            return skipped("what was done to the machine could not be read");
        }
        LogLines lines = LogLines.of(context.facts());
        List<Happening> changes = history.of(1, 19, 1033, 1034, 1074, 1502, 6011, 7045)
                .sorted(Comparator.comparing(Happening::at).reversed())
                .toList();
        List<String> told = new ArrayList<>();
        List<String> dated = new ArrayList<>();
        List<String> updates = new ArrayList<>();
        for (Happening change : changes) {
            String words = words(change);
            told.add(words + " " + Words.duration(lines.age(change.at())) + " ago");
            dated.add(change.at() + " " + words);
            if (change.id() == 19) {
                Matcher number = UPDATE.matcher(change.parameter(0).orElse(""));
                updates.add(number.find() ? number.group() : change.parameter(0).orElse("an update"));
            }
        }
        FindingBuilder finding = finding("")
                .evidence("changes", dated.isEmpty() ? null : dated)
                .evidence("updates", updates.isEmpty() ? null : updates)
                .evidence("clockSets", count(history, 1))
                .evidence("restarts", count(history, 1074))
                .evidence(
                        "restartedWith",
                        history.of(1074)
                                .findFirst()
                                .flatMap(event -> event.parameter(0))
                                .map(MachineChanges::program)
                                .orElse(null))
                .evidence(
                        "restartedBy",
                        history.of(1074)
                                .findFirst()
                                .flatMap(event -> event.parameter(6))
                                .orElse(null))
                .evidence(
                        "renamedFrom",
                        history.of(6011)
                                .findFirst()
                                .flatMap(event -> event.parameter(0))
                                .orElse(null));
        return pass(
                finding, told.isEmpty() ? "the event logs of two days tell of no change" : Words.first(told, SHOWN));
    }

    private static @Nullable Long count(HistoryFacts history, int id) {
        long count = history.of(id).mapToLong(Happening::count).sum();
        return count == 0 ? null : (Long) count;
    }

    private static String program(String path) {
        return path.substring(path.lastIndexOf('\\') + 1);
    }

    private static String words(Happening change) {
        String first = change.parameter(0).orElse("");
        return switch (change.id()) {
            case 1 -> "the clock was set by " + first + " s";
            case 19 -> "an update was installed (" + first + ")";
            case 1033 -> first + " was installed";
            case 1034 -> first + " was removed";
            case 6011 ->
                "the machine was renamed from " + first + " to "
                        + change.parameter(1).orElse("?");
            case 7045 -> "the service " + first + " was installed";
            case 1074 ->
                "a restart or shutdown was asked for by "
                        + change.parameter(6).filter(user -> !user.isBlank()).orElse("somebody") + " with "
                        + program(first);
            default -> "group policy was applied anew";
        };
    }
}
