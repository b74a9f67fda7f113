package dev.asrdoctor.remoting.wsman;

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
        String contentType = contentType();
        return contentType != null && contentType.regionMatches(true, 0, type, 0, type.length());
    }
}
