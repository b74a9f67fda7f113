package dev.asrdoctor.lab.wsman;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request.
 *
 * @param headers by lower-case name; of repeated ones the last
 * @param keepAlive the client lets the connection stay open
 */
record HttpRequest(String method, String target, Map<String, String> headers, byte[] body, boolean keepAlive) {

    @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }

    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
