package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.Status;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;

/** When something began, as far as findings tell. */
final class Onset {
    private static final Duration HOURS_BEFORE = Duration.ofHours(6);
    private static final Duration SLACK = Duration.ofMinutes(5);
    private static final int MOST = 6;

    private Onset() {}

    /** After the last good contact, or with the first of the last crashes; null where nothing tells. */
    static @Nullable Instant of(List<Hit> evidence, List<Hit> explains) {
        List<Instant> contacts =
                new ArrayList<>(moments(evidence, "lastContact").toList());
        contacts.addAll(moments(explains, "lastContact").toList());
        if (!contacts.isEmpty()) {
            contacts.sort(Comparator.naturalOrder());
            return contacts.get(contacts.size() / 2);
        }
        return Stream.concat(moments(evidence, "lastCrash"), moments(evidence, "since"))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** What was done to these servers in the hours before, the newest first, each with the server's name. */
    static List<String> before(Instant since, Collection<Patient> patients) {
        return patients.stream()
                .flatMap(patient -> patient.evidences("machine.changes", "changes").stream()
                        .filter(change -> within(moment(StringUtils.substringBefore(change, " ")), since))
                        .map(change -> change + " on " + patient.name()))
                .sorted(Comparator.reverseOrder())
                .limit(MOST)
                .toList();
    }

    private static boolean within(@Nullable Instant at, Instant since) {
        return at != null && !at.isBefore(since.minus(HOURS_BEFORE)) && !at.isAfter(since.plus(SLACK));
    }

    private static Stream<Instant> moments(List<Hit> hits, String name) {
        return hits.stream()
                .filter(hit -> hit.finding().status() == Status.FAIL)
                .map(hit -> hit.finding().evidence().get(name))
                .filter(Objects::nonNull)
                .map(value -> moment(value.toString()))
                .filter(Objects::nonNull);
    }

    private static @Nullable Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
