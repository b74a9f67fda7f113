package dev.asrdoctor.change;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files and folders that are there whole, and on disk, or not at all. */
public final class Durable {
    /**
     * Windows refuses to rename, replace or delete what anybody has open, such as a virus scanner that looks at what has
     * just been written.
     */
    private static final Duration PATIENCE = File.separatorChar == '\\' ? Duration.ofSeconds(3) : Duration.ZERO;

    private Durable() {}

    /** Something that is done to files. */
    @FunctionalInterface
    interface Deed {
        void run() throws IOException;
    }

    /** On disk when this returns. */
    public static void write(Path file, String text) throws IOException {
        Path parent = parent(file);
        Files.createDirectories(parent);
        Path half = parent.resolve("." + file.getFileName() + ".half");
        try {
            try (FileChannel channel = FileChannel.open(
                    half, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            move(half, file);
            syncFolder(parent);
        } finally {
            patiently(() -> Files.deleteIfExists(half), PATIENCE);
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
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                patiently(() -> Files.deleteIfExists(path), PATIENCE);
            }
        }
    }

    /** Does it again for so long while the file system refuses. */
    static void patiently(Deed deed, Duration patience) throws IOException {
        long began = System.nanoTime();
        for (long pause = 20; ; pause = Math.min(2 * pause, 500)) {
            try {
                deed.run();
                return;
            } catch (NoSuchFileException | AtomicMoveNotSupportedException e) {
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
    public static void move(Path from, Path to) throws IOException {
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
