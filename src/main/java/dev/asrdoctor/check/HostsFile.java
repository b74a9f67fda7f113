package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.SystemFacts;
import org.jspecify.annotations.Nullable;

/** What the hosts file says of names that the product uses; it goes before DNS. */
final class HostsFile {
    private HostsFile() {}

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
