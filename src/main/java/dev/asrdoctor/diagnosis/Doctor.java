package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Severity;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.product.Trait;
import dev.asrdoctor.text.Words;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.Strings;
import org.jspecify.annotations.Nullable;

/** Names what is wrong with a fleet. */
public final class Doctor {
    /** The cause of findings that no known cause explains. */
    public static final String UNEXPLAINED = "unexplained";

    private static final int SHOWN = 4;
    /** For the order alone: what a process server whose load the inventory does not tell may replicate. */
    private static final int USUAL_MACHINES = 10;

    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z]+)\\}");
    private static final List<Status> WORST_FIRST =
            List.of(Status.FAIL, Status.UNKNOWN, Status.WARN, Status.PASS, Status.SKIPPED, Status.WAIVED);

    private Doctor() {}

    /** The same patients give the same diagnosis, in whatever order they and their findings stand. */
    public static Diagnosis diagnose(List<Patient> patients, Knowledge knowledge) {
        return diagnose(patients, knowledge, Set.of());
    }

    /** @param inDetail names of servers whose reasoning is wanted step by step */
    public static Diagnosis diagnose(List<Patient> patients, Knowledge knowledge, Set<String> inDetail) {
        Ward ward = new Ward(
                patients.stream().sorted(Comparator.comparing(Patient::name)).toList());
        Inference inference = new Inference(ward, knowledge);
        Map<String, List<Candidate>> groups = new LinkedHashMap<>();
        List<Candidate> all = new ArrayList<>(inference.roots);
        all.addAll(inference.open);
        for (Candidate candidate : all) {
            groups.computeIfAbsent(key(candidate), key -> new ArrayList<>()).add(candidate);
        }
        List<Diagnosis.Named> named = new ArrayList<>();
        groups.values().forEach(group -> named.add(named(group, ward)));
        named.addAll(unexplained(inference.unexplained, ward));
        Map<String, Patient> byName = new HashMap<>();
        ward.patients().forEach(patient -> byName.put(patient.name(), patient));
        List<Diagnosis.Named> ranked = named.stream()
                .map(cause -> new Weighed(cause, weight(cause, byName)))
                .sorted(Weighed.ORDER)
                .map(Weighed::cause)
                .toList();
        Map<String, List<Diagnosis.Answered>> reasoning = new LinkedHashMap<>();
        for (Patient patient : ward.patients()) {
            if (inDetail.contains(patient.name())) {
                reasoning.put(patient.name(), reasoning(patient, inference, knowledge));
            }
        }
        return new Diagnosis(patients.size(), ranked, reasoning);
    }

    private static String key(Candidate candidate) {
        return String.join(
                "\n",
                candidate.cause.id(),
                candidate.each.toLowerCase(Locale.ROOT),
                candidate.cause.title().contains("{subjects}") ? subjects(List.of(candidate)) : "",
                candidate.state.name(),
                candidate.undecided.stream().map(Cause.Rival::cause).collect(Collectors.joining(",")));
    }

    private record Weighed(Diagnosis.Named cause, int weight) {
        static final Comparator<Weighed> ORDER = Comparator.comparing((Weighed weighed) -> weighed.cause.kind())
                .thenComparing(Weighed::weight, Comparator.reverseOrder())
                .thenComparing(weighed -> weighed.cause.servers().size(), Comparator.reverseOrder())
                .thenComparing(weighed -> severity(weighed.cause), Comparator.reverseOrder())
                .thenComparing(weighed -> weighed.cause.explains().size(), Comparator.reverseOrder())
                .thenComparing(weighed -> weighed.cause.confidence(), Comparator.reverseOrder())
                .thenComparing(weighed -> weighed.cause.cause())
                .thenComparing(weighed -> weighed.cause.title());
    }

    private static int weight(Diagnosis.Named cause, Map<String, Patient> byName) {
        return cause.machines()
                + USUAL_MACHINES
                        * (int) cause.servers().stream()
                                .map(byName::get)
                                .filter(patient -> patient != null
                                        && !patient.server().deployment().is(Trait.SOURCE)
                                        && patient.server().role().machines() == null)
                                .count();
    }

    private static Severity severity(Diagnosis.Named named) {
        return named.evidence().stream()
                .map(hit -> hit.finding().severity())
                .max(Comparator.naturalOrder())
                .orElse(Severity.INFO);
    }

    private static Diagnosis.Named named(List<Candidate> group, Ward ward) {
        Candidate first = group.getFirst();
        Set<String> at = new TreeSet<>();
        Set<String> servers = new TreeSet<>();
        List<Hit> evidence = new ArrayList<>();
        List<Hit> doubts = new ArrayList<>();
        List<Hit> explains = new ArrayList<>();
        Set<Patient> sick = new LinkedHashSet<>();
        for (Candidate candidate : group) {
            at.add(candidate.patient.name());
            sick.add(candidate.patient);
            candidate.evidence().stream()
                    .filter(hit -> !candidate.explained.contains(hit))
                    .forEach(evidence::add);
            doubts.addAll(candidate.doubtHits);
            explains.addAll(candidate.explained);
            candidate.explained.forEach(hit -> sick.add(hit.patient()));
        }
        sick.forEach(patient -> servers.add(patient.name()));
        Cause.Kind kind = group.stream()
                .map(Candidate::kind)
                .min(Comparator.naturalOrder())
                .orElse(Cause.Kind.FAULT);
        double confidence =
                group.stream().mapToDouble(Candidate::confidence).max().orElse(0);
        Diagnosis.Undecided undecided = undecided(first);
        return new Diagnosis.Named(
                first.cause.id(),
                filled(first.cause.title(), group),
                kind,
                Math.round(confidence * 100) / 100.0,
                List.copyOf(at),
                List.copyOf(servers),
                machines(sick, ward),
                sorted(evidence),
                sorted(doubts),
                sorted(explains),
                filled(next(group, undecided), group),
                undecided,
                Correlation.of(group.stream().map(c -> c.patient).toList(), ward),
                since(evidence, explains),
                first.cause.remedy());
    }

    private static Diagnosis.@Nullable Undecided undecided(Candidate candidate) {
        return candidate.undecided.isEmpty()
                ? null
                : new Diagnosis.Undecided(
                        candidate.undecided.stream().map(Cause.Rival::cause).toList(),
                        candidate.undecided.stream()
                                .map(Cause.Rival::decide)
                                .distinct()
                                .collect(Collectors.joining(" ")));
    }

    /** What to do; first of all to find out whether it is this cause, where that is open. */
    private static String next(List<Candidate> group, Diagnosis.@Nullable Undecided undecided) {
        Candidate first = group.getFirst();
        String next = filled(first.cause.next(), group);
        if (first.state == Candidate.State.OPEN) {
            return StringUtils.capitalize(String.join("; ", Inference.findOut(first))) + ". If so: " + next;
        }
        return undecided == null ? next : undecided.decide() + " If it is this: " + next;
    }

    private static List<Diagnosis.Named> unexplained(List<Hit> hits, Ward ward) {
        Map<String, List<Hit>> byCheck = new LinkedHashMap<>();
        for (Hit hit : hits) {
            byCheck.computeIfAbsent(hit.finding().check() + '\n' + hit.finding().subject(), key -> new ArrayList<>())
                    .add(hit);
        }
        List<Diagnosis.Named> named = new ArrayList<>();
        for (List<Hit> group : byCheck.values()) {
            Finding finding = group.stream()
                    .map(Hit::finding)
                    .max(Comparator.comparing(Finding::severity).thenComparing(Finding::title))
                    .orElseThrow();
            boolean fails = group.stream().anyMatch(hit -> hit.finding().status() == Status.FAIL);
            Set<Patient> sick = new LinkedHashSet<>();
            group.forEach(hit -> sick.add(hit.patient()));
            List<String> names = sick.stream().map(Patient::name).sorted().toList();
            named.add(new Diagnosis.Named(
                    UNEXPLAINED,
                    finding.title(),
                    fails ? Cause.Kind.FAULT : Cause.Kind.WATCH,
                    0.3,
                    names,
                    names,
                    machines(sick, ward),
                    sorted(group),
                    List.of(),
                    List.of(),
                    finding.nextAction() == null ? "Look at " + finding.check() + "." : finding.nextAction(),
                    null,
                    Correlation.of(List.copyOf(sick), ward),
                    since(group, List.of()),
                    null));
        }
        return named;
    }

    private static List<Hit> sorted(List<Hit> hits) {
        Set<Finding> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Hit> once = new ArrayList<>(
                hits.stream().filter(hit -> seen.add(hit.finding())).toList());
        once.sort(Comparator.comparing((Hit hit) -> hit.patient().name())
                .thenComparing(hit -> hit.finding().check())
                .thenComparing(hit -> hit.finding().subject()));
        return List.copyOf(once);
    }

    /** Those that the inventory counts, else the source machines that name a server; a source machine is itself one. */
    private static int machines(Set<Patient> sick, Ward ward) {
        Set<String> sources = new LinkedHashSet<>();
        int counted = 0;
        for (Patient patient : sick) {
            Integer said = patient.server().role().machines();
            if (said != null) {
                counted += said;
            } else if (patient.server().role().processServer() != null) {
                sources.add(patient.name());
            } else {
                ward.sources(patient).forEach(source -> sources.add(source.name()));
            }
        }
        return counted + sources.size();
    }

    /** About when it began: after the last good contact, or with the first of the last crashes. */
    private static @Nullable Instant since(List<Hit> evidence, List<Hit> explains) {
        List<Instant> contacts = new ArrayList<>(moments(evidence, "lastContact"));
        contacts.addAll(moments(explains, "lastContact"));
        if (!contacts.isEmpty()) {
            contacts.sort(Comparator.naturalOrder());
            return contacts.get(contacts.size() / 2);
        }
        return moments(evidence, "lastCrash").stream()
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static List<Instant> moments(List<Hit> hits, String name) {
        return hits.stream()
                .filter(hit -> hit.finding().status() == Status.FAIL)
                .map(hit -> hit.finding().evidence().get(name))
                .filter(Objects::nonNull)
                .map(value -> {
                    try {
                        return Instant.parse(value.toString());
                    } catch (DateTimeException e) {
                        return null;
                    }
                })
                .filter(Objects::nonNull)
                .collect(Collectors.toList());
    }

    /**
     * With {@code {each}}, {@code {subjects}}, {@code {title}}, {@code {next}} and any evidence filled in from the findings that speak
     * for it; a word that nothing fills is left out.
     */
    private static String filled(String template, List<Candidate> group) {
        Candidate first = group.getFirst();
        Matcher matcher = PLACE.matcher(template);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(text, Matcher.quoteReplacement(word(matcher.group(1), first, group)));
        }
        matcher.appendTail(text);
        return text.toString()
                .replace(" ()", "")
                .replaceAll(" {2,}", " ")
                .strip()
                .replaceAll("[:,]$", ".");
    }

    /** Those of every server of the group, since they need not be the same. */
    private static String hosts(List<Candidate> group) {
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

    private static String word(String name, Candidate first, List<Candidate> group) {
        Finding main = first.needHits.getFirst().finding();
        return switch (name) {
            case "each" -> unquoted(first.each);
            case "server" -> {
                List<String> names = group.stream()
                        .map(candidate -> candidate.patient.name())
                        .distinct()
                        .sorted()
                        .toList();
                yield names.size() <= SHOWN ? String.join(", ", names) : names.size() + " servers";
            }
            case "subject" -> unquoted(main.subject());
            case "subjects" -> unquoted(subjects(group));
            case "hosts" -> hosts(group);
            case "title" -> unquoted(main.title());
            case "next" -> nextActions(first);
            default ->
                first.evidence().stream()
                        .map(hit -> hit.finding().evidence().get(name))
                        .filter(Objects::nonNull)
                        .map(value -> value instanceof List<?> list
                                ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
                                : value.toString())
                        .map(Doctor::unquoted)
                        .findFirst()
                        .orElse("");
        };
    }

    /** What a server says is never shown as a command of asrdoctor's. */
    private static String unquoted(String said) {
        return said.replace('`', '\'');
    }

    private static String subjects(List<Candidate> group) {
        Set<String> subjects = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        group.forEach(candidate ->
                candidate.symptoms().forEach(hit -> subjects.add(hit.finding().subject())));
        return subjects.size() <= SHOWN
                ? String.join(", ", subjects)
                : subjects.stream().limit(SHOWN - 1).collect(Collectors.joining(", ")) + " and "
                        + (subjects.size() - SHOWN + 1) + " more";
    }

    /** What the findings themselves advise; of several the first, and that there are others. */
    private static String nextActions(Candidate candidate) {
        List<String> actions = candidate.symptoms().stream()
                .sorted(Comparator.comparing((Hit hit) -> hit.finding().severity())
                        .reversed()
                        .thenComparing(hit -> hit.finding().subject()))
                .map(hit -> hit.finding().nextAction())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return actions.isEmpty() ? "" : actions.getFirst() + (actions.size() > 1 ? " Likewise for the others." : "");
    }

    private static List<Diagnosis.Answered> reasoning(Patient patient, Inference inference, Knowledge knowledge) {
        List<Diagnosis.Answered> answers = new ArrayList<>();
        for (Knowledge.Question question : knowledge.flow()) {
            List<Hit> findings = question.checks().stream()
                    .flatMap(check -> patient.findings(check).stream())
                    .map(finding -> new Hit(patient, finding))
                    .toList();
            Set<String> ruledOut = new LinkedHashSet<>();
            question.checks().forEach(check -> ruledOut.addAll(inference.ruledOutBy(patient, check)));
            Status worst = question.checks().contains(ServerReport.REACHABLE)
                    ? patient.report().reached() ? Status.PASS : Status.UNKNOWN
                    : WORST_FIRST.stream()
                            .filter(status -> findings.stream()
                                    .anyMatch(hit -> hit.finding().status() == status))
                            .findFirst()
                            .orElse(null);
            List<Hit> telling = findings.stream()
                    .filter(hit -> hit.finding().status() != Status.PASS
                            && hit.finding().status() != Status.SKIPPED)
                    .toList();
            answers.add(new Diagnosis.Answered(
                    question,
                    worst,
                    telling.isEmpty() ? findings.stream().limit(1).toList() : telling,
                    List.copyOf(ruledOut)));
        }
        return answers;
    }
}
