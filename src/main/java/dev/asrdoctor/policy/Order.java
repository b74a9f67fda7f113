package dev.asrdoctor.policy;

import dev.asrdoctor.config.Table;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.util.Map;

/**
 * Two thresholds that make sense in one order alone.
 *
 * @param first that is passed before {@code second}, as what is judged gets worse
 * @param rising whether higher is worse
 */
public record Order<T extends Comparable<T>>(Setting<T> first, Setting<T> second, boolean rising) {

    /** Says so where a warning could never come before what it warns of. */
    void check(Map<Setting<?>, Object> values, Map<String, Table> sections) {
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
                    .ifPresent(at -> at.wrong(
                            "'" + first.name() + "' (" + words(one) + ") is " + (rising ? "above '" : "below '")
                                    + second.name() + "' (" + words(other) + "), so it would never be told"));
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
