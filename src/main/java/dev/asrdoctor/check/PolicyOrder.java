package dev.asrdoctor.check;

import dev.asrdoctor.config.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Thresholds of a policy that make sense in one order alone. */
final class PolicyOrder {
    /**
     * @param first that is passed before {@code second}, as what is judged gets worse
     * @param rising whether higher is worse
     */
    private record Pair<T extends Comparable<T>>(Setting<T> first, Setting<T> second, boolean rising) {
        private void check(Map<Setting<?>, Object> values, Map<String, Table> sections) {
            T one = value(first, values);
            T other = value(second, values);
            int order = one.compareTo(other);
            if (rising ? order <= 0 : order >= 0) {
                return;
            }
            Setting<T> wrong = values.containsKey(first) ? first : second;
            Table section = sections.get(wrong.section());
            if (section != null) {
                section.get(wrong.name())
                        .ifPresent(at -> at.wrong("'" + first.name() + "' (" + words(one) + ") is "
                                + (rising ? "above '" : "below '") + second.name() + "' (" + words(other)
                                + "), so it would never be told"));
            }
        }

        private static String words(Object value) {
            return value instanceof Duration duration ? Words.duration(duration) : value.toString();
        }

        @SuppressWarnings("unchecked")
        private static <T> T value(Setting<T> setting, Map<Setting<?>, Object> values) {
            return (T) values.getOrDefault(setting, setting.otherwise());
        }
    }

    private static final List<Pair<?>> PAIRS = List.of(
            new Pair<>(PolicySettings.CPU_WARN, PolicySettings.CPU_FAIL, true),
            new Pair<>(PolicySettings.MEMORY_WARN, PolicySettings.MEMORY_FAIL, true),
            new Pair<>(PolicySettings.CACHE_WARN, PolicySettings.CACHE_FAIL, false),
            new Pair<>(PolicySettings.CACHE_FAIL, PolicySettings.CACHE_THROTTLED, false),
            new Pair<>(PolicySettings.BACKLOG_WARN, PolicySettings.BACKLOG_FAIL, true),
            new Pair<>(PolicySettings.OFFSET_WARN, PolicySettings.OFFSET_FAIL, true));

    private PolicyOrder() {}

    /** Says so where a warning could never come before what it warns of. */
    static void check(Map<Setting<?>, Object> values, Map<String, Table> sections) {
        PAIRS.forEach(pair -> pair.check(values, sections));
    }
}
