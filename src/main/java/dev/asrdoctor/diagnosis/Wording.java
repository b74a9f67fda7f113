package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.text.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.Strings;

/** Fills in the words of a cause from what was found on the servers that have it. */
record Wording(List<Candidate> group) {
    private static final int SHOWN = 4;
    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z]+)\\}");

    private Candidate first() {
        return group.getFirst();
    }

    /**
     * With {@code {each}}, {@code {subjects}}, {@code {title}}, {@code {next}} and any evidence filled in from the findings that speak
     * for it; a word that nothing fills is left out.
     */
    String fill(String template) {
        Matcher matcher = PLACE.matcher(template);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(text, Matcher.quoteReplacement(word(matcher.group(1))));
        }
        matcher.appendTail(text);
        return text.toString()
                .replace(" ()", "")
                .replaceAll(" {2,}", " ")
                .strip()
                .replaceAll("[:,]$", ".");
    }

    private String word(String name) {
        Finding main = first().needHits.getFirst().finding();
        return switch (name) {
            case "each" -> unquoted(first().each);
            case "server" -> {
                List<String> names = group.stream()
                        .map(candidate -> candidate.patient.name())
                        .distinct()
                        .sorted()
                        .toList();
                yield names.size() <= SHOWN ? String.join(", ", names) : names.size() + " servers";
            }
            case "subject" -> unquoted(main.subject());
            case "subjects" -> unquoted(subjects());
            case "hosts" -> hosts();
            case "title" -> unquoted(main.title());
            case "next" -> nextActions();
            case "lines" -> lines();
            default ->
                evidence(first(), name).map(Wording::unquoted).findFirst().orElse("");
        };
    }

    private static Stream<String> evidence(Candidate candidate, String name) {
        return candidate.evidence().stream()
                .map(hit -> hit.finding().evidence().get(name))
                .filter(Objects::nonNull)
                .map(value -> value instanceof List<?> list
                        ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
                        : value.toString());
    }

    /** Of several servers those of the first that has some, by its name: no server is told what another's log says. */
    private String lines() {
        return group.stream()
                .flatMap(candidate -> evidence(candidate, "lines")
                        .filter(lines -> !lines.isBlank())
                        .limit(1)
                        .map(lines -> (group.size() > 1 ? "On " + candidate.patient.name() + ": " : "") + lines))
                .map(Wording::unquoted)
                .findFirst()
                .orElse("");
    }

    /** Those of every server of the group, since they need not be the same. */
    private String hosts() {
        List<String> hosts = group.stream()
                .flatMap(candidate -> candidate.evidence().stream())
                .filter(Hit::bad)
                .map(hit -> hit.finding().evidence().get("hosts"))
                .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.ofNullable(value))
                .map(host -> Strings.CS.removeEnd(unquoted(host.toString()), ":443"))
                .distinct()
                .sorted()
                .toList();
        return Words.first(hosts, SHOWN);
    }

    /** What a server says is never shown as a command of asrdoctor's. */
    private static String unquoted(String said) {
        return said.replace('`', '\'');
    }

    String subjects() {
        Set<String> subjects = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        group.forEach(candidate ->
                candidate.symptoms().forEach(hit -> subjects.add(hit.finding().subject())));
        return subjects.size() <= SHOWN
                ? String.join(", ", subjects)
                : subjects.stream().limit(SHOWN - 1).collect(Collectors.joining(", ")) + " and "
                        + (subjects.size() - SHOWN + 1) + " more";
    }

    /** What the findings themselves advise; of several the first, and that there are others. */
    private String nextActions() {
        List<String> actions = first().symptoms().stream()
                .sorted(Comparator.comparing((Hit hit) -> hit.finding().severity())
                        .reversed()
                        .thenComparing(hit -> hit.finding().subject()))
                .map(hit -> hit.finding().nextAction())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return actions.isEmpty() ? "" : actions.getFirst() + (actions.size() > 1 ? " Likewise for the others." : "");
    }
}
