package dev.asrdoctor.check;

import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ProxyFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The proxy's name resolves and it answers (article step 12; docs/facts.md, "Proxy"). */
final class ProxyReachable extends AreaCheck<ProxyFacts> {
    private static final String MACHINE = "machine";

    ProxyReachable() {
        super(
                FactArea.PROXY,
                new About(
                        "proxy.reachable",
                        "The proxy answers",
                        12,
                        List.of(FactArea.PROXY),
                        Profile.QUICK,
                        About.PROCESS_SERVERS,
                        "Without its proxy a process server reaches nothing of Azure: no uploads, no heartbeat of its agents.",
                        "Resolve the proxy's name on this server, and open its port from here. When the proxy has moved, change it for"
                                + " the product and for the MARS agent (proxy.same).",
                        List.of(ReadLimits.CONNECT_SLOW)));
    }

    @Override
    List<Finding> judge(ProxyFacts proxies, Context context) {
        if (proxies.answers().isEmpty()) {
            return skipped("no proxy is set");
        }
        List<Finding> findings = new ArrayList<>();
        for (ConnectionFacts answer : proxies.answers()) {
            FindingBuilder finding = finding(answer.target())
                    .evidence("proxy", answer.target())
                    .evidence("usedBy", usedBy(answer, proxies))
                    .evidence("result", Reach.word(answer))
                    .evidence("code", answer.connected() ? null : (Long) answer.code())
                    .evidence("address", answer.address())
                    .evidence("millis", answer.millis());
            if (!answer.connected() && usedBy(answer, proxies).equals(List.of(MACHINE))) {
                findings.add(finding.is(
                        Status.WARN,
                        Severity.MEDIUM,
                        "the machine's default proxy " + answer.target()
                                + ", for services without one of their own, cannot be" + " reached: "
                                + Reach.words(answer),
                        "Take it away or correct it: bitsadmin /util /getieproxy LOCALSYSTEM shows it for services, netsh winhttp"
                                + " show proxy for WinHTTP."));
            } else if (!answer.connected()) {
                findings.add(finding.is(
                        Status.FAIL,
                        Severity.CRITICAL,
                        "the proxy " + answer.target() + " cannot be reached: " + Reach.words(answer),
                        about().fix()));
            } else if (answer.millis() > context.get(ReadLimits.CONNECT_SLOW).toMillis()) {
                findings.add(finding.is(
                        Status.WARN,
                        Severity.LOW,
                        "connecting to the proxy " + answer.target() + " takes " + answer.millis() + " ms",
                        "Look at the proxy's load and at the network to it."));
            } else {
                findings.addAll(pass(finding, "the proxy " + answer.target() + " answers"));
            }
        }
        return findings;
    }

    private static List<String> usedBy(ConnectionFacts answer, ProxyFacts proxies) {
        List<String> users = new ArrayList<>();
        if (is(answer, ProxyAddress.ofProduct(proxies))) {
            users.add("product");
        }
        if (is(answer, ProxyAddress.ofMars(proxies))) {
            users.add("mars");
        }
        if (users.isEmpty() && is(answer, ProxyAddress.ofMachine(proxies))) {
            users.add(MACHINE);
        }
        return users.isEmpty() ? List.of("others") : users;
    }

    private static boolean is(ConnectionFacts answer, Optional<ProxyAddress> proxy) {
        return proxy.filter(p -> p.host().equalsIgnoreCase(answer.host()) && p.port() == answer.port())
                .isPresent();
    }
}
