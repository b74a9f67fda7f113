package dev.asrdoctor.store.file;

import dev.asrdoctor.store.Basis;
import dev.asrdoctor.store.Verdict;
import dev.asrdoctor.store.Window;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A change window as {@code window.json} (schemas/change-window-1.schema.json). */
final class WindowJson {
    static final String SCHEMA = "https://asrdoctor.dev/schemas/change-window-1.schema.json";
    static final int VERSION = 1;

    private WindowJson() {}

    static ObjectNode of(Window window) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("schema", SCHEMA)
                .put("version", VERSION)
                .put("id", window.id())
                .put("state", window.state().word())
                .put("openedAt", window.openedAt().toString())
                .put("until", window.until().toString())
                .put("openedBy", window.openedBy())
                .put("inventory", window.inventory().toString())
                .put("policy", window.policy() == null ? null : window.policy().toString())
                .put("forced", window.forced())
                .put("baseline", window.baseline())
                .set("basis", toJson(window.basis()));
        window.servers().forEach(json.putArray("servers")::add);
        ArrayNode verifications = json.putArray("verifications");
        for (Window.Verification one : window.verifications()) {
            ObjectNode verification = verifications
                    .addObject()
                    .put("number", one.number())
                    .put("startedAt", one.startedAt().toString())
                    .put(
                            "finishedAt",
                            one.finishedAt() == null ? null : one.finishedAt().toString())
                    .put("by", one.by())
                    .put("verdict", one.verdict() == null ? null : one.verdict().name())
                    .put("facts", one.facts())
                    .set("basis", toJson(one.basis()));
            one.notes().forEach(verification.putArray("notes")::add);
        }
        ArrayNode history = json.putArray("history");
        for (Window.Event event : window.history()) {
            history.addObject()
                    .put("at", event.at().toString())
                    .put("by", event.by())
                    .put("what", event.what())
                    .put("detail", event.detail());
        }
        return json;
    }

    private static @Nullable JsonNode toJson(@Nullable Basis basis) {
        return basis == null
                ? null
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("tool", basis.tool())
                        .put("inventory", basis.inventory().toString())
                        .put("policySha256", basis.policy())
                        .put("declaredSha256", basis.declared());
    }

    /**
     * @throws IllegalArgumentException where it is no window, or that of a newer asrdoctor
     * @throws DateTimeException where a time in it is none
     */
    static Window window(JsonNode json) {
        int version = json.path("version").asInt(0);
        if (!json.path("schema").asString("").equals(SCHEMA) && version <= VERSION) {
            throw new IllegalArgumentException("it is no change window of asrdoctor");
        }
        if (version > VERSION) {
            throw new IllegalArgumentException("it is of version " + version + "; this asrdoctor reads version "
                    + VERSION + ", a newer one is needed");
        }
        return known(json);
    }

    private static Window known(JsonNode json) {
        List<String> servers = new ArrayList<>();
        json.path("servers").forEach(server -> servers.add(server.asString("")));
        List<Window.Verification> verifications = new ArrayList<>();
        for (JsonNode one : json.path("verifications")) {
            String finishedAt = one.path("finishedAt").asString("");
            String verdict = one.path("verdict").asString("");
            List<String> notes = new ArrayList<>();
            one.path("notes").forEach(note -> notes.add(note.asString("")));
            verifications.add(new Window.Verification(
                    one.path("number").asInt(0),
                    instant(one, "startedAt"),
                    finishedAt.isEmpty() ? null : Instant.parse(finishedAt),
                    text(one, "by"),
                    verdict.isEmpty() ? null : verdict(verdict),
                    text(one, "facts"),
                    basis(one),
                    notes));
        }
        List<Window.Event> history = new ArrayList<>();
        for (JsonNode event : json.path("history")) {
            history.add(new Window.Event(
                    instant(event, "at"), text(event, "by"), text(event, "what"), text(event, "detail")));
        }
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("it names no servers");
        }
        if (history.isEmpty()) {
            throw new IllegalArgumentException("its history is missing");
        }
        String policy = json.path("policy").asString("");
        String forced = json.path("forced").asString("");
        return new Window(
                text(json, "id"),
                Stream.of(Window.State.values())
                        .filter(state -> state.word().equals(json.path("state").asString("")))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("its state is not known")),
                instant(json, "openedAt"),
                instant(json, "until"),
                text(json, "openedBy"),
                Path.of(text(json, "inventory")),
                servers,
                policy.isEmpty() ? null : Path.of(policy),
                forced.isEmpty() ? null : forced,
                text(json, "baseline"),
                basis(json),
                verifications,
                history);
    }

    private static Verdict verdict(String name) {
        return Stream.of(Verdict.values())
                .filter(verdict -> verdict.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the verdict '" + name + "' is not known"));
    }

    private static @Nullable Basis basis(JsonNode json) {
        JsonNode basis = json.path("basis");
        return basis.isNull()
                ? null
                : new Basis(
                        text(basis, "tool"),
                        Path.of(text(basis, "inventory")),
                        text(basis, "policySha256"),
                        text(basis, "declaredSha256"));
    }

    private static String text(JsonNode json, String name) {
        if (!json.path(name).isString()) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return json.path(name).stringValue();
    }

    private static Instant instant(JsonNode json, String name) {
        return Instant.parse(text(json, name));
    }
}
