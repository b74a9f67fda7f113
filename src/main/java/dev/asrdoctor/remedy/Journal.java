package dev.asrdoctor.remedy;

import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.facts.SafeJson;
import dev.asrdoctor.file.Durable;
import dev.asrdoctor.file.FileTrouble;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An append-only file of JSON lines. Each line carries the SHA-256 of the line before and of itself, and is on disk when
 * {@link #append} returns; so what was meant is known even when the controller dies the moment after, and nobody changes
 * a line unnoticed. One writer at a time.
 */
public final class Journal implements AutoCloseable {
    private static final String START = "0".repeat(64);
    private static final String HASH = ",\"hash\":\"";
    /** Far behind the last line, because Windows lets nobody read what is locked. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int HASH_LENGTH = HASH.length() + 64 + 2;

    private final Path file;
    private final String by;
    /** Written through the file and not its channel, which an interrupt of one server's thread would close for all. */
    private final RandomAccessFile log;

    private final JournalDisk disk;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> openIntents;
    private final List<Attempt> attempts;
    private String previous;
    private boolean closed;
    private @Nullable String broken;

    private Journal(
            Path file, String by, RandomAccessFile log, JournalDisk disk, Contents contents, List<Attempt> attempts) {
        this.file = file;
        this.by = by;
        this.log = log;
        this.disk = disk;
        this.previous = contents.lastHash();
        this.openIntents = contents.openIntents();
        this.attempts = attempts;
    }

    private record Contents(String lastHash, long length, List<String> openIntents, int lines) {}

    /**
     * Opens the journal for writing and checks the whole chain. A last line that was not written whole (the controller
     * died in the middle) is kept beside the journal and taken off it.
     *
     * @param by who writes from now on, as user at machine
     * @throws JournalException when another asrdoctor is writing it, it was changed, or the disk refuses
     */
    public static Journal open(Path file, String by) throws JournalException {
        return open(file, by, JournalDisk::of);
    }

    /** @param disk how what is written gets onto it */
    static Journal open(Path file, String by, Function<RandomAccessFile, JournalDisk> disk) throws JournalException {
        RandomAccessFile log = null;
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Durable.makeFolder(folder);
            }
            Durable.begin(file);
            log = new RandomAccessFile(file.toFile(), "rw");
            FileChannel channel = log.getChannel();
            FileLock held = tryLock(channel);
            if (held == null) {
                throw new JournalException("the journal " + file + " is being written by another asrdoctor");
            }
            byte[] bytes = readAll(channel);
            Contents contents = check(file, bytes);
            setTornLineAside(file, channel, bytes, contents);
            log.seek(contents.length());
            return new Journal(file, by, log, disk.apply(log), contents, attempts(bytes, contents));
        } catch (IOException e) {
            closeQuietly(log);
            throw new JournalException("the journal " + file + " cannot be opened: " + FileTrouble.reason(e));
        } catch (JournalException e) {
            closeQuietly(log);
            throw e;
        }
    }

    /**
     * A journal that holds.
     *
     * @param endsTorn a last line was not written whole, as when the machine went down meanwhile; it counts for nothing
     */
    public record Chain(int lines, boolean endsTorn) {}

    /**
     * Checks a journal without writing.
     *
     * @throws JournalException naming the first line that is not as it was written
     */
    public static Chain chain(Path file) throws JournalException {
        try {
            byte[] bytes = Files.readAllBytes(file);
            Contents contents = check(file, bytes);
            return new Chain(contents.lines(), contents.length() < bytes.length);
        } catch (IOException e) {
            throw new JournalException("the journal " + file + " cannot be read: " + FileTrouble.reason(e));
        }
    }

    /**
     * What a journal tells of every attempt, the oldest first; none where there is no such file. The chain is checked.
     *
     * @throws JournalException naming the first line that is not as it was written
     */
    public static List<Attempt> attempts(Path file) throws JournalException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            return attempts(bytes, check(file, bytes));
        } catch (IOException e) {
            throw new JournalException("the journal " + file + " cannot be read: " + FileTrouble.reason(e));
        }
    }

    private static List<Attempt> attempts(byte[] bytes, Contents contents) {
        Map<String, Attempt> attempts = new LinkedHashMap<>();
        String whole = new String(bytes, 0, Math.toIntExact(contents.length()), StandardCharsets.UTF_8);
        for (String line : whole.split("\n")) {
            if (!line.isEmpty()) {
                add(FactsJson.parse(line), attempts);
            }
        }
        return List.copyOf(attempts.values());
    }

    private static void add(JsonNode line, Map<String, Attempt> attempts) {
        String id = line.path("attempt").asString("");
        if (line.path("kind").asString("").equals("intent")) {
            List<String> services = new ArrayList<>();
            line.path("services").forEach(service -> services.add(service.asString()));
            Map<String, String> takes = new LinkedHashMap<>();
            line.path("takes")
                    .properties()
                    .forEach(entry -> takes.put(entry.getKey(), entry.getValue().asString("")));
            attempts.put(
                    id,
                    new Attempt(
                            id,
                            line.path("server").asString(""),
                            Instant.parse(line.path("at").asString("")),
                            line.path("by").asString(""),
                            List.copyOf(services),
                            takes,
                            Map.of()));
            return;
        }
        Attempt meant = attempts.get(id);
        if (meant != null) {
            Map<String, String> results = new LinkedHashMap<>(meant.results());
            line.path("results")
                    .properties()
                    .forEach(entry ->
                            results.put(entry.getKey(), entry.getValue().asString("")));
            attempts.put(id, meant.with(results));
        }
    }

    /** What an earlier controller meant to do and never told the end of, in words; such servers are looked at afresh. */
    public List<String> openIntents() {
        return openIntents;
    }

    /**
     * What it told of every attempt when it was opened, the oldest first. Whoever writes it asks here: on Linux closing a
     * second handle of the file would give the lock away.
     */
    public List<Attempt> attempts() {
        return attempts;
    }

    /** On disk when this returns. */
    public void append(JournalEntry entry) throws JournalException {
        lock.lock();
        try {
            ObjectNode json = entry.toJson().put("by", by).put("previous", previous);
            String body = SafeJson.of(json.toString());
            String unhashed = body.substring(0, body.length() - 1);
            String hash = sha256(unhashed);
            disk.write((unhashed + HASH + hash + "\"}\n").getBytes(StandardCharsets.UTF_8));
            disk.sync();
            previous = hash;
        } catch (IOException e) {
            String why = closed ? "it is closed" : FileTrouble.reason(e);
            // What is half written must stay the last thing in the file.
            close();
            JournalException failure = new JournalException("the journal " + file + " cannot be written: " + why);
            broken = broken == null ? failure.getMessage() : broken;
            throw failure;
        } finally {
            lock.unlock();
        }
    }

    /** Why it could not be written at some time, null where all of it was. */
    public @Nullable String broken() {
        lock.lock();
        try {
            return broken;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        closeQuietly(log);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static byte[] readAll(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = channel.read(bytes, bytes.position());
        }
        return bytes.array();
    }

    private static Contents check(Path file, byte[] bytes) throws JournalException {
        String previous = START;
        Map<String, String> open = new LinkedHashMap<>();
        int start = 0;
        int number = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            number++;
            @Nullable String line = text(bytes, start, i).filter(Journal::hashFits).orElse(null);
            if (line == null) {
                throw changed(file, number);
            }
            previous = checkLine(file, number, line, previous, open);
            start = i + 1;
        }
        if (start < bytes.length
                && text(bytes, start, bytes.length - 1)
                        .filter(Journal::hashFits)
                        .isPresent()) {
            throw changed(file, number + 1);
        }
        return new Contents(previous, start, new ArrayList<>(open.values()), number);
    }

    private static String checkLine(Path file, int number, String line, String previous, Map<String, String> open)
            throws JournalException {
        JsonNode json;
        try {
            json = FactsJson.parse(line);
        } catch (IllegalArgumentException e) {
            throw changed(file, number);
        }
        if (!json.path("previous").asString("").equals(previous)) {
            throw changed(file, number);
        }
        String attempt = json.path("attempt").asString("");
        if (json.path("kind").asString("").equals("intent")) {
            List<String> services = new ArrayList<>();
            json.path("services").forEach(service -> services.add(service.asString()));
            open.put(
                    attempt,
                    json.path("server").asString("") + ": " + String.join(", ", services) + " (meant at "
                            + json.path("at").asString("") + ")");
        } else {
            open.remove(attempt);
        }
        return json.path("hash").asString("");
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
        return hash.equals(sha256(line.substring(0, split)));
    }

    private static JournalException changed(Path file, int line) {
        return new JournalException("the journal " + file + " is not as it was written: line " + line
                + " does not fit the chain. Keep the file as evidence and name another with --journal");
    }

    private static void setTornLineAside(Path file, FileChannel channel, byte[] bytes, Contents contents)
            throws IOException {
        int torn = bytes.length - Math.toIntExact(contents.length());
        if (torn == 0) {
            return;
        }
        byte[] rest = new byte[torn];
        System.arraycopy(bytes, bytes.length - torn, rest, 0, torn);
        Durable.append(file.resolveSibling(file.getFileName() + ".torn"), rest);
        channel.truncate(contents.length());
        channel.force(true);
    }

    private static void closeQuietly(@Nullable RandomAccessFile log) {
        if (log != null) {
            try {
                log.close();
            } catch (IOException e) {
                // Every line was forced to disk when it was written.
            }
        }
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
