package dev.asrdoctor.product;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a server has to reach over HTTPS in one Azure (docs/facts.md, "URLs").
 *
 * @param hosts that can be tried as they are; of the names in one list one that answers is enough
 * @param patterns such as {@code *.example.test}, of which only names that a server was given can be tried
 */
public record CloudUrls(List<List<String>> hosts, List<String> patterns) {
    static final CloudUrls NONE = new CloudUrls(List.of(), List.of());

    public CloudUrls {
        hosts = hosts.stream().map(List::copyOf).toList();
        patterns = List.copyOf(patterns);
    }

    public Stream<String> names() {
        return hosts.stream().flatMap(List::stream);
    }
}
