package dev.asrdoctor.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The proxy in WinHTTP's binary setting (docs/facts.md, "Proxy"). */
final class WinHttpProxy {
    private static final int HEADER = 12;
    private static final int USES_PROXY = 2;

    private WinHttpProxy() {}

    /**
     * @param base64 version, counter, flags and the counted text of the proxy, little endian
     * @return null where there is none, or where it cannot be read
     */
    static @Nullable String text(@Nullable String base64) {
        if (base64 == null) {
            return null;
        }
        try {
            ByteBuffer bytes =
                    ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
            if (bytes.remaining() < HEADER + Integer.BYTES || (bytes.getInt(Long.BYTES) & USES_PROXY) == 0) {
                return null;
            }
            int length = bytes.getInt(HEADER);
            if (length <= 0 || length > bytes.remaining() - HEADER - Integer.BYTES) {
                return null;
            }
            return new String(bytes.array(), HEADER + Integer.BYTES, length, StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
