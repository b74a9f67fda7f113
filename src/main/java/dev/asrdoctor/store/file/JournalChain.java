package dev.asrdoctor.store.file;

import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.store.Attempt;
import dev.asrdoctor.store.StoreException;
import dev.asrdoctor.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The lines of a journal: each carries the SHA-256 of the line before and of itself, so that nobody changes one unnoticed. */
final class JournalChain {
    private static final String START = "0".repeat(64);
    private static final String HASH = ",\"hash\":\"";
    private static final int HASH_LENGTH = HASH.length() + 64 + 2;

    private JournalChain() {}

    /**
     * What a journal's bytes say.
     *
     * @param length up to the end of the last line that was written whole
     * @param openIntents in words
     */
    record Contents(
            String lastHash,
            int length,
            List<String> openIntents,
            int lines,
            List<Attempt> attempts,
            boolean endsTorn) {}

    /** A line with its hash and its end. */
    static Sealed seal(String body) {
        String unhashed = body.substring(0, body.length() - 1);
        String hash = Sha256.of(unhashed);
        return new Sealed(hash, (unhashed + HASH + hash + "\"}\n").getBytes(StandardCharsets.UTF_8));
    }

    record Sealed(String hash, byte[] line) {}

    /** @throws StoreException naming the first line that is not as it was written */
    static Contents check(Path file, byte[] bytes) throws StoreException {
        String previous = START;
        Map<String, String> open = new LinkedHashMap<>();
        Map<String, Attempt> attempts = new LinkedHashMap<>();
        int start = 0;
        int number = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            number++;
            @Nullable String line = text(bytes, start, i).filter(JournalChain::hashFits).orElse(null);
            if (line == null) {
                throw changed(file, number);
            }
            JsonNode entry = parsed(file, number, line, previous);
            previous = entry.path("hash").asString("");
            add(entry, attempts, open);
            start = i + 1;
        }
        if (start < bytes.length
                && text(bytes, start, bytes.length - 1)
                        .filter(JournalChain::hashFits)
                        .isPresent()) {
            throw changed(file, number + 1);
        }
        return new Contents(
                previous,
                start,
                List.copyOf(open.values()),
                number,
                List.copyOf(attempts.values()),
                start < bytes.length);
    }

    private static JsonNode parsed(Path file, int number, String line, String previous) throws StoreException {
        JsonNode json;
        try {
            json = FactsJson.parse(line);
        } catch (IllegalArgumentException e) {
            throw changed(file, number);
        }
        if (!json.path("previous").asString("").equals(previous)) {
            throw changed(file, number);
        }
        return json;
    }

    /** Nothing where they are not the bytes of any text. */
    private static Optional<String> text(byte[] bytes, int from, int to) {
        byte[] line = Arrays.copyOfRange(bytes, from, to);
        String text = new String(line, StandardCharsets.UTF_8);
        return Arrays.equals(line, text.getBytes(StandardCharsets.UTF_8)) ? Optional.of(text) : Optional.empty();
    }

    private static boolean hashFits(String line) {
        int split = line.length() - HASH_LENGTH;
        if (split < 0 || !line.startsWith(HASH, split) || !line.endsWith("\"}")) {
            return false;
        }
        String hash = line.substring(split + HASH.length(), split + HASH.length() + 64);
        return hash.equals(Sha256.of(line.substring(0, split)));
    }

    private static StoreException changed(Path file, int line) {
        return new StoreException("the journal " + file + " is not as it was written: line " + line
                + " does not fit the chain. Keep the file as evidence and name another with --journal");
    }

    private static void add(JsonNode line, Map<String, Attempt> attempts, Map<String, String> open) {
        String id = line.path("attempt").asString("");
        if (line.path("kind").asString("").equals("intent")) {
            String server = line.path("server").asString("");
            String at = line.path("at").asString("");
            List<String> services = new ArrayList<>();
            line.path("services").forEach(service -> services.add(service.asString()));
            open.put(id, server + ": " + String.join(", ", services) + " (meant at " + at + ")");
            attempts.put(
                    id,
                    new Attempt(
                            id,
                            server,
                            Instant.parse(at),
                            line.path("by").asString(""),
                            List.copyOf(services),
                            texts(line.path("takes")),
                            Map.of()));
            return;
        }
        open.remove(id);
        Attempt meant = attempts.get(id);
        if (meant != null) {
            Map<String, String> results = new LinkedHashMap<>(meant.results());
            results.putAll(texts(line.path("results")));
            attempts.put(id, meant.with(results));
        }
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().asString("")));
        return texts;
    }
}
