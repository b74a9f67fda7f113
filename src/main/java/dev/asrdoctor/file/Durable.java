package dev.asrdoctor.file;

import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Files and folders that are there whole, and on disk, or not at all. A file is written beside its place, under a name
 * that nobody can guess, and then moved there. Where somebody named it, a link is followed to the file that it leads to, and
 * what is no file (a pipe, a device) is written into and never replaced; in the place of asrdoctor's own files neither is
 * taken. Every failure names the file that was asked for.
 */
public final class Durable {
    /**
     * Windows refuses to rename, replace or delete what anybody has open, such as a virus scanner that looks at what has
     * just been written.
     */
    private static final Duration PATIENCE = File.separatorChar == '\\' ? Duration.ofSeconds(3) : Duration.ZERO;

    private static final int BUFFER = 1 << 16;

    private Durable() {}

    /** What stands in a file; asked for once more where writing it was interrupted. */
    @FunctionalInterface
    public interface Text {
        void writeTo(Writer out) throws IOException;
    }

    /** Puts something into a file that is open. */
    @FunctionalInterface
    private interface Filling {
        void into(FileChannel channel) throws IOException;
    }

    /** Something that is done to files. */
    @FunctionalInterface
    interface Deed {
        void run() throws IOException;
    }

    /** On disk when this returns, in UTF-8; half a character pair becomes a question mark and stops nothing. */
    public static void write(Path file, CharSequence text, Access access) throws IOException {
        write(file, text.toString().getBytes(StandardCharsets.UTF_8), access);
    }

    /** On disk when this returns. */
    public static void write(Path file, byte[] bytes, Access access) throws IOException {
        write(file, access, channel -> fill(channel, bytes));
    }

    /** The same for what is made while it is written, so that nothing of it is kept in memory. */
    public static void write(Path file, Text text, Access access) throws IOException {
        write(file, access, channel -> {
            // The channel's own encoder would refuse half a character pair.
            Writer out = new BufferedWriter(
                    new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8), BUFFER);
            text.writeTo(out);
            out.flush();
        });
    }

    private static void write(Path file, Access access, Filling filling) throws IOException {
        try {
            Path target = access == Access.PRIVATE ? Places.own(file) : Places.target(file);
            if (Places.isStream(target)) {
                uninterrupted(() -> stream(target, filling));
            } else {
                uninterrupted(() -> replace(target, filling, access.of(target), true));
            }
        } catch (IOException e) {
            throw FileTrouble.of(file, e);
        }
    }

    /** Like {@link #write}, and refused where there is such a file. */
    public static void create(Path file, byte[] bytes, Access access) throws IOException {
        try {
            uninterrupted(() -> replace(file, channel -> fill(channel, bytes), access.of(null), false));
        } catch (IOException e) {
            throw FileTrouble.of(file, e);
        }
    }

    /** Makes an empty file for its owner alone where there is none, for whoever goes on to append to it. */
    public static void begin(Path file) throws IOException {
        try (FileChannel made = FileChannel.open(
                Places.target(file),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                Access.PRIVATE.of(null))) {
            made.force(true);
        } catch (FileAlreadyExistsException e) {
            // Then it is as whoever made it wants it.
        } catch (IOException e) {
            throw FileTrouble.of(file, e);
        }
    }

    /** At the end of a file of asrdoctor's own, which is never a link. */
    public static void append(Path file, byte[] bytes) throws IOException {
        Set<OpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
        try (FileChannel channel = FileChannel.open(file, options, Access.PRIVATE.of(null))) {
            fill(channel, bytes);
            channel.force(true);
        } catch (IOException e) {
            throw FileTrouble.of(file, e);
        }
    }

    /** With all folders above it; those that are made are their owner's alone. */
    public static void makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder, Access.privateFolder());
        } catch (FileAlreadyExistsException e) {
            throw new FileSystemException(e.getFile(), null, "it is a file and no folder");
        }
    }

    private static void stream(Path target, Filling filling) throws IOException {
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            filling.into(channel);
        }
    }

    private static void replace(Path target, Filling filling, FileAttribute<?>[] attributes, boolean overwrite)
            throws IOException {
        Path parent = parent(target);
        Path half = parent.resolve("." + UUID.randomUUID() + ".half");
        try (FileChannel channel = FileChannel.open(
                half,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                attributes)) {
            filling.into(channel);
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new FileSystemException(target.toString(), null, "there is no folder " + parent);
        } catch (IOException | RuntimeException e) {
            deleteQuietly(half);
            throw e;
        }
        try {
            if (overwrite) {
                move(half, target);
            } else {
                patiently(() -> Files.move(half, target), PATIENCE);
            }
        } catch (IOException e) {
            deleteQuietly(half);
            throw e;
        }
        syncFolder(parent);
    }

    private static void fill(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** An interrupt closes a channel in the middle; what was read has to be kept all the same, and the interrupt stands. */
    private static void uninterrupted(Deed deed) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            deed.run();
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            interrupted = true;
            deed.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Makes a folder that was filled under another name the one that counts; what was there before goes. */
    public static void publish(Path half, Path folder) throws IOException {
        for (Path file : files(half)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
        syncFolder(half);
        delete(folder);
        move(half, folder);
        syncFolder(parent(folder));
    }

    /** Nothing happens where there is no such folder. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                patiently(() -> Files.deleteIfExists(path), PATIENCE);
            }
        }
    }

    private static void deleteQuietly(Path half) {
        try {
            patiently(() -> Files.deleteIfExists(half), PATIENCE);
        } catch (IOException e) {
            // What stopped the writing is told.
        }
    }

    /** Does it again for so long while the file system refuses. */
    static void patiently(Deed deed, Duration patience) throws IOException {
        long began = System.nanoTime();
        for (long pause = 20; ; pause = Math.min(2 * pause, 500)) {
            try {
                deed.run();
                return;
            } catch (NoSuchFileException | FileAlreadyExistsException | AtomicMoveNotSupportedException e) {
                throw e;
            } catch (FileSystemException e) {
                if (System.nanoTime() - began >= patience.toNanos() || !slept(pause)) {
                    throw e;
                }
            }
        }
    }

    private static boolean slept(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(Files::isRegularFile).toList();
        }
    }

    /** In one step where the file system can; a file that was there before is replaced. */
    private static void move(Path from, Path to) throws IOException {
        try {
            patiently(() -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE), PATIENCE);
        } catch (AtomicMoveNotSupportedException e) {
            patiently(() -> Files.move(from, to, StandardCopyOption.REPLACE_EXISTING), PATIENCE);
        }
    }

    /** Windows cannot open a folder to force it, and needs none of that. */
    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // The names are then as durable as the file system makes them by itself.
        }
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }
}
