package dev.asrdoctor.remedy;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.PolicySettings;
import dev.asrdoctor.check.ProxySide;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.facts.AsrService;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ProxyFacts;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import org.jspecify.annotations.Nullable;

/** Gives the MARS agent the product's proxy, or the other way round (article step 12; docs/facts.md, "Proxy"). */
final class AlignProxy implements Remedy.Plan {
    static final String MARS = "MARS";
    static final String PRODUCT = "ProxySettings";
    private static final String NONE = "none";

    @Override
    public void plan(Patient patient, Draft draft) {
        ProxyFacts proxies = patient.facts().read(FactArea.PROXY);
        for (Finding finding : patient.wrong("proxy.same")) {
            if (proxies == null || finding.status() != Status.FAIL) {
                continue;
            }
            if (patient.policy().get(PolicySettings.PROXY_RIGHT) == ProxySide.PRODUCT) {
                marsFollows(patient, proxies, finding, draft);
            } else {
                productFollows(proxies, finding, draft);
            }
        }
    }

    private static void marsFollows(Patient patient, ProxyFacts proxies, Finding finding, Draft draft) {
        ProxyFacts.ProductProxy given = given(proxies);
        if (given != null && given.user() != null && !given.user().isBlank()) {
            draft.hold(HeldBack.of(
                    Remedy.PROXY,
                    MARS,
                    "credentials",
                    "the product's proxy asks for the password of " + given.user()
                            + ", which asrdoctor neither reads nor sets; use Set-OBMachineSetting by hand"));
            return;
        }
        String wanted = evidence(finding, "product");
        draft.add(Step.of(Remedy.PROXY, Step.Action.SET_MARS_PROXY, MARS, "proxy.same: " + finding.title())
                .change(
                        mars(proxies),
                        wanted.equals(NONE) ? NONE : "http://" + wanted.replaceFirst(":(\\d+)$", " $1")));
        restartsEngine(patient, draft);
    }

    /** The MARS agent takes a new proxy when its service starts. */
    private static void restartsEngine(Patient patient, Draft draft) {
        ServicesFacts services = patient.services();
        if (services == null) {
            return;
        }
        services.find(AsrService.MARS_AGENT)
                .filter(service -> service.state() == ServiceState.RUNNING && service.processId() != null)
                .ifPresent(service -> draft.add(restart(service)));
    }

    private static Step restart(ServiceFact service) {
        return Step.of(Remedy.PROXY, Step.Action.RESTART, service.name(), "it takes the new proxy when it starts")
                .change(String.valueOf(service.processId()), "")
                .after(MARS);
    }

    private static void productFollows(ProxyFacts proxies, Finding finding, Draft draft) {
        ProxyFacts.ProductProxy settings = proxies.settings();
        String wanted = evidence(finding, "mars");
        if (settings == null || wanted.equals(NONE)) {
            draft.hold(HeldBack.of(
                    Remedy.PROXY,
                    PRODUCT,
                    "configuration-tool",
                    settings == null
                            ? "this server keeps the product's proxy in the record of its set-up alone; use the"
                                    + " configuration tool (cspsconfigtool.exe)"
                            : "the product's proxy is taken away with the configuration tool (cspsconfigtool.exe)"));
            return;
        }
        draft.add(Step.of(Remedy.PROXY, Step.Action.SET_PRODUCT_PROXY, PRODUCT, "proxy.same: " + finding.title())
                .change(
                        "True".equalsIgnoreCase(settings.off()) ? NONE : text(settings.address(), settings.port()),
                        "http://" + wanted.replaceFirst(":(\\d+)$", " $1")));
    }

    private static ProxyFacts.@Nullable ProductProxy given(ProxyFacts proxies) {
        return proxies.settings() == null ? proxies.setup() : proxies.settings();
    }

    private static String mars(ProxyFacts proxies) {
        ProxyFacts.MarsProxy mars = proxies.mars();
        return mars == null || !mars.enabled() ? NONE : text(mars.address(), mars.port());
    }

    /** As the remedy script writes what stands there. */
    private static String text(@Nullable String address, @Nullable String port) {
        return address == null || address.isBlank()
                ? NONE
                : (address.strip() + " " + (port == null ? "" : port.strip())).strip();
    }

    private static String evidence(Finding finding, String name) {
        return String.valueOf(finding.evidence().getOrDefault(name, NONE));
    }
}
