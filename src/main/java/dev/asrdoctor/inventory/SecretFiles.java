package dev.asrdoctor.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells whether a file that holds a secret is private to its owner. */
final class SecretFiles {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private static final Set<String> ADMINISTRATIVE = Set.of(
            "system",
            "syst\u00e8me",
            "sistema",
            "\u0441\u0438\u0441\u0442\u0435\u043c\u0430",
            "administrators",
            "administrateurs",
            "administratoren",
            "administradores",
            "administratorzy",
            "administrat\u00f6rer",
            "administratorer",
            "j\u00e4rjestelm\u00e4nvalvojat",
            "rendszergazd\u00e1k",
            "\u0430\u0434\u043c\u0438\u043d\u0438\u0441\u0442\u0440\u0430\u0442\u043e\u0440\u044b");

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
            Set<String> readers = acl.getAcl().stream()
                    .filter(entry -> entry.type() == AclEntryType.ALLOW
                            && entry.permissions().contains(AclEntryPermission.READ_DATA))
                    .map(entry -> entry.principal().getName())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            return whyNotPrivate(file, readers, acl.getOwner().getName(), runningAccount(file));
        } catch (IOException e) {
            return Optional.of("who can read it cannot be told: " + e.getMessage());
        }
    }

    /**
     * @param readers who may read it
     * @param owner who is Windows' group of administrators where an elevated one of them has made it
     * @param own the account that asks
     */
    static Optional<String> whyNotPrivate(Path file, Set<String> readers, String owner, String own) {
        return readers.stream()
                .filter(who -> !who.equals(owner) && !who.equalsIgnoreCase(own) && !isAdministrative(who))
                .findFirst()
                .map(who ->
                        who + " can read it: run icacls \"" + file + "\" /inheritance:r /grant:r \"" + own + ":F\"");
    }

    /** For example {@code CONTOSO\svc-asr}; without the domain where the system cannot tell it. */
    private static String runningAccount(Path file) {
        String name = System.getProperty("user.name", "");
        try {
            return file.getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(name)
                    .getName();
        } catch (IOException | UnsupportedOperationException e) {
            return name;
        }
    }

    /** Both names are translated on localised Windows; an unknown translation counts as somebody else, which is safe. */
    private static boolean isAdministrative(String principal) {
        return ADMINISTRATIVE.contains(
                principal.substring(principal.lastIndexOf('\\') + 1).toLowerCase(Locale.ROOT));
    }
}
