package dev.asrdoctor.file;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where files are to be written. */
public final class Places {
    private static final Pattern WINDOWS_DEVICE = Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)");

    private Places() {}

    /**
     * Why a file cannot be written, as far as it can be told before: better said then than after every server has been
     * asked. Nothing where nothing is known against it.
     */
    public static Optional<String> whyNot(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            return Optional.of("there is no folder " + folder);
        }
        try {
            Path target = target(file);
            if (isStream(target)) {
                // Opening a pipe for a look would take its reader's end away.
                return Optional.empty();
            }
            if (Files.exists(target)) {
                FileChannel.open(target, StandardOpenOption.WRITE).close();
            }
            Path beside = target.toAbsolutePath().getParent();
            return beside == null || Files.isWritable(beside)
                    ? Optional.empty()
                    : Optional.of(file + ": no file can be made in the folder " + beside
                            + ", and it is written whole beside its place first");
        } catch (IOException e) {
            return Optional.of(FileTrouble.words(FileTrouble.of(file, e)));
        }
    }

    /** What tells two names of one place apart from two places. */
    public static Path place(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        try {
            return target(absolute).toRealPath();
        } catch (IOException e) {
            try {
                Path parent = absolute.getParent();
                return parent == null ? absolute : parent.toRealPath().resolve(String.valueOf(absolute.getFileName()));
            } catch (IOException noFolder) {
                return absolute;
            }
        }
    }

    /** Whether several may write there without one taking another's place. */
    public static boolean isShared(Path file) {
        return isStream(file);
    }

    /** A file of asrdoctor's own, where nobody else has put anything but a file. */
    static Path own(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(
                    file.toString(), null, Files.isSymbolicLink(file) ? "a link is in its place" : "it is no file");
        }
        return file;
    }

    /** Where a name that somebody gave leads to. */
    static Path target(Path file) throws IOException {
        if (!Files.isSymbolicLink(file)) {
            return file;
        }
        if (!Files.exists(file)) {
            throw new FileSystemException(file.toString(), null, "it is a link that leads to nothing");
        }
        if (isStream(file)) {
            return file;
        }
        // The system knows links that are not to be followed, such as another user's in /tmp.
        FileChannel.open(file, StandardOpenOption.WRITE).close();
        return file.toRealPath();
    }

    /** A pipe or a device, also by the names under which the system hands on what is open. */
    static boolean isStream(Path target) {
        if (File.separatorChar == '\\') {
            return WINDOWS_DEVICE
                    .matcher(String.valueOf(target.getFileName()).toLowerCase(Locale.ROOT))
                    .matches();
        }
        Path absolute = target.toAbsolutePath().normalize();
        return (Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target))
                || (Files.exists(target)
                        && (absolute.startsWith("/dev/fd")
                                || absolute.startsWith("/proc")
                                || absolute.equals(Path.of("/dev/stdout"))
                                || absolute.equals(Path.of("/dev/stderr"))));
    }
}
