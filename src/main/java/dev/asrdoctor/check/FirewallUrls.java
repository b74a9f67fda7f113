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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Azure's URLs answer over TLS, and nobody opens it on the way (article step 11; docs/facts.md, "URLs"). */
final class FirewallUrls extends AreaCheck<FirewallFacts> {
    public static final Setting<Set<String>> OWN_ISSUERS =
            Setting.names("firewall", "trustedIssuers", "issuers of certificates that may stand in front of Azure");

    private static final double KB = 1024;
    private static final List<String> ISSUERS = List.of("microsoft", "digicert", "baltimore", "globalsign");

    private static final Pattern ORGANISATION = Pattern.compile("(?:^|, )o=\"?([^=]*?)\"?(?:, [a-z]+=|$)");
    private static final Pattern OPENS_TLS = Pattern.compile("inspect|intercept|forefront|proxy|firewall");

    FirewallUrls() {
        super(
                FactArea.FIREWALL,
                new About(
                        "firewall.urls",
                        "Azure's URLs can be reached",
                        11,
                        List.of(FactArea.FIREWALL, FactArea.PROXY, FactArea.UPLOAD),
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
        CloudUrls needed = context.server().product().urls(cloud.id());
        List<ConnectionFacts> tried = AzureUrls.judged(needed, firewall.urls());
        List<String> hosts =
                tried.stream().map(ConnectionFacts::host).distinct().toList();
        List<String> untried = AzureUrls.untried(needed, hosts);
        Map<String, List<ConnectionFacts>> failed = new LinkedHashMap<>();
        List<ConnectionFacts> opened = new ArrayList<>();
        List<ConnectionFacts> untrusted = new ArrayList<>();
        for (ConnectionFacts url : tried) {
            boolean proxyDead = firewall.proxy() != null && !url.connected();
            String word = proxyDead ? "proxy" : Reach.word(url);
            if (!word.equals("ok")) {
                failed.computeIfAbsent(word, key -> new ArrayList<>()).add(url);
            } else if (url.tls() != null && !knownIssuer(url.tls(), context.get(OWN_ISSUERS))) {
                opened.add(url);
            } else if (url.tls() != null && !(url.tls().trusted() && url.tls().namesHost())) {
                untrusted.add(url);
            }
        }
        if (firewall.urls().isEmpty()) {
            return List.of(finding("")
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "no URL of Azure was tried",
                            "These facts were read without a list of URLs; check the server again."));
        }
        List<Finding> findings = new ArrayList<>();
        boolean none = failed.values().stream().mapToInt(List::size).sum() == tried.size();
        Optional<String> otherWay = failed.isEmpty() ? Optional.empty() : otherWay(firewall, none, context);
        failed.forEach((word, urls) -> findings.add(finding(word)
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
                .evidence("tried", tried.size())
                .evidence("all", none)
                .evidence("cloud", cloud.id())
                .is(
                        otherWay.isPresent() ? Status.UNKNOWN : Status.FAIL,
                        otherWay.isPresent() ? Severity.MEDIUM : none ? Severity.CRITICAL : Severity.HIGH,
                        (urls.size() == 1 ? urls.getFirst().host() : urls.size() + " URLs of Azure")
                                + " cannot be reached"
                                + (firewall.proxy() == null ? "" : " through " + firewall.proxy()) + ": "
                                + (word.equals("proxy") && !urls.getFirst().connected() ? "of the proxy, " : "")
                                + Reach.words(urls.getFirst())
                                + otherWay.map(way -> "; " + way).orElse(""),
                        otherWay.isPresent()
                                ? "Look at upload.moving and mars.log for whether it gets through; the URLs have to be allowed on"
                                        + " the proxy that it uses."
                                : about().fix())));
        if (!opened.isEmpty()) {
            findings.add(certificate("inspection", opened)
                    .is(
                            Status.FAIL,
                            Severity.HIGH,
                            "something on the way opens TLS: the certificate of "
                                    + opened.getFirst().host() + " is issued by " + issuer(opened.getFirst()),
                            "Take Azure's URLs out of TLS inspection. If the issuer is right for you, name it under"
                                    + " firewall.trustedIssuers in the policy."));
        }
        if (!untrusted.isEmpty()) {
            findings.add(certificate("certificate", untrusted)
                    .is(
                            Status.FAIL,
                            Severity.HIGH,
                            "the certificate of " + untrusted.getFirst().host() + " is issued by "
                                    + issuer(untrusted.getFirst()) + ", but this server does not accept it",
                            "Look at the clock first (time.offset), then whether the root certificates are up to date and"
                                    + " the addresses of certificate revocation lists (port 80) can be reached."));
        }
        return findings.isEmpty()
                ? pass(
                        finding("")
                                .evidence("hosts", hosts)
                                .evidence("untried", untried)
                                .evidence("proxy", firewall.proxy())
                                .evidence("proxyOf", firewall.proxyOf())
                                .evidence("cloud", cloud.id()),
                        hosts.size() + " URLs of Azure answer"
                                + (untried.isEmpty()
                                        ? ""
                                        : "; of " + String.join(", ", untried) + " no host is known here"))
                : findings;
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

    /** Devices that open TLS like to be called after the maker of what they protect, so its name counts as organisation only. */
    static boolean knownIssuer(ConnectionFacts.@Nullable Tls tls, Set<String> own) {
        String issuer = tls == null || tls.issuer() == null ? "" : tls.issuer().toLowerCase(Locale.ROOT);
        if (own.stream().anyMatch(name -> issuer.contains(name.toLowerCase(Locale.ROOT)))) {
            return true;
        }
        Matcher organisation = ORGANISATION.matcher(issuer);
        String name = organisation.find() ? organisation.group(1) : issuer;
        return !OPENS_TLS.matcher(issuer).find() && ISSUERS.stream().anyMatch(name::contains);
    }
}
