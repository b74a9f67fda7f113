package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** A request's envelope in UTF-8, in pieces of which large ones may be shared with the requests to other servers. */
record Envelope(List<byte[]> pieces) {
    static Envelope of(String text) {
        return new Envelope(List.of(text.getBytes(UTF_8)));
    }

    int length() {
        return pieces.stream().mapToInt(piece -> piece.length).sum();
    }

    /** All of it, in bytes of its own. */
    byte[] bytes() {
        byte[] all = new byte[length()];
        copyTo(all, 0);
        return all;
    }

    void copyTo(byte[] target, int from) {
        int at = from;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, target, at, piece.length);
            at += piece.length;
        }
    }

    String text() {
        return new String(bytes(), UTF_8);
    }
}
