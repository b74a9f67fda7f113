package dev.asrdoctor.check;

import dev.asrdoctor.facts.CryptoFacts;
import dev.asrdoctor.facts.CryptoFacts.DotNet;
import dev.asrdoctor.facts.CryptoFacts.Protocol;
import dev.asrdoctor.facts.FactArea;
import java.util.List;
import java.util.function.Predicate;

/** Programs on the server offer Azure TLS 1.2 (article step 11; docs/facts.md, "TLS settings"). */
final class TlsSettings extends AreaCheck<CryptoFacts> {
    private static final String TLS_1_2 = "TLS 1.2";
    private static final String CLIENT = "Client";
    /** .NET Framework 4.6. */
    private static final long STRONG_BY_ITSELF = 393_295;

    TlsSettings() {
        super(
                FactArea.CRYPTO,
                new About(
                        "tls.settings",
                        "The server offers TLS 1.2",
                        11,
                        List.of(FactArea.CRYPTO),
                        Profile.FULL,
                        About.PROCESS_SERVERS,
                        "Azure speaks TLS 1.2 and newer alone. This tool's own connections ask for it by name; the MARS agent and the"
                                + " product take what Windows and .NET Framework were told, so an URL may answer here and not to them.",
                        "Set Enabled = 1 and DisabledByDefault = 0 (DWORD) under"
                                + " HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client, or take"
                                + " both away; SchUseStrongCrypto = 1 and SystemDefaultTlsVersions = 1 under"
                                + " HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319 and the same below WOW6432Node; .NET Framework 4.6"
                                + " or newer. Then restart the server, or for .NET alone obengine.",
                        List.of()));
    }

    @Override
    List<Finding> judge(CryptoFacts crypto, Context context) {
        FindingBuilder finding = finding("")
                .evidence("off", names(crypto, Protocol::off))
                .evidence("onlyByName", names(crypto, Protocol::onlyByName))
                .evidence("strongCrypto", dotNet(crypto))
                .evidence("dotNetRelease", crypto.release());
        if (client(crypto, TLS_1_2, Protocol::off)) {
            return List.of(finding.is(
                    Status.FAIL,
                    Severity.HIGH,
                    "Windows lets no program here use TLS 1.2 as a client, which Azure demands",
                    about().fix()));
        }
        if (client(crypto, TLS_1_2, Protocol::onlyByName)) {
            return List.of(finding.is(
                    Status.WARN,
                    Severity.MEDIUM,
                    "programs here use TLS 1.2 only where they ask for it by name",
                    about().fix()));
        }
        boolean without10 = client(crypto, "TLS 1.0", protocol -> protocol.off() || protocol.onlyByName());
        List<String> weak = crypto.dotNet().stream()
                .filter(settings -> weak(settings, without10))
                .map(settings -> settings.bits() + " bits")
                .toList();
        boolean old = crypto.release() != null && crypto.release() < STRONG_BY_ITSELF;
        if (!weak.isEmpty() || (without10 && old)) {
            return List.of(finding.is(
                    Status.WARN,
                    crypto.dotNet().stream().anyMatch(TlsSettings::told) ? Severity.MEDIUM : Severity.LOW,
                    weak.isEmpty()
                            ? "TLS 1.0 is switched off, and .NET Framework is older than 4.6, which may know nothing newer"
                            : without10
                                    ? "TLS 1.0 is switched off, and .NET Framework was not told to use strong cryptography ("
                                            + String.join(", ", weak) + "): older programs find no version in common"
                                    : ".NET Framework was told not to use strong cryptography ("
                                            + String.join(", ", weak) + ")",
                    about().fix()));
        }
        return pass(finding, "Windows and .NET Framework are not kept from TLS 1.2");
    }

    /** Whether it was told so. */
    private static boolean told(DotNet settings) {
        return settings.strongCrypto() != null
                && settings.strongCrypto() == 0
                && !Long.valueOf(1).equals(settings.systemDefaults());
    }

    /** The default is weak for programs made for older versions, which matters once nothing older than 1.2 is left. */
    private static boolean weak(DotNet settings, boolean without10) {
        return told(settings) || (without10 && settings.strongCrypto() == null && settings.systemDefaults() == null);
    }

    private static boolean client(CryptoFacts crypto, String version, Predicate<Protocol> is) {
        return crypto.protocols().stream().anyMatch(protocol -> protocol.is(version, CLIENT) && is.test(protocol));
    }

    private static List<String> names(CryptoFacts crypto, Predicate<Protocol> are) {
        return crypto.protocols().stream()
                .filter(are)
                .map(protocol -> protocol.version() + " " + protocol.side())
                .toList();
    }

    private static List<String> dotNet(CryptoFacts crypto) {
        return crypto.dotNet().stream()
                .map(settings -> settings.bits() + " bits: "
                        + (settings.strongCrypto() == null ? "not set" : settings.strongCrypto()))
                .toList();
    }
}
