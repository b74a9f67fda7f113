package dev.asrdoctor.remoting.ntlm;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The attributes a server says of itself, in the order it said them (MS-NLMP 2.2.2.1). */
public record TargetInfo(List<AvPair> pairs) {
    public static final TargetInfo EMPTY = new TargetInfo(List.of());

    public TargetInfo {
        pairs = List.copyOf(pairs);
    }

    /** Reads pairs up to the end mark, or to the end of the bytes where the mark is missing. */
    public static TargetInfo parse(byte[] bytes) throws NtlmException {
        List<AvPair> pairs = new ArrayList<>();
        int at = 0;
        while (at + 4 <= bytes.length) {
            int id = Bytes.uint16(bytes, at);
            int length = Bytes.uint16(bytes, at + 2);
            at += 4;
            if (id == AvPair.END) {
                break;
            }
            if (length > bytes.length - at) {
                throw new NtlmException("the target information is cut short");
            }
            pairs.add(new AvPair(id, Bytes.slice(bytes, at, length)));
            at += length;
        }
        return new TargetInfo(pairs);
    }

    /** All pairs and the end mark. */
    public byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        for (AvPair pair : pairs) {
            out.writeBytes(Bytes.le16(pair.id()));
            out.writeBytes(Bytes.le16(pair.value().length));
            out.writeBytes(pair.value());
        }
        out.writeBytes(new byte[4]);
        return out.toByteArray();
    }

    public Optional<byte[]> find(int id) {
        return pairs.stream().filter(pair -> pair.id() == id).findFirst().map(AvPair::value);
    }

    public Optional<String> text(int id) {
        return find(id).map(value -> new String(value, UTF_16LE));
    }

    /** Replaces the pair of this id where it stands, or appends it. */
    public TargetInfo with(int id, byte[] value) {
        List<AvPair> changed = new ArrayList<>(pairs);
        AvPair pair = new AvPair(id, value);
        int index = 0;
        while (index < changed.size() && changed.get(index).id() != id) {
            index++;
        }
        if (index < changed.size()) {
            changed.set(index, pair);
        } else {
            changed.add(pair);
        }
        return new TargetInfo(changed);
    }

    public TargetInfo with(int id, String value) {
        return with(id, value.getBytes(UTF_16LE));
    }

    /** The client promises a message integrity code in its third message. */
    boolean promisesMic() {
        return find(AvPair.FLAGS)
                .filter(value -> value.length == 4 && (Bytes.int32(value, 0) & AvPair.FLAG_MIC) != 0)
                .isPresent();
    }
}
