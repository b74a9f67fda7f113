package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.About;
import dev.asrdoctor.check.Check;
import dev.asrdoctor.check.Checks;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.product.Deployment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * That a finding of a check is there, on the server itself or on one that belongs to it.
 *
 * @param subjects any where empty; {@code *} stands for anything, {@code {each}} for what the cause is about
 * @param where what the finding's evidence has to be, by its name
 * @param alike that most servers tell the same number, or null
 * @param when of an effect: only where the cause is about one of these subjects; always where empty
 */
record Condition(
        Relation of,
        String check,
        Set<Status> statuses,
        List<String> subjects,
        Map<String, ValueTest> where,
        @Nullable Alike alike,
        List<String> when) {
    private static final Map<String, About> CHECKS =
            Checks.all().stream().collect(Collectors.toUnmodifiableMap(Check::id, Check::about));

    static final Set<Status> BAD = Set.of(Status.FAIL, Status.WARN);

    /**
     * That at least {@code percent} of the servers among which it looks, and {@code least} at the least, tell a number
     * within {@code within} of this server's.
     *
     * @param evidence the number's name; where it is empty, that the condition holds there too is enough
     * @param among whom it asks beside the server itself
     */
    record Alike(String evidence, double within, Relation among, int percent, int least) {}

    /** Who is asked, and what is known of servers. */
    Answer ask(Patient patient, Ward ward) {
        Answer answer = askRelated(patient, ward);
        return alike == null || !answer.holds() ? answer : alike(alike, patient, ward, answer);
    }

    private Answer askRelated(Patient patient, Ward ward) {
        if (of.kind() == Relation.Kind.SELF) {
            return askOne(patient);
        }
        if (of.kind() == Relation.Kind.OTHERS) {
            return ward.scan(this).besides(patient);
        }
        boolean unknown = false;
        boolean nobody = true;
        for (Patient other : ward.related(patient, of)) {
            if (other == patient) {
                continue;
            }
            nobody = false;
            Answer answer = askOne(other);
            if (answer.holds()) {
                return answer;
            }
            unknown |= answer.open();
        }
        return unknown || nobody ? Answer.UNKNOWN : Answer.NO;
    }

    /** Every finding that fulfils it, on all servers that it looks at. */
    List<Hit> all(Patient patient, Ward ward) {
        List<Hit> hits = new ArrayList<>();
        for (Patient other : ward.related(patient, of)) {
            if (other != patient || of.kind() == Relation.Kind.SELF) {
                hits.addAll(askOne(other).hits());
            }
        }
        return hits;
    }

    /**
     * What the servers of a run say to a condition, kept for the next server that asks.
     *
     * @param yes the first two that fulfil it
     * @param open the first two of which it is not known
     */
    record Scan(List<Hit> yes, List<Patient> open, int servers) {
        private static final int ENOUGH = 2;

        static Scan of(Condition condition, List<Patient> patients) {
            List<Hit> yes = new ArrayList<>();
            List<Patient> open = new ArrayList<>();
            for (Patient patient : patients) {
                Answer answer = condition.askOne(patient);
                if (answer.holds()) {
                    yes.add(answer.hits().getFirst());
                } else if (answer.open() && open.size() < ENOUGH) {
                    open.add(patient);
                }
                if (yes.size() == ENOUGH) {
                    break;
                }
            }
            return new Scan(yes, open, patients.size());
        }

        Answer besides(Patient patient) {
            for (Hit hit : yes) {
                if (hit.patient() != patient) {
                    return Answer.yes(List.of(hit));
                }
            }
            return servers == 1 || open.stream().anyMatch(other -> other != patient) ? Answer.UNKNOWN : Answer.NO;
        }
    }

    private Answer askOne(Patient patient) {
        List<Finding> findings = patient.findings(check);
        List<Hit> hits = new ArrayList<>();
        boolean unknown = false;
        for (Finding finding : findings) {
            if (fulfils(finding)) {
                hits.add(new Hit(patient, finding));
            }
            unknown |= finding.status() == Status.UNKNOWN;
        }
        if (!hits.isEmpty()) {
            return Answer.yes(hits);
        }
        if (check.equals(ServerReport.REACHABLE)) {
            return Answer.NO;
        }
        if (!patient.report().reached()) {
            return Answer.UNKNOWN;
        }
        if (!meant(patient)) {
            return Answer.NO;
        }
        return unknown || findings.isEmpty() ? Answer.UNKNOWN : Answer.NO;
    }

    /** Whether the server could be asked, and what would answer was not read. */
    boolean unread(Patient patient) {
        return of.kind() == Relation.Kind.SELF
                && !check.equals(ServerReport.REACHABLE)
                && meant(patient)
                && (!patient.report().reached()
                        || patient.findings(check).isEmpty()
                        || patient.findings(check).stream().anyMatch(finding -> finding.status() == Status.UNKNOWN));
    }

    /** Whether, as an effect of a cause of which not all is known, it can mean this finding. */
    boolean canMean(Finding finding) {
        return check.equals(finding.check()) && bound("*", List.of("*")).fulfils(finding);
    }

    private boolean meant(Patient patient) {
        Deployment deployment = patient.server().deployment();
        About about = CHECKS.get(check);
        return deployment == Deployment.AUTO || about == null || about.meant(deployment);
    }

    private boolean fulfils(Finding finding) {
        return statuses.contains(finding.status())
                && Globs.any(subjects, finding.subject())
                && where.entrySet().stream()
                        .allMatch(entry ->
                                entry.getValue().test(finding.evidence().get(entry.getKey())));
    }

    private Answer alike(Alike wanted, Patient patient, Ward ward, Answer answer) {
        if (wanted.evidence().isEmpty()) {
            return shared(wanted, patient, ward, answer);
        }
        Double own = number(patient, wanted.evidence());
        if (own == null) {
            return Answer.UNKNOWN;
        }
        List<Double> told = new ArrayList<>(List.of(own));
        for (Patient other : ward.related(patient, wanted.among())) {
            Double number = other == patient ? null : number(other, wanted.evidence());
            if (number != null) {
                told.add(number);
            }
        }
        long near = told.stream()
                .filter(number -> Math.abs(number - own) <= wanted.within())
                .count();
        if (told.size() < wanted.least()) {
            return Answer.UNKNOWN;
        }
        return near * 100 >= (long) told.size() * wanted.percent() ? answer : Answer.NO;
    }

    private Answer shared(Alike wanted, Patient patient, Ward ward, Answer answer) {
        int asked = 1;
        int holding = 1;
        for (Patient other : ward.related(patient, wanted.among())) {
            Answer told = other == patient ? Answer.UNKNOWN : askOne(other);
            asked += told.open() ? 0 : 1;
            holding += told.holds() ? 1 : 0;
        }
        if (asked < wanted.least()) {
            return Answer.UNKNOWN;
        }
        return holding * 100L >= (long) asked * wanted.percent() ? answer : Answer.NO;
    }

    private @Nullable Double number(Patient patient, String evidence) {
        return patient.findings(check).stream()
                .map(finding -> finding.evidence().get(evidence))
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).doubleValue())
                .findFirst()
                .orElse(null);
    }

    /** With what the cause is about in place of {@code {each}} and {@code {subjects}}. */
    Condition bound(String each, List<String> about) {
        Map<String, ValueTest> bound = new LinkedHashMap<>();
        where.forEach((name, test) -> bound.put(name, test.bound(each, about)));
        return new Condition(of, check, statuses, Globs.bound(subjects, each, about), bound, alike, when);
    }

    /** For people, for example {@code proxy.reachable fails where result is timeout}. */
    String words() {
        String verdicts = statuses.equals(BAD)
                ? "is bad"
                : statuses.stream()
                        .sorted()
                        .map(status -> switch (status) {
                            case PASS -> "passes";
                            case FAIL -> "fails";
                            case WARN -> "warns";
                            case UNKNOWN -> "is not known";
                            case SKIPPED -> "is skipped";
                            case WAIVED -> "is waived";
                        })
                        .collect(Collectors.joining(" or "));
        String tests = where.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().words())
                .collect(Collectors.joining(" and "));
        return check + (subjects.isEmpty() ? "" : " [" + String.join(", ", subjects) + "]") + " " + verdicts
                + of.words() + (tests.isEmpty() ? "" : ", where " + tests)
                + (alike == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", %s on %d %% of the servers%s",
                                alike.evidence().isEmpty() ? "as" : "with the same " + alike.evidence(),
                                alike.percent(),
                                alike.among().words()))
                + (when.isEmpty() ? "" : " (when it is about " + String.join(", ", when) + ")");
    }
}
