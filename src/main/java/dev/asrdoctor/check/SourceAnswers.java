package dev.asrdoctor.check;

import dev.asrdoctor.facts.ClockReading;
import dev.asrdoctor.facts.TimeFacts;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.math.NumberUtils;
import org.jspecify.annotations.Nullable;

/** What a server's time sources themselves say, held against the controller's clock (docs/facts.md, "Time"). */
final class SourceAnswers {
    private SourceAnswers() {}

    /** For example {@code ntp-a.example: 402 s ahead}; null where none was asked. */
    static @Nullable List<String> words(TimeFacts time) {
        List<TimeFacts.Answer> answers = answers(time);
        return answers.isEmpty()
                ? null
                : answers.stream()
                        .map(answer -> name(time, answer) + ": "
                                + (answer.aheadSeconds() == null ? "no time" : answer.aheadSeconds() + " s ahead"))
                        .toList();
    }

    /**
     * A source that tells a wrong time, or a right one that the clock does not follow; nothing where no source gave a time.
     *
     * @param clock how far the server's clock is ahead of the controller's, null where that was not measured
     * @param limit from which on a difference matters
     */
    static Optional<ClockFault> fault(TimeFacts time, @Nullable ClockReading clock, Duration limit) {
        if (clock == null) {
            return Optional.empty();
        }
        List<TimeFacts.Answer> told = answers(time).stream()
                .filter(answer -> answer.aheadSeconds() != null)
                .toList();
        long least = limit.plus(clock.uncertainty()).toSeconds();
        long own = clock.offset().toSeconds();
        Optional<TimeFacts.Answer> wrong = told.stream()
                .filter(answer -> Math.abs(own + seconds(answer)) > least)
                .findFirst();
        if (wrong.isPresent()) {
            return wrong.map(answer -> new ClockFault(
                    "source-wrong",
                    "its time source " + name(time, answer) + " tells a time that is "
                            + Words.duration(Duration.ofSeconds(Math.abs(own + seconds(answer))))
                            + (own + seconds(answer) < 0 ? " behind" : " ahead of")
                            + " the clock of the machine that runs asrdoctor",
                    "Compare " + name(time, answer) + " with a third clock: `w32tm /stripchart /computer:"
                            + name(time, answer)
                            + " /samples:3` Mend it, or give the server another source. A resynchronisation would fetch the wrong"
                            + " time again."));
        }
        return told.stream()
                .filter(answer -> Math.abs(seconds(answer)) > least)
                .findFirst()
                .map(answer -> new ClockFault(
                        "not-followed",
                        "its time source " + name(time, answer)
                                + " tells the right time, which the clock does not follow",
                        "On the server: `w32tm /resync /rediscover` Where the difference is too large for it, set the clock by hand"
                                + " once. Look whether the virtual host sets the clock too."));
    }

    private static String name(TimeFacts time, TimeFacts.Answer answer) {
        String servers = time.policyServers() == null ? time.servers() : time.policyServers();
        List<String> names = Arrays.stream(StringUtils.split(StringUtils.defaultString(servers)))
                .map(server -> StringUtils.substringBefore(server, ","))
                .filter(name -> !name.isEmpty())
                .toList();
        int place = NumberUtils.toInt(answer.source(), -1);
        return place < 0 || place >= names.size() ? "NAME" : names.get(place);
    }

    private static long seconds(TimeFacts.Answer answer) {
        Long ahead = answer.aheadSeconds();
        return ahead == null ? 0 : ahead;
    }

    private static List<TimeFacts.Answer> answers(TimeFacts time) {
        List<TimeFacts.Answer> answers = time.answers();
        return answers == null ? List.of() : answers;
    }
}
