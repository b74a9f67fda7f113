package dev.asrdoctor.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every place where a proxy can be set for the services of a server; null where the place does not exist.
 *
 * @param settings the product's own key, written with a provider
 * @param setup the record of set-up, where a stand-alone process server keeps it
 * @param winHttp WinHttpSettings, Base64
 * @param system what services have that were given no proxy of their own
 * @param answers connections to each proxy
 * @param bypassed connections past the proxy, to those hosts of Azure that a bypass list names; null where none were tried
 */
public record ProxyFacts(
        @Nullable ProductProxy settings,
        @Nullable ProductProxy setup,
        @Nullable MarsProxy mars,
        @Nullable String marsError,
        @Nullable String winHttp,
        SystemProxy system,
        List<ConnectionFacts> answers,
        @Nullable List<ConnectionFacts> bypassed) {

    /**
     * What the product itself was given, which may be no proxy: its own key decides where it says anything, else the record
     * of set-up does. Null where there is neither (docs/facts.md, "Proxy").
     */
    public @Nullable ProductProxy product() {
        boolean says = settings != null && (settings.address() != null || settings.bypassed());
        return says || setup == null ? settings : setup;
    }

    /** @param off {@code True} when the proxy is bypassed altogether */
    public record ProductProxy(
            @Nullable String address,
            @Nullable String port,
            @Nullable String user,
            @Nullable String bypass,
            @Nullable String off) {
        /** Whether no proxy is used, whatever address stands there. */
        public boolean bypassed() {
            return "True".equalsIgnoreCase(off);
        }
    }

    /**
     * The MARS agent's proxy.
     *
     * @param user whose password it was given; null where it has none, or none that could be read
     */
    public record MarsProxy(
            boolean enabled,
            @Nullable String address,
            @Nullable String port,
            @Nullable String user) {}

    /**
     * WinINET's default proxy.
     *
     * @param from {@code account} (LocalSystem's), or {@code machine} where a policy makes it the same for all
     */
    public record SystemProxy(
            boolean enabled,
            @Nullable String server,
            @Nullable String bypass,
            @Nullable String script,
            @Nullable String from) {}
}
