package dev.asrdoctor.inventory;

import dev.asrdoctor.config.Table;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.inventory.Connection.Authentication;
import dev.asrdoctor.inventory.Connection.Transport;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Products;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what may stand in {@code settings} and, with an address, in a server. */
final class SettingsReader {
    static final Map<String, Deployment> DEPLOYMENTS = Products.shipped().words();
    static final Map<String, Transport> TRANSPORTS = Stream.of(
                    Transport.HTTPS, Transport.HTTP, Transport.WINRM4J, Transport.WINRM4J_HTTP, Transport.LOCAL)
            .collect(Collectors.toMap(Transport::word, t -> t, (a, b) -> a, LinkedHashMap::new));
    static final Map<String, List<Authentication>> AUTHENTICATIONS = authentications();
    private static final Map<String, String> SPNS = same("host", "HTTP", "WSMAN");
    private static final Map<String, String> TLS_VERSIONS = same("TLSv1.2", "TLSv1.3");

    static final Map<String, Replication.Cloud> CLOUDS = Stream.of(Replication.Cloud.values())
            .collect(Collectors.toMap(Replication.Cloud::id, c -> c, (a, b) -> a, LinkedHashMap::new));

    private static final Pattern SIZE = Pattern.compile("(?i)(\\d{1,6}(?:\\.\\d{1,3})?)\\s*(MB|GB|TB)");
    private static final Pattern ADDRESS = Pattern.compile("[\\p{L}\\p{N}._:%-]{1,253}");
    private static final Pattern HOST_AND_PORT = Pattern.compile("[^:]+:\\d+");
    private static final Pattern REALM = Pattern.compile("[A-Za-z0-9._-]{1,253}");
    private static final Pattern HOST_MAYBE_PORT = Pattern.compile("[\\p{L}\\p{N}._-]{1,253}(?::(\\d{1,5}))?");
    private static final Pattern PROXY = Pattern.compile("([\\p{L}\\p{N}._-]{1,253}):(\\d{1,5})");
    private static final Pattern URL_PATH = Pattern.compile("/[!-~]*");

    private final Path folder;

    /** @param folder relative paths are read from here */
    SettingsReader(Path folder) {
        this.folder = folder;
    }

    Settings read(Table table) {
        Optional<Value> credential = table.get("credential");
        List<Authentication> authentications =
                table.get("authentication").map(SettingsReader::authentications).orElse(List.of());
        Settings settings = new Settings(
                null,
                table.get("port").flatMap(v -> v.integer(1, 65535)).orElse(null),
                table.get("deployment").flatMap(v -> v.oneOf(DEPLOYMENTS)).orElse(null),
                table.get("site").flatMap(Value::text).orElse(null),
                role(table),
                tags(table),
                table.get("transport").flatMap(v -> v.oneOf(TRANSPORTS)).orElse(null),
                authentications.isEmpty() ? null : authentications.getFirst(),
                table.get("allowBasicOverHttp").flatMap(Value::bool).orElse(null),
                table.get("path").flatMap(this::urlPath).orElse(null),
                table.get("tls").flatMap(Value::table).map(this::tls).orElse(null),
                credential.flatMap(Value::text).orElse(null),
                credential.orElse(null),
                access(table, authentications));
        return settings;
    }

    Settings readServer(Table table) {
        Settings s = read(table);
        @Nullable String address = table.get("address").flatMap(SettingsReader::address).orElse(null);
        return new Settings(
                address,
                s.port(),
                s.deployment(),
                s.site(),
                s.role(),
                s.tags(),
                s.transport(),
                s.authentication(),
                s.allowBasicOverHttp(),
                s.path(),
                s.tls(),
                s.credential(),
                s.credentialAt(),
                s.access());
    }

    private static Map<String, List<Authentication>> authentications() {
        Map<String, List<Authentication>> words = new LinkedHashMap<>();
        words.put("ntlm", List.of(Authentication.NTLM));
        words.put("kerberos", List.of(Authentication.KERBEROS));
        words.put("negotiate", List.of(Authentication.KERBEROS, Authentication.NTLM));
        words.put("certificate", List.of(Authentication.CERTIFICATE));
        words.put("basic", List.of(Authentication.BASIC));
        return words;
    }

    /** One scheme, or several in the order in which they may be tried. */
    private static List<Authentication> authentications(Value value) {
        List<Value> values = value.isList() ? value.list() : List.of(value);
        List<Authentication> all = new ArrayList<>();
        if (values.isEmpty()) {
            value.wrong("name at least one of " + String.join(", ", AUTHENTICATIONS.keySet()));
        }
        for (Value each : values) {
            for (Authentication scheme : each.oneOf(AUTHENTICATIONS).orElse(List.of())) {
                if (all.contains(scheme)) {
                    each.wrong("'" + scheme.name().toLowerCase(Locale.ROOT) + "' stands there twice");
                } else if (!all.isEmpty() && judgedLate(all.getLast())) {
                    each.wrong("nothing can follow '" + all.getLast().name().toLowerCase(Locale.ROOT)
                            + "', because a server judges it only with the first script");
                } else {
                    all.add(scheme);
                }
            }
        }
        return all;
    }

    private static boolean judgedLate(Authentication scheme) {
        return scheme == Authentication.BASIC || scheme == Authentication.CERTIFICATE;
    }

    private static AccessSettings access(Table table, List<Authentication> authentications) {
        Optional<Table> kerberos = table.get("kerberos").flatMap(Value::table);
        @Nullable String proxy = table.get("proxy").flatMap(SettingsReader::proxy).orElse(null);
        AccessSettings access = new AccessSettings(
                authentications.stream().skip(1).toList(),
                kerberos.flatMap(t -> t.get("realm"))
                        .flatMap(SettingsReader::realm)
                        .orElse(null),
                kerberos.flatMap(t -> t.get("kdc")).map(SettingsReader::kdcs).orElse(List.of()),
                kerberos.flatMap(t -> t.get("spn")).flatMap(v -> v.oneOf(SPNS)).orElse(null),
                kerberos.flatMap(t -> t.get("serviceHost"))
                        .flatMap(SettingsReader::address)
                        .orElse(null),
                proxy);
        kerberos.ifPresent(Table::rejectUnknown);
        return access;
    }

    private static Optional<String> realm(Value value) {
        return value.text().filter(text -> {
            boolean fits = REALM.matcher(text).matches();
            if (!fits) {
                value.wrong("'" + text + "' is not a realm such as CONTOSO.LOCAL");
            }
            return fits;
        });
    }

    private static List<String> kdcs(Value value) {
        List<String> kdcs = new ArrayList<>();
        for (Value each : value.list()) {
            each.text().ifPresent(text -> {
                Matcher matcher = HOST_MAYBE_PORT.matcher(text);
                if (matcher.matches() && (matcher.group(1) == null || isPort(matcher.group(1)))) {
                    kdcs.add(text);
                } else {
                    each.wrong("'" + text + "' is not a host or host:port");
                }
            });
        }
        return kdcs;
    }

    private static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= 65535;
    }

    private static Optional<String> proxy(Value value) {
        return value.text().filter(text -> {
            Matcher matcher = PROXY.matcher(text);
            boolean fits = text.equals(AccessSettings.DIRECTLY) || (matcher.matches() && isPort(matcher.group(2)));
            if (!fits) {
                value.wrong(
                        "a proxy is written host:port, without http:// and without a password; 'none' goes directly");
            }
            return fits;
        });
    }

    private static Map<String, String> same(String... words) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String word : words) {
            map.put(word, word);
        }
        return map;
    }

    static Optional<String> address(Value value) {
        return value.text().filter(text -> {
            whyNotAddress(text).ifPresent(value::wrong);
            return whyNotAddress(text).isEmpty();
        });
    }

    static Optional<String> whyNotAddress(String text) {
        if (HOST_AND_PORT.matcher(text).matches()) {
            return Optional.of("'" + text + "' ends in a port; the port is given on its own");
        }
        return ADDRESS.matcher(text).matches()
                ? Optional.empty()
                : Optional.of("'" + text + "' is not a host name or an IP address");
    }

    private static Replication role(Table table) {
        return new Replication(
                table.get("processServer").flatMap(Value::text).orElse(null),
                table.get("dataPort").flatMap(v -> v.integer(1, 65535)).orElse(null),
                table.get("dataAddress").flatMap(SettingsReader::address).orElse(null),
                table.get("machines").flatMap(v -> v.integer(0, 100_000)).orElse(null),
                table.get("churn").flatMap(SettingsReader::size).orElse(null),
                table.get("cloud").flatMap(v -> v.oneOf(CLOUDS)).orElse(null));
    }

    private static Optional<Long> size(Value value) {
        Optional<Long> size = value.text().flatMap(SettingsReader::bytes);
        if (size.isEmpty()) {
            value.wrong("expected a size such as 800GB or 1.5TB");
        }
        return size;
    }

    static Optional<Long> bytes(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = switch (matcher.group(2).toUpperCase(Locale.ROOT)) {
            case "MB" -> 1L << 20;
            case "GB" -> 1L << 30;
            default -> 1L << 40;
        };
        return Optional.of((long) (Double.parseDouble(matcher.group(1)) * unit));
    }

    private static Map<String, String> tags(Table table) {
        Map<String, String> tags = new LinkedHashMap<>();
        table.get("tags")
                .flatMap(Value::table)
                .map(Table::entries)
                .orElse(List.of())
                .forEach(tag -> tag.value().text().ifPresent(text -> tags.put(tag.name(), text)));
        return tags;
    }

    private Optional<String> urlPath(Value value) {
        return value.text().filter(text -> {
            whyNotUrlPath(text).ifPresent(value::wrong);
            return whyNotUrlPath(text).isEmpty();
        });
    }

    static Optional<String> whyNotUrlPath(String text) {
        return URL_PATH.matcher(text).matches()
                ? Optional.empty()
                : Optional.of("a path starts with / and has no blanks");
    }

    private TlsSettings tls(Table table) {
        List<String> fingerprints = new ArrayList<>();
        for (Value value : table.get("fingerprints").map(Value::list).orElse(List.of())) {
            value.text().flatMap(text -> fingerprint(value, text)).ifPresent(fingerprints::add);
        }
        TlsSettings tls = new TlsSettings(
                fingerprints,
                table.get("caFile").flatMap(this::path).orElse(null),
                table.get("verify").flatMap(Value::bool).orElse(true),
                table.get("minVersion").flatMap(v -> v.oneOf(TLS_VERSIONS)).orElse(TlsSettings.UNSAID));
        table.rejectUnknown();
        return tls;
    }

    private static Optional<String> fingerprint(Value value, String text) {
        String hex = text.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT).replaceFirst("^sha-?256=?", "");
        if (hex.matches("[0-9a-f]{64}")) {
            return Optional.of(hex);
        }
        value.wrong(
                hex.matches("[0-9a-f]{40}")
                        ? "this is a SHA-1 thumbprint; give the SHA-256 fingerprint (64 hex digits)"
                        : "a fingerprint is the certificate's SHA-256 in 64 hex digits");
        return Optional.empty();
    }

    Optional<Path> path(Value value) {
        return value.text().flatMap(text -> {
            try {
                return Optional.of(folder.resolve(text).normalize());
            } catch (InvalidPathException e) {
                value.wrong("'" + text + "' is not a path");
                return Optional.empty();
            }
        });
    }
}
