package dev.asrdoctor.remoting.wsman;

import org.apache.commons.lang3.Strings;
import org.jspecify.annotations.Nullable;

/** One whole HTTP answer. */
record HttpAnswer(int status, HttpHeaders headers, byte[] body, boolean keepsConnection) {

    @Nullable String contentType() {
        return headers.first("Content-Type");
    }

    @Nullable String server() {
        return headers.first("Server");
    }

    boolean hasType(String type) {
        return Strings.CI.startsWith(contentType(), type);
    }
}
