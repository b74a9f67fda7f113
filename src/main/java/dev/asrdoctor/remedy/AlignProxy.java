package dev.asrdoctor.remedy;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.Installed;
import dev.asrdoctor.check.ProxySide;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ProxyFacts;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.policy.RemedyMode;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.text.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.Strings;
import org.jspecify.annotations.Nullable;

/** Gives the MARS agent the product's proxy, or the other way round (article step 12; docs/facts.md, "Proxy"). */
public final class AlignProxy implements Remedy.Plan {
    static final Setting<RemedyMode> MODE = Setting.mode(
            "proxy", RemedyMode.NEVER, "give the MARS agent and the product the same proxy, then restart obengine");
    public static final Setting<ProxySide> RIGHT = Setting.choice(
            "remedies",
            "proxyRight",
            "proxySide",
            Map.of("product", ProxySide.PRODUCT, "mars", ProxySide.MARS),
            ProxySide.PRODUCT,
            "whose proxy is the right one: product (ProxySettings) or mars");

    static final String MARS = "MARS";
    static final String PRODUCT = "ProxySettings";
    static final String NONE = "none";

    @Override
    public List<Setting<?>> limits() {
        return List.of(RIGHT);
    }

    @Override
    public void plan(Patient patient, Draft draft) {
        ProxyFacts proxies = patient.facts().read(FactArea.PROXY);
        for (Finding finding : patient.wrong("proxy.same")) {
            if (proxies == null || finding.status() != Status.FAIL) {
                continue;
            }
            boolean marsFollows = patient.policy().get(RIGHT) == ProxySide.PRODUCT;
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
                productFollows(patient, proxies, finding, draft);
            }
        }
    }

    private static void marsFollows(Patient patient, ProxyFacts proxies, Finding finding, Draft draft) {
        String wanted = evidence(finding, "product");
        Optional<Objection> objection =
                WantedProxy.objection(patient, wanted, true).or(() -> engineStays(patient));
        if (objection.isPresent()) {
            draft.hold(HeldBack.of(
                    Remedy.PROXY, MARS, objection.get().guard(), objection.get().reason()));
            return;
        }
        draft.add(Step.of(Remedy.PROXY, Step.Action.SET_MARS_PROXY, MARS, "proxy.same: " + finding.title())
                .change(
                        mars(proxies),
                        wanted.equals(NONE) ? NONE : scheme(address(proxies.product()), "http://") + apart(wanted)));
        engine(patient)
                .filter(service -> service.state() == ServiceState.RUNNING)
                .ifPresent(service -> draft.add(restart(service, "it takes the new proxy when it starts")));
    }

    static Optional<ServiceFact> engine(Patient patient) {
        ServicesFacts services = patient.services();
        return services == null
                ? Optional.empty()
                : Installed.uploader(services, patient.server().product());
    }

    /**
     * Why the MARS agent cannot take a new proxy, which it does when its service starts. One that is stopped takes it
     * whenever it is started.
     */
    static Optional<Objection> engineStays(Patient patient) {
        ServicesFacts services = patient.services();
        Optional<ServiceFact> engine = engine(patient);
        if (services == null || engine.isEmpty()) {
            return Objection.of(
                    "engine-unread", "the service that would take the new proxy when it starts could not be read");
        }
        ServiceFact service = engine.get();
        Optional<Objection> why = Optional.empty();
        if (service.state() == ServiceState.RUNNING) {
            why = service.processId() == null || service.processId() == 0
                    ? Objection.of("process-unread", "its process could not be read")
                    : ServiceGuardRails.staysDown(service, patient, services);
        } else if (service.state() != ServiceState.STOPPED) {
            why = Objection.of("in-transit", "it is " + Words.word(service.state()));
        }
        return why.map(reason -> new Objection(
                reason.guard(),
                service.name() + " takes a new proxy when it starts, and is not to be restarted: " + reason.reason()));
    }

    static Step restart(ServiceFact service, String why) {
        return Step.of(Remedy.PROXY, Step.Action.RESTART, service.name(), why)
                .change(String.valueOf(service.processId()), "")
                .after(MARS);
    }

    private static void productFollows(Patient patient, ProxyFacts proxies, Finding finding, Draft draft) {
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
        Optional<Objection> objection = WantedProxy.objection(patient, wanted, false);
        if (objection.isPresent()) {
            draft.hold(HeldBack.of(
                    Remedy.PROXY,
                    PRODUCT,
                    objection.get().guard(),
                    objection.get().reason()));
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

    /** Host and port of a proxy as steps and the remedy script write it, or {@code none}. */
    static String target(@Nullable String written) {
        if (written == null || written.equals(NONE)) {
            return NONE;
        }
        String[] parts = StringUtils.split(written);
        String host = StringUtils.substringAfter(parts[0], "://");
        return (host.isEmpty() ? parts[0] : host) + ":" + (parts.length > 1 ? parts[1] : "80");
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

    /** As steps write what the MARS agent has. */
    static String mars(ProxyFacts proxies) {
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
