package dev.asrdoctor.file;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may see a file. Windows hands on what the folder allows, so there it is for the folder to say. */
public enum Access {
    /** Its owner alone, always: what asrdoctor keeps for itself. */
    PRIVATE,
    /** Its owner alone until the owner lets others see it, which then stays so: what somebody named. */
    PRIVATE_AT_FIRST,
    /** Whoever the process lets see its files. */
    USUAL;

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    /** @param replaced the file whose place is taken, null where there is none */
    FileAttribute<?>[] of(@Nullable Path replaced) {
        if (!POSIX) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> known = replaced == null || this == PRIVATE ? null : own(replaced);
        if (known == null && this == USUAL) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(known == null ? OWNER : known)};
    }

    static FileAttribute<?>[] privateFolder() {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Null where there is no such file, or another's: what that one allows is nothing to go by. */
    private static @Nullable Set<PosixFilePermission> own(Path file) {
        try {
            PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
            return attributes.owner().getName().equals(System.getProperty("user.name"))
                    ? attributes.permissions()
                    : null;
        } catch (IOException e) {
            return null;
        }
    }
}
