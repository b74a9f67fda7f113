package dev.asrdoctor.diagnosis;

import java.util.List;
import java.util.stream.Collectors;

/** Conditions of which one has to hold. */
record Need(List<Condition> any) {
    Answer ask(Patient patient, Ward ward) {
        boolean open = false;
        for (Condition condition : any) {
            Answer answer = condition.ask(patient, ward);
            if (answer.holds()) {
                return answer;
            }
            open |= answer.open();
        }
        return open ? Answer.UNKNOWN : Answer.NO;
    }

    Need bound(String each) {
        return new Need(
                any.stream().map(condition -> condition.bound(each, List.of())).toList());
    }

    String words() {
        return any.stream().map(Condition::words).collect(Collectors.joining("; or "));
    }
}
