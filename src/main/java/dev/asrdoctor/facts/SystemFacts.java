package dev.asrdoctor.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a machine is used for, how it is addressed and how large it is.
 *
 * @param cores logical processors
 * @param domainRole Win32_ComputerSystem.DomainRole; 4 and 5 are domain controllers
 * @param features ids of installed server roles and features (Win32_ServerFeature), null where Windows cannot tell
 * @param fips whether only FIPS algorithms are allowed
 * @param otherProducts installed services of other heavy products, of those that were asked for
 * @param hosts entries of the hosts file, fifty at most; null where it was not read
 * @param windowsRoot the Windows folder, such as {@code C:\Windows}; null where it was not read
 */
public record SystemFacts(
        long cores,
        long memoryBytes,
        long domainRole,
        @Nullable List<Long> features,
        boolean fips,
        List<String> otherProducts,
        List<Adapter> adapters,
        List<Volume> volumes,
        @Nullable String windowsRoot,
        @Nullable List<HostsEntry> hosts) {

    /** A line of the hosts file, which goes before DNS. */
    public record HostsEntry(String name, String address) {}

    /**
     * A network adapter that has IP.
     *
     * @param resolvers its DNS servers, in their order; null where an older version has saved these facts
     */
    public record Adapter(
            String name,
            boolean dhcp,
            List<String> addresses,
            List<String> gateways,
            @Nullable List<String> resolvers) {}

    /** @param name a drive such as {@code E:\} or the path of a mounted folder */
    public record Volume(
            String name, long capacityBytes, @Nullable Long freeBytes) {}
}
