package dev.asrdoctor.check;

import dev.asrdoctor.facts.ProxyFacts;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A proxy in one form, however it was written: {@code http://host:port/}, {@code host:port}, or host and port apart
 * (docs/facts.md, "Proxy").
 */
record ProxyAddress(String scheme, String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(?:(?<scheme>[a-z]+)://)?(?<host>\\[[0-9a-f:]+\\]|[^:/]+)(?::(?<port>\\d{1,5}))?/?.*");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Nothing where no proxy is written. */
    static Optional<ProxyAddress> of(@Nullable String address, @Nullable String port) {
        if (address == null || address.isBlank()) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(address.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String scheme = matcher.group("scheme") == null ? "http" : matcher.group("scheme");
        int number = matcher.group("port") == null
                ? scheme.equals("https") ? HTTPS : HTTP
                : Integer.parseInt(matcher.group("port"));
        if (port != null && port.strip().matches("\\d{1,5}") && !port.strip().equals("0")) {
            number = Integer.parseInt(port.strip());
        }
        return Optional.of(new ProxyAddress(scheme, matcher.group("host"), number));
    }

    static Optional<ProxyAddress> ofProduct(ProxyFacts facts) {
        ProxyFacts.ProductProxy given = facts.product();
        return given == null || given.bypassed() ? Optional.empty() : of(given.address(), given.port());
    }

    static Optional<ProxyAddress> ofMars(ProxyFacts facts) {
        ProxyFacts.MarsProxy mars = facts.mars();
        return mars == null || !mars.enabled() ? Optional.empty() : of(mars.address(), mars.port());
    }

    /** What the machine has for those who were given none: WinINET's default, else WinHTTP's. */
    static Optional<ProxyAddress> ofMachine(ProxyFacts facts) {
        Optional<ProxyAddress> winInet =
                facts.system().enabled() ? forHttps(facts.system().server()) : Optional.empty();
        return winInet.or(() -> forHttps(WinHttpProxy.text(facts.winHttp())));
    }

    /** Of a list such as {@code http=a:1;https=b:2}. */
    private static Optional<ProxyAddress> forHttps(@Nullable String list) {
        return list == null
                ? Optional.empty()
                : Stream.of(list.split("[;\\s]+"))
                        .filter(entry -> !entry.contains("=")
                                || entry.toLowerCase(Locale.ROOT).startsWith("https="))
                        .map(entry -> entry.substring(entry.indexOf('=') + 1))
                        .flatMap(entry -> of(entry, null).stream())
                        .findFirst();
    }

    /** What uploads go through. */
    static Optional<ProxyAddress> inUse(ProxyFacts facts) {
        return ofMars(facts).or(() -> ofProduct(facts)).or(() -> ofMachine(facts));
    }

    /** Whether a script decides the way, which nothing here follows: neither side has a proxy of its own. */
    static boolean byScript(ProxyFacts facts) {
        return facts.system().script() != null
                && ofMars(facts).isEmpty()
                && ofProduct(facts).isEmpty();
    }

    boolean sameAs(ProxyAddress other) {
        return host.equals(other.host) && port == other.port && scheme.equals(other.scheme);
    }

    String text() {
        return host + ":" + port;
    }
}
