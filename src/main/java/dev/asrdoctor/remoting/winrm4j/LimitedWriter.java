package dev.asrdoctor.remoting.winrm4j;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** Collects what WinRM4j has decoded, until there is too much of it or nobody waits for it any more. */
final class LimitedWriter extends Writer {
    private final StringBuilder text = new StringBuilder();
    private final Room room;

    /** How much may still come in both streams of a command together, in characters. */
    static final class Room {
        private final int limit;
        private final BooleanSupplier wanted;
        private long used;

        Room(int limit, BooleanSupplier wanted) {
            this.limit = limit;
            this.wanted = wanted;
        }

        boolean exceeded() {
            return used > limit;
        }
    }

    LimitedWriter(Room room) {
        this.room = room;
    }

    @Override
    public void write(char[] chars, int from, int length) throws IOException {
        if (!room.wanted.getAsBoolean()) {
            throw new IOException("nobody waits for this output");
        }
        room.used += length;
        if (room.exceeded()) {
            throw new IOException("too much output");
        }
        text.append(chars, from, length);
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
