package dev.asrdoctor.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which versions of TLS Windows and .NET Framework offer (docs/facts.md, "TLS settings"). A value that is absent, and so
 * leaves the default, is null.
 *
 * @param dotNet of .NET Framework 4, once for programs of 64 and once for those of 32 bits
 * @param release of .NET Framework: 393295 is 4.6
 */
public record CryptoFacts(
        List<Protocol> protocols,
        List<DotNet> dotNet,
        @Nullable Long release) {

    /**
     * @param version such as {@code TLS 1.2}
     * @param side {@code Client} or {@code Server}
     */
    public record Protocol(
            String version,
            String side,
            @Nullable Long enabled,
            @Nullable Long disabledByDefault) {
        public boolean is(String otherVersion, String otherSide) {
            return version.equals(otherVersion) && side.equals(otherSide);
        }

        /** Whether no program may use it. */
        public boolean off() {
            return enabled != null && enabled == 0;
        }

        /** Whether only programs that ask for it by name use it. */
        public boolean onlyByName() {
            return disabledByDefault != null && disabledByDefault != 0;
        }
    }

    /** @param bits {@code 64} or {@code 32} */
    public record DotNet(
            String bits,
            @Nullable Long strongCrypto,
            @Nullable Long systemDefaults) {}
}
