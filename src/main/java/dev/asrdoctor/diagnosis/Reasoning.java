package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How one server was thought through, question by question of the article's flow. */
record Reasoning(Patient patient, Inference inference) {
    private static final List<Status> WORST_FIRST =
            List.of(Status.FAIL, Status.UNKNOWN, Status.WARN, Status.PASS, Status.SKIPPED, Status.WAIVED);

    List<Diagnosis.Answered> answers(Knowledge knowledge) {
        List<Diagnosis.Answered> answers = new ArrayList<>();
        for (Knowledge.Question question : knowledge.flow()) {
            answers.add(answer(question));
        }
        return answers;
    }

    private Diagnosis.Answered answer(Knowledge.Question question) {
        List<Hit> findings = question.checks().stream()
                .flatMap(check -> patient.findings(check).stream())
                .map(finding -> new Hit(patient, finding))
                .toList();
        Set<String> ruledOut = new LinkedHashSet<>();
        question.checks().forEach(check -> ruledOut.addAll(inference.ruledOutBy(patient, check)));
        List<Hit> telling = findings.stream()
                .filter(hit ->
                        hit.finding().status() != Status.PASS && hit.finding().status() != Status.SKIPPED)
                .toList();
        return new Diagnosis.Answered(
                question,
                worst(question, findings),
                telling.isEmpty() ? findings.stream().limit(1).toList() : telling,
                List.copyOf(ruledOut));
    }

    private @Nullable Status worst(Knowledge.Question question, List<Hit> findings) {
        if (question.checks().contains(ServerReport.REACHABLE)) {
            return patient.report().reached() ? Status.PASS : Status.UNKNOWN;
        }
        return WORST_FIRST.stream()
                .filter(status ->
                        findings.stream().anyMatch(hit -> hit.finding().status() == status))
                .findFirst()
                .orElse(null);
    }
}
