package dev.asrdoctor.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's own firewall, and whether Azure answers (docs/facts.md, "Firewall", "URLs").
 *
 * @param rules active rules that block outbound traffic, in the firewall's own notation
 * @param unread keys that could not be read, each with the error; null in facts of a version that did not tell
 * @param proxy host and port through which the URLs were tried that were not answered directly, null for none
 * @param proxyOf whose it is: {@code product}, {@code machine} (the default of those that have none) or {@code mars}
 * @param proxyError why it is not known which proxy the product uses, so that the URLs were tried without one; else null
 * @param script the proxy script of the machine, which may lead elsewhere; null for none
 */
public record FirewallFacts(
        List<FirewallProfile> profiles,
        List<String> rules,
        @Nullable List<String> unread,
        @Nullable String proxy,
        @Nullable String proxyOf,
        @Nullable String proxyError,
        @Nullable String script,
        List<ConnectionFacts> urls) {

    /**
     * @param name {@code DomainProfile}, {@code StandardProfile} or {@code PrivateProfile} (both the private one),
     *     or {@code PublicProfile}
     * @param from {@code policy}, which wins, or {@code local}
     * @param enabled 1 on, 0 off, null not set here
     * @param outbound 1 blocks by default, 0 allows, null not set here
     */
    public record FirewallProfile(
            String name,
            String from,
            @Nullable Long enabled,
            @Nullable Long outbound) {}
}
