package dev.asrdoctor.lab.wsman;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Part of what a stream carried; the bytes may be shared with other pieces. */
record Piece(Program.Stream stream, byte[] bytes, int from, int length) {

    static List<Piece> cut(Program.Stream stream, byte[] bytes, int longest) {
        List<Piece> pieces = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += longest) {
            pieces.add(new Piece(stream, bytes, from, Math.min(longest, bytes.length - from)));
        }
        return pieces;
    }

    Piece first(int count) {
        return new Piece(stream, bytes, from, count);
    }

    Piece without(int count) {
        return new Piece(stream, bytes, from + count, length - count);
    }

    byte[] copy() {
        return Arrays.copyOfRange(bytes, from, from + length);
    }
}
