package dev.asrdoctor.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** Tells whether a file that holds a secret is private to its owner. */
final class SecretFiles {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private SecretFiles() {}

    /** Nothing when only its owner (on Windows also administrators and the system) can read it; else why, and the mend. */
    static Optional<String> whyNotPrivate(Path file) {
        try {
            PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (posix != null) {
                boolean open = posix.readAttributes().permissions().stream().anyMatch(OTHERS::contains);
                return open ? Optional.of("others can read it: run chmod 600 " + file) : Optional.empty();
            }
            AclFileAttributeView acl = Files.getFileAttributeView(file, AclFileAttributeView.class);
            if (acl == null) {
                return Optional.of("this system cannot tell who can read it");
            }
            String owner = acl.getOwner().getName();
            for (AclEntry entry : acl.getAcl()) {
                String who = entry.principal().getName();
                boolean reads = entry.type() == AclEntryType.ALLOW
                        && entry.permissions().contains(AclEntryPermission.READ_DATA);
                if (reads && !who.equals(owner) && !isAdministrative(who)) {
                    return Optional.of(who + " can read it: run icacls \"" + file + "\" /inheritance:r /grant:r \""
                            + owner + ":F\"");
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("who can read it cannot be told: " + e.getMessage());
        }
    }

    /** Both names are translated on localised Windows; an unknown translation counts as somebody else, which is safe. */
    private static boolean isAdministrative(String principal) {
        return principal.endsWith("\\SYSTEM")
                || principal.endsWith("\\Administrators")
                || principal.endsWith("\\Administrateurs")
                || principal.endsWith("\\Administratoren")
                || principal.endsWith("\\Syst\u00e8me");
    }
}
