package dev.asrdoctor.check;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A few named values in their order, unchangeable, in a fifth of the memory of a {@link java.util.LinkedHashMap}. */
final class Evidence extends AbstractMap<String, Object> {
    private static final Evidence NONE = new Evidence(new Object[0]);

    private final @Nullable Object[] namesAndValues;

    private Evidence(@Nullable Object[] namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    static Evidence of(Map<String, Object> values) {
        if (values instanceof Evidence already) {
            return already;
        }
        if (values.isEmpty()) {
            return NONE;
        }
        @Nullable Object[] flat = new Object[2 * values.size()];
        int at = 0;
        for (Entry<String, Object> value : values.entrySet()) {
            flat[at++] = value.getKey();
            flat[at++] = value.getValue();
        }
        return new Evidence(flat);
    }

    private int index(@Nullable Object name) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (String.valueOf(namesAndValues[i]).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        int index = index(name);
        return index < 0 ? null : namesAndValues[index + 1];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return index(name) >= 0;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return namesAndValues.length / 2;
            }

            @Override
            public Iterator<Entry<String, Object>> iterator() {
                return new Iterator<>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < namesAndValues.length;
                    }

                    @Override
                    public Entry<String, Object> next() {
                        if (!hasNext()) {
                            throw new NoSuchElementException();
                        }
                        next += 2;
                        return entry(next - 2);
                    }
                };
            }
        };
    }

    @SuppressWarnings("NullAway")
    private Entry<String, Object> entry(int index) {
        return new SimpleImmutableEntry<>((String) namesAndValues[index], namesAndValues[index + 1]);
    }
}
