package dev.asrdoctor.diagnosis;

import dev.asrdoctor.inventory.Server;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What servers may have in common, the more telling first; a cause on many servers mostly lies in one of these. */
final class Attributes {
    static final String PROXY = "proxy";
    static final String CONFIGURATION_SERVER = "configuration-server";
    static final String PROCESS_SERVER = "process-server";
    static final String SITE = "site";
    static final String SUBNET = "subnet";

    static final String RESOLVER = "resolver";
    static final String TIME_SOURCE = "time-source";

    /** What people have put together for reasons of their own: what its servers share explains no part of a cause by itself. */
    static final Set<String> GROUPING = Set.of("group", "credential");

    /** Those that every server may have; tags of the inventory come beside them, as {@code tag:NAME}. */
    static final Set<String> NAMES = Set.of(
            PROXY,
            RESOLVER,
            TIME_SOURCE,
            CONFIGURATION_SERVER,
            PROCESS_SERVER,
            SITE,
            SUBNET,
            "update",
            "version",
            "booted",
            "credential",
            "group");

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private Attributes() {}

    static Map<String, Set<String>> of(Patient patient, @Nullable Instant bootedAt) {
        Map<String, Set<String>> all = new LinkedHashMap<>();
        Server server = patient.server().said();
        for (String place : new String[] {"mars", "product", "machine"}) {
            String proxy = patient.evidence("proxy.same", place);
            if (proxy != null && !proxy.equals("none") && !proxy.equals("unknown")) {
                add(all, PROXY, proxy);
            }
        }
        patient.evidences("practices.address", "resolvers").forEach(resolver -> add(all, RESOLVER, resolver));
        patient.evidences("time.source", "sources").forEach(source -> add(all, TIME_SOURCE, source));
        add(all, CONFIGURATION_SERVER, host(patient.evidence("heartbeat.connection", "configurationServer")));
        add(all, PROCESS_SERVER, server.role().processServer());
        add(all, SITE, server.site());
        subnets(patient).forEach(subnet -> add(all, SUBNET, subnet));
        patient.evidences("machine.changes", "updates").forEach(update -> add(all, "update", update));
        add(all, "version", patient.evidence("deployment", "version"));
        server.tags().forEach((tag, value) -> add(all, "tag:" + tag, value));
        add(
                all,
                "booted",
                bootedAt == null ? null : bootedAt.truncatedTo(ChronoUnit.HOURS).toString());
        add(all, "credential", server.connection().credential());
        server.groups().forEach(group -> add(all, "group", group));
        return all;
    }

    /** The host of {@code host:port}. */
    static @Nullable String host(@Nullable String target) {
        int colon = target == null ? -1 : target.lastIndexOf(':');
        return target == null ? null : colon < 0 ? target : target.substring(0, colon);
    }

    /** By the address that the inventory says; where that is a name, by those that the server has. */
    private static List<String> subnets(Patient patient) {
        String said = patient.server().said().address();
        return IPV4.matcher(said).matches()
                ? Stream.of(said)
                        .map(Attributes::subnet)
                        .filter(Objects::nonNull)
                        .toList()
                : Stream.of("addresses", "local")
                        .flatMap(name -> patient.evidences("practices.address", name).stream())
                        .map(Attributes::subnet)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
    }

    private static @Nullable String subnet(String address) {
        if (!IPV4.matcher(address).matches() || address.startsWith("127.")) {
            return null;
        }
        return address.substring(0, address.lastIndexOf('.')) + ".0/24";
    }

    private static void add(Map<String, Set<String>> all, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            all.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(value.toLowerCase(Locale.ROOT));
        }
    }
}
