package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ProxyFacts;
import dev.asrdoctor.inventory.Replication.Cloud;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** No bypass list sends Azure's traffic past the proxy (article step 12; docs/facts.md, "Proxy"). */
final class ProxyBypass extends AreaCheck<ProxyFacts> {
    ProxyBypass() {
        super(
                FactArea.PROXY,
                new About(
                        "proxy.bypass",
                        "No bypass list sends Azure past the proxy",
                        12,
                        List.of(FactArea.PROXY),
                        Profile.QUICK,
                        About.UPLOADING,
                        "Where a proxy is the only way out, an entry such as *.windows.net in a bypass list sends the uploads to a"
                                + " firewall that blocks them.",
                        "Take the entries out of the bypass list, unless the firewall lets this server out directly.",
                        List.of()));
    }

    @Override
    List<Finding> judge(ProxyFacts proxies, Context context) {
        Cloud cloud = context.server().role().cloudOrDefault();
        List<Finding> findings = new ArrayList<>();
        ProxyFacts.ProductProxy given = proxies.product();
        if (ProxyAddress.ofProduct(proxies).isPresent() && given != null) {
            add(findings, "product", given.bypass(), cloud);
        }
        if (proxies.system().enabled()) {
            add(findings, "local-system", proxies.system().bypass(), cloud);
        }
        if (!findings.isEmpty()) {
            return findings;
        }
        return ProxyAddress.inUse(proxies).isEmpty() && !proxies.system().enabled()
                ? skipped("no proxy is set")
                : pass(finding(""), "no bypass list names Azure");
    }

    private void add(List<Finding> findings, String place, @Nullable String list, Cloud cloud) {
        List<String> hiding = list == null
                ? List.of()
                : Stream.of(list.split("[;,]"))
                        .map(String::strip)
                        .filter(entry -> AzureUrls.hides(cloud, entry))
                        .toList();
        if (!hiding.isEmpty()) {
            findings.add(finding(place)
                    .evidence("entries", hiding)
                    .is(
                            Status.WARN,
                            Severity.MEDIUM,
                            "the bypass list of the "
                                    + (place.equals("product") ? "product's proxy" : "LocalSystem account's proxy")
                                    + " sends Azure past the proxy: " + String.join(", ", hiding),
                            about().fix()));
        }
    }
}
