package dev.asrdoctor.remoting.gss;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Java reads one Kerberos configuration for the whole process. Realms whose domain controllers an inventory names are put
 * before the system's own configuration in a file of this process, which only ever grows, so that several realms live side
 * by side.
 */
final class KerberosRealms {
    private static final String PROPERTY = "java.security.krb5.conf";
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Map<String, List<String>> KDCS = new LinkedHashMap<>();
    private static @Nullable Path folder;

    private KerberosRealms() {}

    /** Makes a realm's domain controllers known. True when Java has to read the configuration again. */
    static boolean know(@Nullable String realm, List<String> kdcs) {
        if (realm == null || kdcs.isEmpty()) {
            return false;
        }
        LOCK.lock();
        try {
            List<String> known = KDCS.computeIfAbsent(realm, name -> new ArrayList<>());
            List<String> fresh =
                    kdcs.stream().filter(kdc -> !known.contains(kdc)).toList();
            if (fresh.isEmpty()) {
                return false;
            }
            known.addAll(0, fresh);
            write();
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            LOCK.unlock();
        }
    }

    private static void write() throws IOException {
        Path target = folder;
        if (target == null) {
            target = Files.createTempDirectory("asrdoctor-krb5-");
            Path main = target.resolve("krb5.conf");
            Path realms = target.resolve("realms.conf");
            for (Path each : List.of(target, main, realms)) {
                each.toFile().deleteOnExit();
            }
            folder = target;
            Files.writeString(main, main(realms, systemFile()));
            Files.writeString(realms, realms());
            System.setProperty(PROPERTY, main.toString());
        } else {
            Files.writeString(target.resolve("realms.conf"), realms());
        }
    }

    /** Java takes the first value that it reads, and reads inclusions at the start of a file only. */
    private static String main(Path realms, @Nullable Path system) {
        return "include " + realms + "\n"
                + (system == null ? "" : "include " + system + "\n")
                // Tickets of Windows outgrow UDP.
                + "[libdefaults]\nudp_preference_limit = 1\nkdc_timeout = 5000\nmax_retries = 2\n";
    }

    private static String realms() {
        StringBuilder text = new StringBuilder("[realms]\n");
        KDCS.forEach((realm, kdcs) -> {
            text.append(realm).append(" = {\n");
            kdcs.forEach(kdc -> text.append("kdc = ").append(kdc).append('\n'));
            text.append("}\n");
        });
        return text.toString();
    }

    private static @Nullable Path systemFile() {
        return Stream.of(
                        System.getProperty(PROPERTY),
                        System.getenv("KRB5_CONFIG"),
                        System.getProperty("java.home") + "/conf/security/krb5.conf",
                        System.getenv("SystemRoot") == null ? null : System.getenv("SystemRoot") + "\\krb5.ini",
                        "/etc/krb5.conf")
                .filter(name -> name != null && !name.isEmpty())
                .map(name -> Path.of(name).toAbsolutePath())
                .filter(Files::isReadable)
                .findFirst()
                .orElse(null);
    }
}
