package dev.asrdoctor.check;

import dev.asrdoctor.facts.EngineConnections;
import dev.asrdoctor.facts.EngineConnections.TcpConnection;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ProxyFacts;
import dev.asrdoctor.text.Words;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The upload engine is connected to Azure (article step 9; docs/facts.md, "Ports and connections"). */
final class UploadConnections extends AreaCheck<EngineConnections> {
    private static final int HTTPS = 443;

    UploadConnections() {
        super(
                FactArea.CONNECTIONS,
                new About(
                        "upload.connections",
                        "The upload engine is connected to Azure",
                        9,
                        List.of(FactArea.CONNECTIONS, FactArea.PROXY, FactArea.CACHE),
                        Profile.QUICK,
                        About.UPLOADING,
                        "Uploads go over connections of cbengine.exe to port 443 of Azure storage, or to the proxy. Connections that"
                                + " stay in SYN_SENT are packets that a firewall swallows.",
                        "Look at firewall.urls and firewall.rules, then at the firewalls on the way. When URLs answer and there still"
                                + " is no connection, restart obengine.",
                        List.of(Waiting.BACKLOG_LEAST)));
    }

    @Override
    List<Finding> judge(EngineConnections engine, Context context) {
        Waiting waiting = Waiting.of(context);
        if (engine.processes().isEmpty()) {
            return skipped("the upload engine does not run; see services.running");
        }
        ProxyFacts proxies = context.read(FactArea.PROXY);
        Optional<ProxyAddress> proxy = proxies == null ? Optional.empty() : ProxyAddress.inUse(proxies);
        boolean byScript = proxies != null && ProxyAddress.byScript(proxies);
        List<TcpConnection> established = outward(engine, TcpConnection.ESTABLISHED)
                .filter(connection -> byScript || leadsOut(connection, proxy))
                .toList();
        List<TcpConnection> waitingForAnswer =
                outward(engine, TcpConnection.SYN_SENT).toList();
        FindingBuilder finding = finding("")
                .evidence("established", established.size())
                .evidence("synSent", waitingForAnswer.size())
                .evidence("total", engine.total())
                .evidence("proxy", proxy.map(ProxyAddress::text).orElse(null))
                .evidence(
                        "script", byScript && proxies != null ? proxies.system().script() : null)
                .evidence("remote", remote(established))
                .evidence("unanswered", waitingForAnswer.isEmpty() ? null : remote(waitingForAnswer));
        if (established.isEmpty() && !waitingForAnswer.isEmpty()) {
            return List.of(finding.is(
                    Status.FAIL,
                    Severity.HIGH,
                    "the upload engine is not connected: " + Words.count(waitingForAnswer.size(), "connection")
                            + " without an answer (SYN_SENT), none established",
                    about().fix()));
        }
        if (established.isEmpty()) {
            return unconnected(finding, waiting, context);
        }
        if (waitingForAnswer.size() > established.size()) {
            return List.of(
                    finding.is(
                            Status.WARN,
                            Severity.MEDIUM,
                            Words.count(waitingForAnswer.size(), "connection")
                                    + " of the upload engine without an answer (SYN_SENT), beside "
                                    + established.size() + " established",
                            "Some of Azure's addresses are blocked: compare the unanswered addresses with the firewalls' rules."));
        }
        return pass(
                finding,
                Words.count(established.size(), "connection") + " to "
                        + (proxy.isPresent() || byScript ? "the proxy or to port 443" : "port 443"));
    }

    private List<Finding> unconnected(FindingBuilder finding, Waiting waiting, Context context) {
        if (context.server().product().pending().isEmpty()) {
            return skipped(
                    "the upload engine has no connection, and where this product keeps what waits is not published");
        }
        return switch (waiting) {
            case YES ->
                List.of(finding.is(
                        Status.FAIL,
                        Severity.HIGH,
                        "data waits and the upload engine has no connection to Azure",
                        about().fix()));
            case NO -> pass(finding, "the upload engine has no connection, and nothing waits");
            case UNKNOWN ->
                List.of(finding.is(
                        Status.WARN,
                        Severity.LOW,
                        "the upload engine has no connection to Azure",
                        "That is in order while nothing waits: check with --profile full."));
        };
    }

    private static Stream<TcpConnection> outward(EngineConnections engine, long state) {
        return engine.connections().stream()
                .filter(connection -> connection.state() == state && !local(connection.remoteAddress()));
    }

    private static boolean leadsOut(TcpConnection connection, Optional<ProxyAddress> proxy) {
        return connection.remotePort() == HTTPS
                || proxy.filter(p -> p.port() == connection.remotePort()).isPresent();
    }

    private static List<String> remote(List<TcpConnection> connections) {
        return connections.stream()
                .map(connection -> connection.remoteAddress() + ":" + connection.remotePort())
                .distinct()
                .limit(10)
                .toList();
    }

    private static boolean local(String address) {
        return address.startsWith("127.") || address.equals("::1") || address.equals("0.0.0.0") || address.equals("::");
    }
}
