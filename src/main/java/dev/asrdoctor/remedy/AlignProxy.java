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
import java.util.stream.Stream;
import org.apache.commons.lang3.Strings;
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
            boolean marsFollows = patient.policy().get(PolicySettings.PROXY_RIGHT) == ProxySide.PRODUCT;
            String user = user(proxies);
            if (user != null) {
                draft.hold(HeldBack.of(
                        Remedy.PROXY,
                        marsFollows ? MARS : PRODUCT,
                        "credentials",
                        "a password of " + user
                                + " belongs to one of the two proxies, and asrdoctor neither reads nor sets"
                                + " passwords; use " + (marsFollows ? "Set-OBMachineSetting" : "cspsconfigtool.exe")
                                + " by hand"));
            } else if (marsFollows) {
                marsFollows(patient, proxies, finding, draft);
            } else {
                productFollows(proxies, finding, draft);
            }
        }
    }

    private static void marsFollows(Patient patient, ProxyFacts proxies, Finding finding, Draft draft) {
        String wanted = evidence(finding, "product");
        draft.add(Step.of(Remedy.PROXY, Step.Action.SET_MARS_PROXY, MARS, "proxy.same: " + finding.title())
                .change(
                        mars(proxies),
                        wanted.equals(NONE) ? NONE : scheme(address(proxies.product()), "http://") + apart(wanted)));
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
                        settings.bypassed() ? NONE : text(settings.address(), settings.port()),
                        scheme(proxies.mars() == null ? null : proxies.mars().address(), "") + apart(wanted)));
    }

    private static @Nullable String address(ProxyFacts.@Nullable ProductProxy product) {
        return product == null ? null : product.address();
    }

    /** The product keeps addresses without {@code http://}, the MARS agent with it; another scheme is kept. */
    private static String scheme(@Nullable String address, String usual) {
        return address != null && Strings.CI.startsWith(address.strip(), "https://") ? "https://" : usual;
    }

    private static String apart(String hostAndPort) {
        return hostAndPort.replaceFirst(":(\\d+)$", " $1");
    }

    /** Whose password would be lost, or left beside a proxy that it does not belong to; null for nobody's. */
    private static @Nullable String user(ProxyFacts proxies) {
        ProxyFacts.ProductProxy product = proxies.product();
        ProxyFacts.MarsProxy mars = proxies.mars();
        return Stream.of(
                        product == null ? null : product.user(),
                        proxies.settings() == null ? null : proxies.settings().user(),
                        mars == null ? null : mars.user())
                .filter(user -> user != null && !user.isBlank())
                .findFirst()
                .orElse(null);
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
