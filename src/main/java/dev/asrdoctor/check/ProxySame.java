package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ProxyFacts;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.text.Commands;
import java.util.List;
import java.util.Optional;

/** The product and the MARS agent use the same proxy (article step 12; docs/facts.md, "Proxy"). */
final class ProxySame extends AreaCheck<ProxyFacts> {
    ProxySame() {
        super(
                FactArea.PROXY,
                new About(
                        "proxy.same",
                        "The product and the MARS agent use the same proxy",
                        12,
                        List.of(FactArea.PROXY, FactArea.SERVICES),
                        Profile.QUICK,
                        About.UPLOADING,
                        "The product keeps the proxy of its set-up, the MARS agent its own. After a proxy has moved, one of them is"
                                + " often forgotten: the portal looks healthy and nothing is uploaded, or the reverse.",
                        "On the server: `Set-OBMachineSetting -ProxyServer http://PROXY -ProxyPort PORT` (or -NoProxy), then"
                                + " `Restart-Service obengine` For the product's own proxy: the configuration tool (cspsconfigtool.exe) on the"
                                + " configuration server. Which of the two is right is for you to say.",
                        List.of()));
    }

    @Override
    List<Finding> judge(ProxyFacts proxies, Context context) {
        Optional<ProxyAddress> product = ProxyAddress.ofProduct(proxies);
        Optional<ProxyAddress> mars = ProxyAddress.ofMars(proxies);
        Optional<ProxyAddress> machine = ProxyAddress.ofMachine(proxies);
        FindingBuilder finding = finding(proxies, product, mars, machine);
        if (proxies.marsError() != null || proxies.mars() == null) {
            return List.of(finding.evidence("errorId", proxies.marsError())
                    .is(
                            Status.UNKNOWN,
                            Severity.MEDIUM,
                            "the MARS agent's proxy could not be read",
                            "On the server, in an elevated Windows PowerShell: "
                                    + Commands.shown("Get-OBMachineSetting")));
        }
        if (proxies.settings() == null && proxies.setup() == null) {
            return List.of(finding.is(
                    Status.SKIPPED,
                    Severity.INFO,
                    "nothing tells which proxy the product was given; the MARS agent uses "
                            + mars.map(ProxyAddress::text).orElse("none"),
                    null));
        }
        if (product.isEmpty() && mars.isEmpty()) {
            return pass(
                    finding,
                    "neither the product nor the MARS agent uses a proxy of its own"
                            + machine.map(p -> "; the machine's default is " + p.text())
                                    .orElse(""));
        }
        if (bothTake(machine, product, mars, proxies)) {
            return pass(
                    finding,
                    (product.isPresent() ? "the product" : "the MARS agent") + " uses the proxy "
                            + machine.map(ProxyAddress::text).orElse("")
                            + ", the other has none of its own, for which it is the machine's default");
        }
        if (product.isPresent() && mars.isPresent()) {
            if (product.get().sameAs(mars.get())) {
                return pass(finding, "both use the proxy " + product.get().text());
            }
            if (product.get().port() == mars.get().port() && sameMachine(proxies, product.get(), mars.get())) {
                return List.of(twoNames(finding, product.get(), mars.get()));
            }
        }
        return List.of(differ(finding, product, mars, advice(proxies, product, mars, context)));
    }

    private FindingBuilder finding(
            ProxyFacts proxies,
            Optional<ProxyAddress> product,
            Optional<ProxyAddress> mars,
            Optional<ProxyAddress> machine) {
        return finding("")
                .evidence("product", product.map(ProxyAddress::text).orElse("none"))
                .evidence("mars", mars.map(ProxyAddress::text).orElse(proxies.mars() == null ? "unknown" : "none"))
                .evidence("place", proxies.settings() != null ? "ProxySettings" : "the record of set-up")
                .evidence("marsCommand", setMars(product).orElse(null))
                .evidence("machine", machine.map(ProxyAddress::text).orElse(null))
                .evidence(
                        "localSystem",
                        proxies.system().enabled() ? proxies.system().server() : null)
                .evidence("script", proxies.system().script())
                .evidence("winHttp", WinHttpProxy.text(proxies.winHttp()));
    }

    private static Finding twoNames(FindingBuilder finding, ProxyAddress product, ProxyAddress mars) {
        return finding.is(
                Status.WARN,
                Severity.LOW,
                "the product writes the proxy as " + product.text() + ", the MARS agent as " + mars.text()
                        + "; both names lead to one address",
                "Write it in one form, so that the next move of the proxy is not made by half.");
    }

    private static Finding differ(
            FindingBuilder finding, Optional<ProxyAddress> product, Optional<ProxyAddress> mars, String advice) {
        return finding.is(
                Status.FAIL,
                Severity.HIGH,
                "the product uses " + product.map(p -> "the proxy " + p.text()).orElse("no proxy")
                        + ", the MARS agent "
                        + mars.map(p -> (product.isPresent() ? "" : "the proxy ") + p.text())
                                .orElse("none"),
                advice);
    }

    /** Which of the two is right is not for asrdoctor to say; no command writes a proxy that does not answer. */
    private static String advice(
            ProxyFacts proxies, Optional<ProxyAddress> product, Optional<ProxyAddress> mars, Context context) {
        String toMars = "change the product's with cspsconfigtool.exe on the configuration server.";
        boolean productDead = dead(proxies, product);
        boolean marsDead = dead(proxies, mars);
        if (productDead && marsDead) {
            return "Neither of the two answers: see proxy.reachable first, then write the right one into both.";
        }
        if (productDead) {
            return "The product's does not answer. If the MARS agent is right, " + toMars;
        }
        String toProduct = setMars(product)
                .map(command -> "on the server, in an elevated Windows PowerShell: " + Commands.shown(command) + " and "
                        + restart(context))
                .orElse("write it into the MARS agent by hand.");
        return marsDead
                ? "The MARS agent's does not answer. If the product is right, " + toProduct
                : "If the product is right, " + toProduct + " If the MARS agent is right, " + toMars;
    }

    /** A disabled service that runs goes down with a restart, and stays down. */
    private static String restart(Context context) {
        ServicesFacts services = context.read(FactArea.SERVICES);
        boolean disabled = services != null
                && Installed.uploader(services, context.server().product())
                        .filter(service -> service.startType() == StartType.DISABLED)
                        .isPresent();
        return disabled
                ? "then a restart of obengine, which is disabled: it would not come up again before its start type is"
                        + " set back."
                : Commands.shown("Restart-Service obengine");
    }

    private static boolean dead(ProxyFacts proxies, Optional<ProxyAddress> proxy) {
        return proxy.isPresent()
                && proxies.answers().stream()
                        .filter(answer ->
                                answer.host().equalsIgnoreCase(proxy.get().host())
                                        && answer.port() == proxy.get().port())
                        .anyMatch(answer -> !answer.connected());
    }

    private static Optional<String> setMars(Optional<ProxyAddress> product) {
        return product.isEmpty()
                ? Optional.of("Set-OBMachineSetting -NoProxy")
                : Commands.value(product.get().scheme() + "://" + product.get().host())
                        .map(server -> "Set-OBMachineSetting -ProxyServer " + server + " -ProxyPort "
                                + product.get().port());
    }

    /** Who was given no proxy takes the machine's default, unless it was told to take none. */
    private static boolean bothTake(
            Optional<ProxyAddress> machine,
            Optional<ProxyAddress> product,
            Optional<ProxyAddress> mars,
            ProxyFacts proxies) {
        ProxyFacts.ProductProxy given = proxies.product();
        return machine.isPresent()
                && product.isPresent() != mars.isPresent()
                && (given == null || !given.bypassed())
                && product.or(() -> mars).filter(machine.get()::sameAs).isPresent();
    }

    private static boolean sameMachine(ProxyFacts proxies, ProxyAddress one, ProxyAddress other) {
        Optional<String> first = address(proxies, one);
        return first.isPresent() && first.equals(address(proxies, other));
    }

    private static Optional<String> address(ProxyFacts proxies, ProxyAddress proxy) {
        return proxies.answers().stream()
                .filter(answer -> answer.host().equalsIgnoreCase(proxy.host()))
                .flatMap(answer -> Optional.ofNullable(answer.address()).stream())
                .findFirst();
    }
}
