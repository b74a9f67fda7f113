package dev.asrdoctor.check;

import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ProxyFacts;
import dev.asrdoctor.product.CloudUrls;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** No bypass list sends Azure's traffic past the proxy (article step 12; docs/facts.md, "Proxy"). */
final class ProxyBypass extends AreaCheck<ProxyFacts> {
    private static final Pattern PRIVATE = Pattern.compile(
            "(?i)^(?:::ffff:)?(?:10\\.|192\\.168\\.|172\\.(?:1[6-9]|2\\d|3[01])\\.)|^f[cd][0-9a-f]{2}:");

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
        CloudUrls cloud = context.server()
                .deployment()
                .product()
                .urls(context.server().role().cloudOrDefault().id());
        List<Finding> findings = new ArrayList<>();
        ProxyFacts.ProductProxy given = proxies.product();
        if (ProxyAddress.ofProduct(proxies).isPresent() && given != null) {
            add(findings, "product", given.bypass(), cloud, proxies);
        }
        if (proxies.system().enabled()) {
            add(findings, "local-system", proxies.system().bypass(), cloud, proxies);
        }
        if (!findings.isEmpty()) {
            return findings;
        }
        return ProxyAddress.inUse(proxies).isEmpty() && !proxies.system().enabled()
                ? skipped("no proxy is set")
                : pass(finding(""), "no bypass list names Azure");
    }

    private void add(List<Finding> findings, String place, @Nullable String list, CloudUrls cloud, ProxyFacts proxies) {
        List<String> hiding = list == null
                ? List.of()
                : Stream.of(list.split("[;,]"))
                        .map(String::strip)
                        .filter(entry -> AzureUrls.hides(cloud, entry))
                        .filter(entry -> !leadsToPrivateEndpoint(entry, proxies))
                        .toList();
        if (hiding.isEmpty()) {
            return;
        }
        List<ConnectionFacts> past = hiding.stream()
                .flatMap(entry -> past(entry, proxies).stream())
                .distinct()
                .toList();
        boolean answered = !past.isEmpty() && past.stream().allMatch(ConnectionFacts::connected);
        findings.add(finding(place)
                .evidence("entries", hiding)
                .evidence(
                        "unanswered",
                        past.isEmpty()
                                ? null
                                : past.stream()
                                        .filter(host -> !host.connected())
                                        .map(ConnectionFacts::target)
                                        .toList())
                .is(
                        Status.WARN,
                        answered ? Severity.LOW : Severity.MEDIUM,
                        "the bypass list of the "
                                + (place.equals("product") ? "product's proxy" : "LocalSystem account's proxy")
                                + " sends Azure past the proxy: " + String.join(", ", hiding)
                                + (answered ? "; what is known of it here answers directly" : ""),
                        about().fix()));
    }

    /** Hosts that an entry names, as they answered when they were tried without the proxy. */
    private static List<ConnectionFacts> past(String entry, ProxyFacts proxies) {
        return proxies.bypassed() == null
                ? List.of()
                : proxies.bypassed().stream()
                        .filter(host -> AzureUrls.covers(entry, host.host()))
                        .toList();
    }

    /** With private endpoints a bypass is what makes them work (docs/facts.md, "URLs"). */
    private static boolean leadsToPrivateEndpoint(String entry, ProxyFacts proxies) {
        List<ConnectionFacts> past = past(entry, proxies);
        return !past.isEmpty() && past.stream().allMatch(host -> host.connected() && isPrivate(host.address()));
    }

    private static boolean isPrivate(@Nullable String address) {
        return address != null && PRIVATE.matcher(address).find();
    }
}
