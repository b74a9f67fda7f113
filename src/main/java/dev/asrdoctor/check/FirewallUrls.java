package dev.asrdoctor.check;

import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.FirewallFacts;
import dev.asrdoctor.facts.ProxyFacts;
import dev.asrdoctor.facts.UploadFacts;
import dev.asrdoctor.inventory.Replication.Cloud;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.product.CloudUrls;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Azure's URLs answer over TLS, and nobody opens it on the way (article step 11; docs/facts.md, "URLs"). */
final class FirewallUrls extends AreaCheck<FirewallFacts> {
    public static final Setting<Set<String>> OWN_ISSUERS =
            Setting.names("firewall", "trustedIssuers", "issuers of certificates that may stand in front of Azure");

    private static final double KB = 1024;

    FirewallUrls() {
        super(
                FactArea.FIREWALL,
                new About(
                        "firewall.urls",
                        "Azure's URLs can be reached",
                        11,
                        List.of(FactArea.FIREWALL, FactArea.PROXY, FactArea.UPLOAD, FactArea.SYSTEM),
                        Profile.FULL,
                        About.UPLOADING,
                        "A process server needs TCP 443 to Azure's URLs for identity, management and the storage account, directly or"
                                + " through its proxy. A device that inspects TLS breaks the certificates that its agents expect.",
                        "Allow the URLs in the firewalls and in the proxy on the way, without TLS inspection. How each one fails tells"
                                + " where: a name is DNS, a time-out is a firewall that swallows, a refusal one that rejects, a proxy's"
                                + " answer is the proxy's rule.",
                        List.of(ReadLimits.MORE_URLS, OWN_ISSUERS)));
    }

    @Override
    List<Finding> judge(FirewallFacts firewall, Context context) {
        Cloud cloud = context.server().role().cloudOrDefault();
        if (firewall.proxyError() != null) {
            return List.of(finding("proxy-unread")
                    .evidence("error", firewall.proxyError())
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "whether the product uses a proxy could not be read, so what was tried without one proves nothing",
                            "Let the account read HKLM\\SOFTWARE\\Microsoft\\Azure Site Recovery\\ProxySettings and"
                                    + " HKLM\\SOFTWARE\\WOW6432Node\\InMage Systems\\Installed Products\\9, then check"
                                    + " again."));
        }
        if (firewall.urls().isEmpty()) {
            return List.of(finding("")
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "no URL of Azure was tried",
                            "These facts were read without a list of URLs; check the server again."));
        }
        CloudUrls needed = context.server().product().urls(cloud.id());
        UrlTries tries = UrlTries.of(firewall, needed, context.get(OWN_ISSUERS));
        List<Finding> findings = new ArrayList<>();
        Optional<String> otherWay =
                tries.failed().isEmpty() ? Optional.empty() : otherWay(firewall, tries.allFailed(), context);
        tries.failed().forEach((word, urls) -> findings.add(unreached(word, urls, tries, firewall, otherWay, cloud)));
        if (!tries.opened().isEmpty()) {
            findings.add(opened(tries.opened()));
        }
        if (!tries.untrusted().isEmpty()) {
            findings.add(untrusted(tries.untrusted()));
        }
        return findings.isEmpty()
                ? answered(firewall, tries.hosts(), needed, cloud)
                : findings.stream()
                        .map(finding -> HostsFile.named(finding, context))
                        .toList();
    }

    private Finding unreached(
            String word,
            List<ConnectionFacts> urls,
            UrlTries tries,
            FirewallFacts firewall,
            Optional<String> otherWay,
            Cloud cloud) {
        ConnectionFacts first = urls.getFirst();
        boolean known = otherWay.isEmpty();
        return finding(word)
                .evidence("hosts", urls.stream().map(ConnectionFacts::target).toList())
                .evidence("result", word)
                .evidence(
                        "codes",
                        urls.stream().map(ConnectionFacts::code).distinct().toList())
                .evidence("proxy", firewall.proxy())
                .evidence("proxyOf", firewall.proxyOf())
                .evidence("script", firewall.script())
                .evidence(
                        "proxyStatus",
                        urls.stream()
                                .map(ConnectionFacts::proxyStatus)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(null))
                .evidence("tried", tries.tried().size())
                .evidence("all", tries.allFailed())
                .evidence("cloud", cloud.id())
                .is(
                        known ? Status.FAIL : Status.UNKNOWN,
                        !known ? Severity.MEDIUM : tries.allFailed() ? Severity.CRITICAL : Severity.HIGH,
                        (urls.size() == 1 ? first.host() : urls.size() + " URLs of Azure")
                                + " cannot be reached"
                                + (firewall.proxy() == null ? "" : " through " + firewall.proxy()) + ": "
                                + (word.equals(UrlTries.PROXY) && !first.connected() ? "of the proxy, " : "")
                                + Reach.words(first)
                                + otherWay.map(way -> "; " + way).orElse(""),
                        known
                                ? about().fix()
                                : "Look at upload.moving and mars.log for whether it gets through; the URLs have to be allowed on"
                                        + " the proxy that it uses.");
    }

    private Finding opened(List<ConnectionFacts> urls) {
        return certificate("inspection", urls)
                .is(
                        Status.FAIL,
                        Severity.HIGH,
                        "something on the way opens TLS: the certificate of "
                                + urls.getFirst().host() + " is issued by " + issuer(urls.getFirst()),
                        "Take Azure's URLs out of TLS inspection. If the issuer is right for you, name it under"
                                + " firewall.trustedIssuers in the policy.");
    }

    private Finding untrusted(List<ConnectionFacts> urls) {
        return certificate("certificate", urls)
                .is(
                        Status.FAIL,
                        Severity.HIGH,
                        "the certificate of " + urls.getFirst().host() + " is issued by " + issuer(urls.getFirst())
                                + ", but this server does not accept it",
                        "Look at the clock first (time.offset), then whether the root certificates are up to date and"
                                + " the addresses of certificate revocation lists (port 80) can be reached.");
    }

    private List<Finding> answered(FirewallFacts firewall, List<String> hosts, CloudUrls needed, Cloud cloud) {
        List<String> untried = AzureUrls.untried(needed, hosts);
        return pass(
                finding("")
                        .evidence("hosts", hosts)
                        .evidence("untried", untried)
                        .evidence("proxy", firewall.proxy())
                        .evidence("proxyOf", firewall.proxyOf())
                        .evidence("cloud", cloud.id()),
                hosts.size() + " URLs of Azure answer"
                        + (untried.isEmpty() ? "" : "; of " + String.join(", ", untried) + " no host is known here"));
    }

    /** Why what was tried may not be the way that the services take; nothing where nothing tells of another. */
    private static Optional<String> otherWay(FirewallFacts firewall, boolean none, Context context) {
        ProxyFacts proxies = context.read(FactArea.PROXY);
        boolean product = firewall.proxy() != null
                && (firewall.proxyOf() == null || firewall.proxyOf().equals("product"));
        boolean mars = proxies != null && ProxyAddress.ofMars(proxies).isPresent();
        if (firewall.script() != null && !product && !mars) {
            return Optional.of(
                    "a proxy script decides the way (" + firewall.script() + "), which is not followed here");
        }
        UploadFacts upload = context.read(FactArea.UPLOAD);
        double rate = upload == null || upload.processes().isEmpty() ? 0 : upload.bytesPerSecond() / KB;
        return none && !product && rate >= context.get(UploadMoving.LEAST_UPLOAD)
                ? Optional.of("yet " + Math.round(rate) + " KB a second are sent, by a way that is not known here")
                : Optional.empty();
    }

    private FindingBuilder certificate(String subject, List<ConnectionFacts> urls) {
        ConnectionFacts.Tls tls = urls.getFirst().tls();
        return finding(subject)
                .evidence("hosts", urls.stream().map(ConnectionFacts::host).toList())
                .evidence("issuer", tls == null ? null : tls.issuer())
                .evidence("subject", tls == null ? null : tls.subject())
                .evidence("trusted", tls == null ? null : (Boolean) tls.trusted());
    }

    private static String issuer(ConnectionFacts url) {
        return url.tls() == null || url.tls().issuer() == null
                ? "nobody"
                : url.tls().issuer();
    }
}
