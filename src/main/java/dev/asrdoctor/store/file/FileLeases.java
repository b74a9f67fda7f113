package dev.asrdoctor.store.file;

import dev.asrdoctor.file.Durable;
import dev.asrdoctor.file.FileTrouble;
import dev.asrdoctor.store.Leases;
import dev.asrdoctor.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Leases as locks of files in a folder; the system frees them when the process ends, however it ends. */
public final class FileLeases implements Leases {
    /** Those of this process: on Linux its lock is lost as soon as it closes any other channel of the same file. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;

    public FileLeases(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<Lease> take(String what) throws StoreException {
        Path file = folder.resolve("." + what.toLowerCase(Locale.ROOT) + ".lock")
                .toAbsolutePath()
                .normalize();
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        Held lease = null;
        try {
            Durable.makeFolder(folder);
            lease = acquire(file);
            return Optional.ofNullable(lease);
        } catch (IOException e) {
            throw new StoreException("the lease " + file + " cannot be taken: " + FileTrouble.reason(e));
        } finally {
            if (lease == null) {
                HELD.remove(file);
            }
        }
    }

    private record Held(Path file, FileChannel channel) implements Lease {
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

    /** Null where another process holds it. */
    private static @Nullable Held acquire(Path file) throws IOException {
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
        return locked ? new Held(file, channel) : null;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
