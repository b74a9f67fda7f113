package dev.asrdoctor.remedy;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.FirewallFacts;
import dev.asrdoctor.facts.ProxyFacts;
import java.util.List;
import java.util.Optional;

/** Whether a proxy that a remedy would set, or has set, is known to work; it is tried by the server itself. */
final class WantedProxy {
    static final String UNTRIED = "proxy-untried";
    private static final String URLS = "firewall.urls";

    private WantedProxy() {}

    /**
     * Why it may not be set; nothing where it answered, and Azure did not fail to answer behind it.
     *
     * @param wanted host and port, or {@code none}
     * @param behind whether Azure's URLs were tried through the wanted one
     */
    static Optional<Objection> objection(Patient patient, String wanted, boolean behind) {
        if (wanted.equals(AlignProxy.NONE)) {
            List<Finding> urls = patient.findings(URLS);
            boolean known =
                    behind && !urls.isEmpty() && urls.stream().noneMatch(finding -> finding.status() == Status.UNKNOWN);
            return known
                    ? blocked(patient, wanted).or(() -> served(patient, wanted))
                    : Objection.of(UNTRIED, untried(wanted));
        }
        Optional<ConnectionFacts> answer = answer(patient, wanted);
        if (answer.isEmpty()) {
            return Objection.of(UNTRIED, untried(wanted));
        }
        if (!answer.get().connected()) {
            return Objection.of(
                    "proxy-dead",
                    "the proxy " + wanted + ", which would be set, cannot be reached from there; mend that, or"
                            + " say with remedies.proxyRight that the other one is right");
        }
        return behind ? blocked(patient, wanted) : Optional.empty();
    }

    private static Optional<ConnectionFacts> answer(Patient patient, String wanted) {
        ProxyFacts proxies = patient.facts().read(FactArea.PROXY);
        return proxies == null
                ? Optional.empty()
                : proxies.answers().stream()
                        .filter(tried -> tried.target().equalsIgnoreCase(wanted))
                        .findFirst();
    }

    private static Optional<Objection> blocked(Patient patient, String wanted) {
        return patient.fails(URLS)
                ? Objection.of("azure-unreachable", "Azure's URLs do not all answer " + way(wanted) + " (" + URLS + ")")
                : Optional.empty();
    }

    /** Where URLs answered through some proxy, they did not answer without one, or were not asked so. */
    private static Optional<Objection> served(Patient patient, String wanted) {
        FirewallFacts firewall = patient.facts().read(FactArea.FIREWALL);
        if (firewall == null || firewall.proxy() == null) {
            return Optional.empty();
        }
        return "mars".equals(firewall.proxyOf())
                ? Objection.of(
                        "azure-unreachable",
                        "Azure's URLs do not all answer " + way(wanted) + ", but through " + firewall.proxy())
                : Objection.of(UNTRIED, untried(wanted));
    }

    private static String way(String wanted) {
        return wanted.equals(AlignProxy.NONE) ? "without a proxy" : "through " + wanted;
    }

    private static String untried(String wanted) {
        return "nobody knows whether Azure can be reached " + way(wanted) + ", because that was not tried from there";
    }
}
