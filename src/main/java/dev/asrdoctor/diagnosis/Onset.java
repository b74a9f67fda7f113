package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.Status;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When something began, as far as findings tell. */
final class Onset {
    private Onset() {}

    /** After the last good contact, or with the first of the last crashes; null where nothing tells. */
    static @Nullable Instant of(List<Hit> evidence, List<Hit> explains) {
        List<Instant> contacts = new ArrayList<>(moments(evidence, "lastContact").toList());
        contacts.addAll(moments(explains, "lastContact").toList());
        if (!contacts.isEmpty()) {
            contacts.sort(Comparator.naturalOrder());
            return contacts.get(contacts.size() / 2);
        }
        return Stream.concat(moments(evidence, "lastCrash"), moments(evidence, "since"))
                .min(Comparator.naturalOrder())
                .orElse(null);
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
