package dev.asrdoctor.facts;

import java.io.ByteArrayOutputStream;
import java.lang.ref.WeakReference;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Areas of facts that are kept as compressed JSON and read again whenever somebody asks: some two kilobytes a server in
 * place of forty. What was read stays as long as there is memory for it anyway.
 */
final class PackedAreas extends AbstractMap<FactArea<?>, Area<?>> {
    private final byte[] packed;
    private final int length;
    private final Function<byte[], Map<FactArea<?>, Area<?>>> reader;
    private volatile WeakReference<Map<FactArea<?>, Area<?>>> read;

    /** What computer it is and when it booted is asked of every server again; it is small. */
    private final @Nullable Area<?> host;

    /** Keeps what was read from being forgotten, as long as it is used much. */
    private final @Nullable Map<FactArea<?>, Area<?>> open;

    private PackedAreas(
            byte[] packed,
            int length,
            Function<byte[], Map<FactArea<?>, Area<?>>> reader,
            @Nullable Area<?> host,
            @Nullable Map<FactArea<?>, Area<?>> open) {
        this.host = host;
        this.packed = packed;
        this.length = length;
        this.reader = reader;
        this.open = open;
        this.read = new WeakReference<>(open);
    }

    /**
     * @param json UTF-8, an object with the member {@code areas}
     * @param open what {@code reader} has made of it
     */
    static PackedAreas of(
            byte[] json, Function<byte[], Map<FactArea<?>, Area<?>>> reader, Map<FactArea<?>, Area<?>> open) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(json);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(json.length / 4 + 64);
            byte[] buffer = new byte[4096];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return new PackedAreas(out.toByteArray(), json.length, reader, open.get(FactArea.HOST), Map.copyOf(open));
        } finally {
            deflater.end();
        }
    }

    /** The same, with nothing but the compressed form held. */
    PackedAreas closed() {
        return open == null ? this : new PackedAreas(packed, length, reader, host, null);
    }

    /** The same, read once and held as long as the result is. */
    PackedAreas opened() {
        return open != null ? this : new PackedAreas(packed, length, reader, host, areas());
    }

    private Map<FactArea<?>, Area<?>> areas() {
        Map<FactArea<?>, Area<?>> known = open != null ? open : read.get();
        if (known == null) {
            known = Map.copyOf(reader.apply(json()));
            read = new WeakReference<>(known);
        }
        return known;
    }

    private byte[] json() {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] plain = new byte[length];
            int count = 0;
            while (count < length) {
                int more = inflater.inflate(plain, count, length - count);
                if (more == 0) {
                    throw new IllegalStateException("packed facts are shorter than they were");
                }
                count += more;
            }
            return plain;
        } catch (DataFormatException e) {
            throw new IllegalStateException(e);
        } finally {
            inflater.end();
        }
    }

    @Override
    public @Nullable Area<?> get(@Nullable Object area) {
        return area == null ? null : area.equals(FactArea.HOST) ? host : areas().get(area);
    }

    @Override
    public boolean containsKey(@Nullable Object area) {
        return area != null && areas().containsKey(area);
    }

    @Override
    public Set<Entry<FactArea<?>, Area<?>>> entrySet() {
        return areas().entrySet();
    }
}
