package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.SystemFacts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;

/** What the hosts file says of names that the product uses; it goes before DNS. */
final class HostsFile {
    private HostsFile() {}

    /** The same finding, with what the hosts file says of the hosts that it is about. */
    static Finding named(Finding finding, AreaCheck.Context context) {
        if (!(finding.evidence().get("hosts") instanceof List<?> hosts)) {
            return finding;
        }
        List<String> entries = hosts.stream()
                .map(host -> StringUtils.substringBefore(host.toString(), ":"))
                .distinct()
                .flatMap(host -> Stream.ofNullable(entry(context, host)).map(address -> address + " " + host))
                .toList();
        if (entries.isEmpty()) {
            return finding;
        }
        Map<String, Object> evidence = new LinkedHashMap<>(finding.evidence());
        evidence.put("hostsEntries", entries);
        return new Finding(
                finding.check(),
                finding.step(),
                finding.subject(),
                finding.status(),
                finding.severity(),
                finding.title(),
                Collections.unmodifiableMap(evidence),
                finding.nextAction());
    }

    /** The address that it gives a name; null where it has no entry or was not read. */
    static @Nullable String entry(AreaCheck.Context context, String name) {
        SystemFacts system = context.read(FactArea.SYSTEM);
        return system == null || system.hosts() == null
                ? null
                : system.hosts().stream()
                        .filter(entry -> entry.name().equalsIgnoreCase(name))
                        .map(SystemFacts.HostsEntry::address)
                        .findFirst()
                        .orElse(null);
    }
}
