package dev.asrdoctor.lab;

import dev.asrdoctor.facts.FactsJson;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * Requests as the model engine takes them. All servers of a run are asked the same but for the nonce, so what is asked is
 * parsed once.
 */
final class ModelRequests {
    private static final int MOST_KEPT = 64;
    private static final String NONCE = "\"nonce\":\"";

    private static final Map<String, JsonNode> PARSED = new ConcurrentHashMap<>();

    /**
     * @param shape what tells it from requests for other facts; all of it but the nonce
     * @param json with the nonce of some request of that shape
     */
    record Asked(String nonce, String shape, JsonNode json) {}

    private ModelRequests() {}

    static Asked of(String request) {
        int begin = request.indexOf(NONCE) + NONCE.length();
        int end = request.indexOf('"', begin);
        if (begin < NONCE.length() || end < 0 || request.indexOf(NONCE, end) >= 0) {
            JsonNode json = FactsJson.parse(request);
            return new Asked(json.path("nonce").asString(""), request, json);
        }
        String shape = request.substring(0, begin) + request.substring(end);
        JsonNode known = PARSED.get(shape);
        if (known == null) {
            known = FactsJson.parse(request);
            if (PARSED.size() < MOST_KEPT) {
                PARSED.put(shape, known);
            }
        }
        return new Asked(request.substring(begin, end), shape, known);
    }
}
