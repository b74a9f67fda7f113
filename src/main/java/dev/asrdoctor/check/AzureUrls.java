package dev.asrdoctor.check;

import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.product.CloudUrls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a process server has to reach over HTTPS in each Azure (docs/facts.md, "URLs"). */
public final class AzureUrls {
    private static final int HTTPS = 443;

    private AzureUrls() {}

    /** Host and port of each URL that is tried from every server, beside those that a server itself names. */
    public static Map<String, Integer> tried(CloudUrls cloud, Set<String> more) {
        Map<String, Integer> targets = new LinkedHashMap<>();
        cloud.names().forEach(host -> targets.put(host, HTTPS));
        for (String named : more) {
            String text = named.strip().replaceFirst("^https?://", "").replaceFirst("/.*$", "");
            int colon = text.lastIndexOf(':');
            boolean withPort = colon > 0 && text.substring(colon + 1).matches("\\d{1,5}");
            targets.put(
                    withPort ? text.substring(0, colon) : text,
                    withPort ? Integer.parseInt(text.substring(colon + 1)) : HTTPS);
        }
        return targets;
    }

    /** Each once, without those names that another one stands in for: the one that answered, or the first. */
    static List<ConnectionFacts> judged(CloudUrls cloud, List<ConnectionFacts> urls) {
        Map<String, ConnectionFacts> judged = new LinkedHashMap<>();
        urls.forEach(url -> judged.putIfAbsent(url.target(), url));
        for (List<String> names : cloud.hosts()) {
            List<ConnectionFacts> same = judged.values().stream()
                    .filter(url -> url.port() == HTTPS && names.contains(url.host()))
                    .toList();
            same.stream()
                    .filter(url -> Reach.word(url).equals("ok"))
                    .findFirst()
                    .or(() -> same.stream().findFirst())
                    .ifPresent(chosen -> same.stream()
                            .filter(url -> !url.target().equals(chosen.target()))
                            .forEach(url -> judged.remove(url.target())));
        }
        return List.copyOf(judged.values());
    }

    /** Patterns of which no host was tried. */
    static List<String> untried(CloudUrls cloud, List<String> hosts) {
        return cloud.patterns().stream()
                .filter(pattern -> hosts.stream().noneMatch(host -> host.endsWith(pattern.substring(1))))
                .toList();
    }

    /** Whether an entry of a bypass list, such as {@code *.windows.net}, hides something that Azure needs. */
    static boolean hides(CloudUrls cloud, String entry) {
        String text = entry.strip().replaceFirst("^https?://", "");
        if (text.isEmpty() || text.equalsIgnoreCase("<local>")) {
            return false;
        }
        String suffix = text.startsWith("*") ? text.substring(1) : text;
        return text.equals("*")
                || cloud.names().anyMatch(host -> covers(text, suffix, host))
                || cloud.patterns().stream()
                        .anyMatch(pattern -> covers(text, suffix, "x" + pattern.substring(1))
                                || suffix.endsWith(pattern.substring(1)));
    }

    /** Whether an entry of a bypass list names a host. */
    static boolean covers(String entry, String host) {
        String text = entry.strip().replaceFirst("^https?://", "");
        return text.equals("*") || covers(text, text.startsWith("*") ? text.substring(1) : text, host);
    }

    private static boolean covers(String entry, String suffix, String host) {
        boolean wild = entry.startsWith("*") || entry.startsWith(".");
        return wild ? host.endsWith(suffix) : host.equalsIgnoreCase(entry);
    }
}
