package dev.asrdoctor.check;

import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FirewallFacts;
import dev.asrdoctor.product.CloudUrls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Azure's URLs, sorted by how their tries came out; what is in none of the last three answered as it should.
 *
 * @param tried each URL once, without those that another one stands in for
 * @param failed by the word for how they failed, in the order of the tries
 * @param opened with a certificate of an issuer that does not belong there
 * @param untrusted with a certificate of the right issuer that the server does not accept
 */
record UrlTries(
        List<ConnectionFacts> tried,
        Map<String, List<ConnectionFacts>> failed,
        List<ConnectionFacts> opened,
        List<ConnectionFacts> untrusted) {
    /** The word for what the proxy itself kept from getting through. */
    static final String PROXY = "proxy";

    static UrlTries of(FirewallFacts firewall, CloudUrls needed, Set<String> ownIssuers) {
        List<ConnectionFacts> tried = AzureUrls.judged(needed, firewall.urls());
        Map<String, List<ConnectionFacts>> failed = new LinkedHashMap<>();
        List<ConnectionFacts> opened = new ArrayList<>();
        List<ConnectionFacts> untrusted = new ArrayList<>();
        for (ConnectionFacts url : tried) {
            boolean proxyDead = firewall.proxy() != null && !url.connected();
            String word = proxyDead ? PROXY : Reach.word(url);
            if (!word.equals("ok")) {
                failed.computeIfAbsent(word, key -> new ArrayList<>()).add(url);
            } else if (url.tls() != null && !AzureIssuers.know(url.tls(), ownIssuers)) {
                opened.add(url);
            } else if (url.tls() != null && !(url.tls().trusted() && url.tls().namesHost())) {
                untrusted.add(url);
            }
        }
        return new UrlTries(tried, failed, opened, untrusted);
    }

    List<String> hosts() {
        return tried.stream().map(ConnectionFacts::host).distinct().toList();
    }

    boolean allFailed() {
        return failed.values().stream().mapToInt(List::size).sum() == tried.size();
    }
}
