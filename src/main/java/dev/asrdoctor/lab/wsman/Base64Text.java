package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;

/** Base64 in element text, where line breaks are allowed. */
final class Base64Text {
    private Base64Text() {}

    static byte[] decode(String text) throws FaultException {
        byte[] encoded = text.strip().getBytes(ISO_8859_1);
        try {
            return Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            return decodeLines(encoded);
        }
    }

    private static byte[] decodeLines(byte[] encoded) throws FaultException {
        try {
            return Base64.getMimeDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new FaultException(WsmanFault.schema());
        }
    }

    static String encode(Piece piece) {
        return Base64.getEncoder().encodeToString(piece.copy());
    }
}
