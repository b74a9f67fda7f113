package dev.asrdoctor.facts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a machine within two days, from its System and Application logs (docs/facts.md, "What happened to a machine").
 *
 * @param events each kind once, the newest, those of a log newest first
 * @param systemError null, or why the System log was not read to its end
 * @param applicationError the same of the Application log
 */
public record HistoryFacts(
        List<Happening> events,
        @Nullable String systemError,
        @Nullable String applicationError) {

    /**
     * @param provider in lower case, for example {@code user32}
     * @param at of the newest
     * @param count how many there were within the two days
     * @param parameters the newest's insertion strings, eight at most; of a jump of the clock its seconds, ahead or (negative) back
     */
    public record Happening(String provider, int id, Instant at, long count, List<String> parameters) {
        /** One of its insertion strings, counted from 0. */
        public Optional<String> parameter(int index) {
            return index < parameters.size() ? Optional.of(parameters.get(index)) : Optional.empty();
        }
    }

    public Stream<Happening> of(int... ids) {
        return events.stream().filter(event -> {
            for (int id : ids) {
                if (event.id() == id) {
                    return true;
                }
            }
            return false;
        });
    }
}
