package dev.asrdoctor.store.file;

import dev.asrdoctor.facts.SafeJson;
import dev.asrdoctor.file.Durable;
import dev.asrdoctor.file.FileTrouble;
import dev.asrdoctor.store.Attempt;
import dev.asrdoctor.store.Journal;
import dev.asrdoctor.store.JournalEntry;
import dev.asrdoctor.store.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An append-only file of JSON lines. Each line carries the SHA-256 of the line before and of itself, and is on disk when
 * {@link #append} returns; so what was meant is known even when the controller dies the moment after, and nobody changes
 * a line unnoticed. One writer at a time.
 */
public final class FileJournal implements Journal {
    /** Far behind the last line, because Windows lets nobody read what is locked. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /**
     * Those of this process, by where they stand: on Linux its lock is lost as soon as it closes any other handle of the same
     * file, so while one is written nobody here opens another.
     */
    private static final Map<Path, RandomAccessFile> WRITTEN = new HashMap<>();

    private static final ReentrantLock OPENING = new ReentrantLock();

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

    private FileJournal(Path file, String by, RandomAccessFile log, JournalDisk disk, JournalChain.Contents contents) {
        this.file = file;
        this.by = by;
        this.log = log;
        this.disk = disk;
        this.previous = contents.lastHash();
        this.openIntents = contents.openIntents();
        this.attempts = contents.attempts();
    }

    /**
     * Opens the journal for writing and checks the whole chain. A last line that was not written whole (the controller
     * died in the middle) is kept beside the journal and taken off it.
     *
     * @param by who writes from now on, as user at machine
     * @throws StoreException when another asrdoctor is writing it, it was changed, or the disk refuses
     */
    public static FileJournal open(Path file, String by) throws StoreException {
        return open(file, by, JournalDisk::of);
    }

    /** @param disk how what is written gets onto it */
    static FileJournal open(Path file, String by, Function<RandomAccessFile, JournalDisk> disk) throws StoreException {
        RandomAccessFile log = null;
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Durable.makeFolder(folder);
            }
            Durable.begin(file);
            log = handle(file);
            FileChannel channel = log == null ? null : log.getChannel();
            if (log == null || channel == null || tryLock(channel) == null) {
                throw new StoreException("the journal " + file + " is being written by another asrdoctor");
            }
            byte[] bytes = readAll(channel);
            JournalChain.Contents contents = JournalChain.check(file, bytes);
            setTornLineAside(file, channel, bytes, contents);
            log.seek(contents.length());
            return new FileJournal(file, by, log, disk.apply(log), contents);
        } catch (IOException e) {
            closeQuietly(log);
            throw new StoreException("the journal " + file + " cannot be opened: " + FileTrouble.reason(e));
        } catch (StoreException e) {
            closeQuietly(log);
            throw e;
        }
    }

    /** Null where this process writes it already. */
    private static @Nullable RandomAccessFile handle(Path file) throws IOException {
        Path place = place(file);
        OPENING.lock();
        try {
            if (WRITTEN.containsKey(place)) {
                return null;
            }
            RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw");
            WRITTEN.put(place, log);
            return log;
        } finally {
            OPENING.unlock();
        }
    }

    /** Found without a handle of the file. */
    private static Path place(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        OPENING.lock();
        try {
            RandomAccessFile written = WRITTEN.get(place(file));
            return written == null ? Files.readAllBytes(file) : readAll(written.getChannel());
        } finally {
            OPENING.unlock();
        }
    }

    /** @throws StoreException naming the first line that is not as it was written */
    static JournalChain.Contents read(Path file) throws StoreException {
        try {
            return JournalChain.check(file, bytes(file));
        } catch (IOException e) {
            throw new StoreException("the journal " + file + " cannot be read: " + FileTrouble.reason(e)
                    + "; until this account can read it nobody knows what was done before");
        }
    }

    @Override
    public List<String> openIntents() {
        return openIntents;
    }

    /** Whoever writes it asks here: on Linux closing a second handle of the file would give the lock away. */
    @Override
    public List<Attempt> attempts() {
        return attempts;
    }

    @Override
    public void append(JournalEntry entry) throws StoreException {
        lock.lock();
        try {
            ObjectNode json = JournalJson.of(entry).put("by", by).put("previous", previous);
            String body = SafeJson.of(json.toString());
            JournalChain.Sealed sealed = JournalChain.seal(body);
            disk.write(sealed.line());
            disk.sync();
            previous = sealed.hash();
        } catch (IOException e) {
            String why = closed ? "it is closed" : FileTrouble.reason(e);
            // What is half written must stay the last thing in the file.
            close();
            StoreException failure = new StoreException("the journal " + file + " cannot be written: " + why);
            broken = broken == null ? failure.getMessage() : broken;
            throw failure;
        } finally {
            lock.unlock();
        }
    }

    @Override
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

    private static void setTornLineAside(Path file, FileChannel channel, byte[] bytes, JournalChain.Contents contents)
            throws IOException {
        int torn = bytes.length - contents.length();
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
        if (log == null) {
            return;
        }
        OPENING.lock();
        try {
            log.close();
        } catch (IOException e) {
            // Every line was forced to disk when it was written.
        } finally {
            WRITTEN.values().remove(log);
            OPENING.unlock();
        }
    }
}
