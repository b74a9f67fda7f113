package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.Strings;
import org.jspecify.annotations.Nullable;

/** One whole HTTP answer. */
record HttpAnswer(int status, HttpHeaders headers, byte[] body, boolean keepsConnection) {
    private static final int LOOKED_AT = 2048;
    private static final String ENVELOPE = "http://www.w3.org/2003/05/soap-envelope";

    @Nullable String contentType() {
        return headers.first("Content-Type");
    }

    @Nullable String server() {
        return headers.first("Server");
    }

    boolean hasType(String type) {
        return Strings.CI.startsWith(contentType(), type);
    }

    /** An envelope, also where somebody in between took its type away or wrote the one of SOAP 1.1. */
    boolean isSoap() {
        if (body.length == 0) {
            return false;
        }
        if (hasType("application/soap+xml")) {
            return true;
        }
        boolean untold = StringUtils.isBlank(contentType()) || hasType("text/xml") || hasType("application/xml");
        String beginning = new String(body, 0, Math.min(body.length, LOOKED_AT), UTF_8);
        return untold && beginning.stripLeading().startsWith("<") && beginning.contains(ENVELOPE);
    }
}
