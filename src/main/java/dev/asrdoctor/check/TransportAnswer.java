package dev.asrdoctor.check;

import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.SourceFacts;
import dev.asrdoctor.facts.TransportFacts;
import dev.asrdoctor.product.Trait;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The data port answers an HTTPS request as it should (article step 7; docs/facts.md, "Ports and connections"). */
final class TransportAnswer extends AreaCheck<TransportFacts> {
    private static final int BAD_REQUEST = 400;
    private static final int PROXY_AUTHENTICATION = 407;

    TransportAnswer() {
        super(
                FactArea.TRANSPORT,
                new About(
                        "transport.answer",
                        "The process server's data port answers",
                        7,
                        List.of(FactArea.TRANSPORT, FactArea.SOURCE),
                        Profile.QUICK,
                        About.EVERYWHERE,
                        "When source machines cannot talk HTTPS to the data port, no recovery points are made: error 78186.",
                        "On the process server: is cxprocessserver running, does it listen on the port, and does its certificate"
                                + " exist? On a source machine: is there a proxy or a device that inspects TLS on the way? The right answer"
                                + " to the request is 400 (bad request).",
                        List.of()));
    }

    @Override
    List<Finding> judge(TransportFacts transport, Context context) {
        ConnectionFacts answer = transport.answer();
        boolean source = context.server().deployment().is(Trait.SOURCE);
        if (answer == null) {
            return skipped(source ? "the inventory names no process server" : "no process server is installed here");
        }
        SourceFacts attempts = context.read(FactArea.SOURCE);
        if (source
                && !answer.connected()
                && attempts != null
                && attempts.attempts().stream().noneMatch(ConnectionFacts::connected)) {
            return skipped("there is no connection that could carry the request; see source.connection");
        }
        FindingBuilder finding =
                finding(answer, source ? context.server().role().processServer() : null);
        Long status = answer.httpStatus();
        if (status == null) {
            return List.of(silent(finding, answer, where(answer, source), otherAddress(transport)));
        }
        return status == BAD_REQUEST
                ? pass(finding, where(answer, source) + " answers")
                : List.of(wrong(finding, where(answer, source), status));
    }

    private FindingBuilder finding(ConnectionFacts answer, @Nullable String processServer) {
        return finding(answer.target())
                .evidence("target", answer.target())
                .evidence("processServer", processServer)
                .evidence("result", Reach.word(answer))
                .evidence("httpStatus", answer.httpStatus())
                .evidence("code", answer.connected() ? null : (Long) answer.code())
                .evidence("tls", answer.tls() == null ? null : answer.tls().protocol())
                .evidence(
                        "certificate",
                        answer.tls() == null ? null : answer.tls().subject());
    }

    private static String where(ConnectionFacts answer, boolean source) {
        return (source ? "its process server's data port " : "the data port ") + answer.target();
    }

    private static Optional<ConnectionFacts> otherAddress(TransportFacts transport) {
        return transport.others() == null
                ? Optional.empty()
                : transport.others().stream()
                        .filter(one -> Long.valueOf(BAD_REQUEST).equals(one.httpStatus()))
                        .findFirst();
    }

    private Finding silent(
            FindingBuilder finding, ConnectionFacts answer, String where, Optional<ConnectionFacts> other) {
        finding.evidence("error", "78186");
        if (other.isEmpty()) {
            return finding.is(
                    Status.FAIL,
                    Severity.CRITICAL,
                    where + " does not answer: " + Reach.words(answer) + " (error 78186)",
                    about().fix());
        }
        return finding.evidence("answersOn", other.get().host())
                .is(
                        Status.FAIL,
                        Severity.CRITICAL,
                        "the data port does not answer on " + answer.host()
                                + ", the address that the server is registered with, but on "
                                + other.get().host() + " (error 78186)",
                        "The server's address changed, or the registered one is not bound to any adapter: give it back "
                                + answer.host() + ", or register the process server again with "
                                + other.get().host() + ".");
    }

    private static Finding wrong(FindingBuilder finding, String where, long status) {
        if (status == PROXY_AUTHENTICATION) {
            return finding.evidence("error", "78186")
                    .is(
                            Status.FAIL,
                            Severity.HIGH,
                            "a proxy answers in place of " + where + " and asks for credentials (407)",
                            "Traffic to the process server must not go through a proxy: take its address out of the proxy, or"
                                    + " add it to the bypass list.");
        }
        return finding.is(
                Status.WARN,
                Severity.MEDIUM,
                where + " answers " + status + " instead of 400: something else may listen there",
                "Look which program listens on the port: netstat -ano, and its process id. It has to be cxps.exe.");
    }
}
