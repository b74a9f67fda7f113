package dev.asrdoctor.remoting.winrm4j;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Collects what WinRM4j has decoded; both streams of a command share one limit. */
final class LimitedWriter extends Writer {
    private final StringBuilder text = new StringBuilder();
    private final Room room;

    /** How much may still come, in characters. */
    static final class Room {
        private final int limit;
        private long used;

        Room(int limit) {
            this.limit = limit;
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
