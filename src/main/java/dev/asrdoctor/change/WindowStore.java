package dev.asrdoctor.change;

import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.facts.SafeJson;
import dev.asrdoctor.file.Access;
import dev.asrdoctor.file.Durable;
import dev.asrdoctor.file.FileTrouble;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Change windows in a folder: a folder for each, with {@code window.json} (schemas/change-window-1.schema.json), the facts
 * of its {@code baseline} and of each verification ({@code after-1}, ...), each with the policy and the declared differences
 * that went with it. Whatever is written is whole and on disk when a method returns; who works on a window holds its lock.
 */
public final class WindowStore {
    public static final String SCHEMA = "https://asrdoctor.dev/schemas/change-window-1.schema.json";
    public static final int VERSION = 1;
    /** Beside the remediation journal, where nothing else is said. */
    public static final String FOLDER = "asrdoctor-changes";

    public static final String BASELINE = "baseline";
    /** Beside the facts: the differences that were declared then. */
    public static final String EXPECTED = "expected.yaml";
    /** Beside the facts: the policy that they were judged by. */
    public static final String POLICY = "policy.yaml";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern WINDOWS_DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com.|lpt.)(\\..*)?");
    private static final String FILE = "window.json";

    private final Path folder;

    public WindowStore(Path folder) {
        this.folder = folder;
    }

    /** The folder of change windows that belongs to a remediation journal. */
    public static Path beside(Path journal) {
        return journal.resolveSibling(FOLDER);
    }

    /** Whether folders can be named by it on every system. */
    public static boolean isId(String id) {
        return ID.matcher(id).matches()
                && !id.endsWith(".")
                && !WINDOWS_DEVICE.matcher(id).matches();
    }

    public Path folder() {
        return folder;
    }

    /** Where everything of a window stands. */
    public Path folder(String id) {
        return folder.resolve(id);
    }

    /** Where the facts of a verification stand. */
    public static String after(int number) {
        return "after-" + number;
    }

    /** Takes everything of a window away; its file last, so that what is left of it is always known for what it is. */
    public void delete(String id) throws ChangeException {
        try {
            if (Files.isDirectory(folder(id))) {
                try (Stream<Path> list = Files.list(folder(id))) {
                    for (Path one : list.filter(path -> !path.endsWith(FILE)).toList()) {
                        Durable.delete(one);
                    }
                }
            }
            Durable.delete(folder(id));
        } catch (IOException e) {
            throw new ChangeException("the change window " + id + " cannot be taken away: " + FileTrouble.reason(e));
        }
    }

    /**
     * What stands in the folder.
     *
     * @param windows by the time they were opened
     * @param unusable a line for each that cannot be read
     */
    public record Contents(List<Window> windows, List<String> unusable) {
        public Contents {
            windows = List.copyOf(windows);
            unusable = List.copyOf(unusable);
        }
    }

    /** Every window, and which cannot be read; nothing where there is no such folder. */
    public Contents contents() throws ChangeException {
        List<Window> windows = new ArrayList<>();
        List<String> unusable = new ArrayList<>();
        for (Path one : folders()) {
            if (isWindow(one)) {
                try {
                    windows.add(read(one.resolve(FILE)));
                } catch (ChangeException e) {
                    unusable.add(String.valueOf(e.getMessage()));
                }
            }
        }
        windows.sort(Comparator.comparing(Window::openedAt).thenComparing(Window::id));
        return new Contents(windows, unusable);
    }

    /**
     * Every window, by the time it was opened; none where there is no such folder.
     *
     * @throws ChangeException where one cannot be read, so that nobody takes it for none
     */
    public List<Window> all() throws ChangeException {
        Contents contents = contents();
        if (!contents.unusable().isEmpty()) {
            throw new ChangeException(contents.unusable().getFirst());
        }
        return contents.windows();
    }

    /** The window with that id, upper and lower case alike. */
    public Optional<Window> find(String id) throws ChangeException {
        for (Path one : folders()) {
            if (one.getFileName().toString().equalsIgnoreCase(id) && isWindow(one)) {
                return Optional.of(read(one.resolve(FILE)));
            }
        }
        return Optional.empty();
    }

    /** One whose file is gone or cannot be seen is a window too, of which nobody knows whether it is open. */
    private static boolean isWindow(Path folder) {
        return !Files.notExists(folder.resolve(FILE)) || !Files.notExists(folder.resolve(BASELINE));
    }

    private List<Path> folders() throws ChangeException {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(WindowStore::mayBeFolder).sorted().toList();
        } catch (IOException e) {
            throw new ChangeException("the change windows in " + folder + " cannot be read: " + FileTrouble.reason(e));
        }
    }

    /** What cannot be looked at may hold a window. */
    private static boolean mayBeFolder(Path path) {
        return Files.isDirectory(path) || (!Files.exists(path) && !Files.notExists(path));
    }

    public void save(Window window) throws ChangeException {
        try {
            Durable.makeFolder(folder(window.id()));
            Durable.write(
                    folder(window.id()).resolve(FILE),
                    SafeJson.of(toJson(window).toPrettyString()) + "\n",
                    Access.PRIVATE);
        } catch (IOException e) {
            throw new ChangeException("the change window " + window.id() + " cannot be written in " + folder + ": "
                    + FileTrouble.reason(e));
        }
    }

    /** Held by whoever works on a window; the system frees it when that process ends, however it ends. */
    public static final class Lock implements AutoCloseable {
        /** Those of this process: on Linux its lock is lost as soon as it closes any other channel of the same file. */
        private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

        private final Path file;
        private final FileChannel channel;

        private Lock(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                // The lock is gone with the channel in any case.
            } finally {
                HELD.remove(file);
            }
        }
    }

    /** @throws ChangeException when another asrdoctor works on the window at this moment */
    public Lock lock(String id) throws ChangeException {
        Path file = folder.resolve("." + id.toLowerCase(Locale.ROOT) + ".lock")
                .toAbsolutePath()
                .normalize();
        Lock lock = null;
        if (Lock.HELD.add(file)) {
            try {
                Durable.makeFolder(folder);
                lock = acquire(file);
            } catch (IOException e) {
                throw new ChangeException(
                        "the change window " + id + " cannot be written in " + folder + ": " + FileTrouble.reason(e));
            } finally {
                if (lock == null) {
                    Lock.HELD.remove(file);
                }
            }
        }
        if (lock == null) {
            throw new ChangeException("another asrdoctor works on the change window " + id + " at this moment");
        }
        return lock;
    }

    /** Null where another process holds it. */
    private static @Nullable Lock acquire(Path file) throws IOException {
        Durable.begin(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        boolean locked = false;
        try {
            locked = tryLock(channel) != null;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked ? new Lock(file, channel) : null;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static ObjectNode toJson(Window window) {
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

    private static Window read(Path file) throws ChangeException {
        try {
            JsonNode json = FactsJson.parse(Files.readString(file));
            int version = json.path("version").asInt(0);
            if (!json.path("schema").asString("").equals(SCHEMA) && version <= VERSION) {
                throw new IllegalArgumentException("it is no change window of asrdoctor");
            }
            if (version > VERSION) {
                throw new IllegalArgumentException("it is of version " + version + "; this asrdoctor reads version "
                        + VERSION + ", a newer one is needed");
            }
            Window window = window(json);
            String folder = String.valueOf(
                    Objects.requireNonNull(file.toAbsolutePath().getParent()).getFileName());
            if (!window.id().equals(folder)) {
                throw new IllegalArgumentException("it belongs to a window '" + window.id() + "', and its folder is "
                        + folder + ", so it was copied or renamed");
            }
            return window;
        } catch (CharacterCodingException e) {
            throw unusable(file, "it is no text");
        } catch (NoSuchFileException e) {
            throw unusable(file, "it is gone, and what was read for the window is still there");
        } catch (IOException e) {
            throw new ChangeException("the change window " + file + " cannot be read: " + FileTrouble.reason(e));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw unusable(file, String.valueOf(e.getMessage()));
        }
    }

    private static ChangeException unusable(Path file, String why) {
        return new ChangeException("the change window " + file + " cannot be used: " + why
                + "; bring it back from a backup, or move its folder away if the change is over");
    }

    private static Window window(JsonNode json) {
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
