package dev.asrdoctor.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every place where a proxy can be set for the services of a server; null where the place does not exist.
 *
 * @param settings the product's own key, written with a provider
 * @param setup the record of set-up, where a stand-alone process server keeps it
 * @param winHttp WinHttpSettings, Base64
 * @param answers connections to each proxy
 */
public record ProxyFacts(
        @Nullable ProductProxy settings,
        @Nullable ProductProxy setup,
        @Nullable MarsProxy mars,
        @Nullable String marsError,
        @Nullable String winHttp,
        SystemProxy system,
        List<ConnectionFacts> answers) {

    /** @param off {@code True} when the proxy is bypassed altogether */
    public record ProductProxy(
            @Nullable String address,
            @Nullable String port,
            @Nullable String user,
            @Nullable String bypass,
            @Nullable String off) {}

    /** The MARS agent's proxy. */
    public record MarsProxy(
            boolean enabled,
            @Nullable String address,
            @Nullable String port) {}

    /** The proxy of the LocalSystem account. */
    public record SystemProxy(
            boolean enabled,
            @Nullable String server,
            @Nullable String bypass,
            @Nullable String script) {}
}
