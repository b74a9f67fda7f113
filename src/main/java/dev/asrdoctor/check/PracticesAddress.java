package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ProductFacts;
import dev.asrdoctor.facts.SystemFacts;
import dev.asrdoctor.product.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A static IPv4 address and no NAT (article, best practices; docs/facts.md, "Best practices"). */
final class PracticesAddress extends AreaCheck<SystemFacts> {
    PracticesAddress() {
        super(
                FactArea.SYSTEM,
                new About(
                        "practices.address",
                        "A static IPv4 address, without NAT",
                        0,
                        List.of(FactArea.SYSTEM, FactArea.PRODUCT),
                        Profile.FULL,
                        About.PROCESS_SERVERS,
                        "Source machines and the configuration server know the process server by the address that it"
                                + " registered. When DHCP changes it, or NAT hides it, replication of every machine stops.",
                        "Give the adapter a static IPv4 address, and let source machines reach it without address translation."
                                + " After a change of address, register the process server again.",
                        List.of()));
    }

    /** Null where they were not read. */
    private static @Nullable List<String> resolvers(SystemFacts system) {
        List<String> all = system.adapters().stream()
                .map(SystemFacts.Adapter::resolvers)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .distinct()
                .toList();
        return all.isEmpty() ? null : all;
    }

    @Override
    List<Finding> judge(SystemFacts system, Context context) {
        List<Finding> findings = new ArrayList<>();
        List<String> local = system.adapters().stream()
                .flatMap(adapter -> adapter.addresses().stream())
                .filter(address -> !address.contains(":"))
                .toList();
        if (!context.server().deployment().is(Trait.IN_AZURE)) {
            system.adapters().stream()
                    .filter(SystemFacts.Adapter::dhcp)
                    .map(this::lent)
                    .forEach(findings::add);
        }
        ProductFacts product = context.read(FactArea.PRODUCT);
        String registered = product == null ? null : product.ownAddress();
        if (registered != null && registered.matches("[\\d.]+") && !local.isEmpty() && !local.contains(registered)) {
            findings.add(finding("nat")
                    .evidence("registered", registered)
                    .evidence("local", local)
                    .evidence("resolvers", resolvers(system))
                    .is(
                            Status.FAIL,
                            Severity.HIGH,
                            "it is registered as " + registered + ", which none of its adapters has",
                            "Either its address changed after set-up, then register the process server again with the address it"
                                    + " has; or NAT stands in front of it, which is not supported."));
        }
        if (product == null || (registered == null && product.ownCsAddress() == null && product.serverRoot() != null)) {
            findings.add(finding("registration")
                    .evidence("local", local)
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "the address that it is registered with could not be read",
                            "Let the account read etc\\amethyst.conf in the product's folder home\\svsystems: its line PS_IP has"
                                    + " to be an address of this server."));
        }
        if (local.isEmpty()) {
            findings.add(
                    finding("ipv4").is(Status.FAIL, Severity.HIGH, "no adapter has an IPv4 address", about().fix()));
        }
        return findings.isEmpty()
                ? pass(
                        finding("")
                                .evidence("addresses", local)
                                .evidence("registered", registered)
                                .evidence("resolvers", resolvers(system)),
                        "static IPv4 " + String.join(", ", local))
                : findings;
    }

    private Finding lent(SystemFacts.Adapter adapter) {
        return finding(adapter.name())
                .evidence("adapter", adapter.name())
                .evidence("addresses", adapter.addresses())
                .evidence("dhcp", true)
                .is(
                        Status.WARN,
                        Severity.MEDIUM,
                        "the address of " + adapter.name() + " comes from DHCP",
                        about().fix());
    }
}
