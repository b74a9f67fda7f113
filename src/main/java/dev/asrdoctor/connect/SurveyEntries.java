package dev.asrdoctor.connect;

import dev.asrdoctor.connect.Examination.Action;
import dev.asrdoctor.connect.Examination.Detail;
import dev.asrdoctor.connect.Examination.Step;
import dev.asrdoctor.connect.Examination.Where;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.SchemeNotOffered;
import dev.asrdoctor.remoting.RemotingFailure.TlsUntrusted;
import dev.asrdoctor.remoting.Survey;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a survey found, step by step, before anybody logs on. */
final class SurveyEntries {
    private static final Duration NOTEWORTHY_SKEW = Duration.ofMinutes(3);

    private SurveyEntries() {}

    static Step step(RemotingFailure failure) {
        if (failure instanceof SchemeNotOffered other && !other.takesNoNtlm()) {
            return Step.SCHEMES;
        }
        return switch (failure.stage()) {
            case NAME -> Step.NAME;
            case TCP -> Step.TCP;
            case TLS -> Step.TLS;
            case HTTP -> Step.HTTP;
            case AUTHENTICATION -> Step.AUTHENTICATION;
            case SHELL -> Step.SHELL;
            case SCRIPT, ANSWER -> Step.POWERSHELL;
        };
    }

    static void enter(Survey survey, Endpoint endpoint, ConnectionSheet sheet) {
        RemotingFailure failure = survey.failure();
        Step end = failure == null ? Step.AUTHENTICATION : step(failure);
        if (end.compareTo(Step.NAME) > 0) {
            sheet.ok(Step.NAME, name(endpoint, survey.addresses()), List.of());
        }
        if (end.compareTo(Step.TCP) > 0) {
            sheet.ok(Step.TCP, "port " + endpoint.port() + " accepts connections", List.of());
        }
        if (end.compareTo(Step.TLS) > 0) {
            enterTls(survey.certificate(), endpoint, sheet);
        }
        Survey.Greeting greeting = survey.greeting();
        if (greeting != null && end.compareTo(Step.HTTP) > 0) {
            enterGreeting(greeting, sheet);
        }
        List<String> schemes = survey.schemes();
        if (schemes != null) {
            enterSchemes(schemes, endpoint, sheet);
        }
        if (failure != null) {
            sheet.fail(end, failure, details(failure, survey), first(failure, survey, endpoint));
        }
    }

    private static String name(Endpoint endpoint, List<String> addresses) {
        // A name has no colon; an IPv6 address may be written in many ways.
        return addresses.equals(List.of(endpoint.host())) || endpoint.host().contains(":")
                ? endpoint.host() + " is an address"
                : endpoint.host() + " is " + String.join(", ", addresses);
    }

    private static void enterTls(Survey.@Nullable Shown certificate, Endpoint endpoint, ConnectionSheet sheet) {
        if (!endpoint.tls()) {
            sheet.unknown(Step.TLS, "none: the transport is http");
        } else if (!endpoint.verifyCertificate() && endpoint.fingerprints().isEmpty()) {
            List<Action> actions =
                    certificate == null ? List.of() : List.of(ConnectionAdvice.pin(certificate.sha256()));
            sheet.warn(
                    Step.TLS,
                    "certificate-not-verified",
                    "any certificate is accepted, so anybody in between can read along",
                    actions);
        } else if (certificate == null) {
            sheet.ok(Step.TLS, "the certificate is trusted", List.of());
        } else {
            sheet.ok(
                    Step.TLS,
                    certificate.protocol() + ", the certificate is "
                            + (endpoint.fingerprints().isEmpty() ? "trusted" : "one of the pinned ones"),
                    details(certificate));
        }
    }

    private static List<Detail> details(Survey.Shown certificate) {
        return List.of(
                new Detail("protocol", certificate.protocol() + ", " + certificate.cipher()),
                new Detail("subject", certificate.subject()),
                new Detail("names", certificate.names().isEmpty() ? "none" : String.join(", ", certificate.names())),
                new Detail("issuer", certificate.issuer()),
                new Detail("valid", certificate.notBefore() + " to " + certificate.notAfter()),
                new Detail("SHA-256", certificate.sha256()));
    }

    private static void enterGreeting(Survey.Greeting greeting, ConnectionSheet sheet) {
        sheet.ok(
                Step.HTTP,
                greeting.product() == null
                        ? "HTTP " + greeting.status() + (greeting.server() == null ? "" : " from " + greeting.server())
                        : "WinRM of " + greeting.product(),
                List.of());
        Duration ahead = greeting.clockAhead();
        if (ahead == null) {
            sheet.unknown(Step.CLOCK, "the answer bears no date");
        } else if (ahead.abs().compareTo(NOTEWORTHY_SKEW) > 0) {
            sheet.warn(Step.CLOCK, "clock-skew", skew(ahead), ConnectionAdvice.clock());
        } else {
            sheet.ok(Step.CLOCK, skew(ahead), List.of());
        }
    }

    private static String skew(Duration ahead) {
        if (ahead.abs().toSeconds() <= 1) {
            return "the server's clock agrees with this machine's";
        }
        long seconds = ahead.abs().toSeconds();
        String words = seconds < 120 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
        return "the server's clock is " + words + (ahead.isNegative() ? " behind" : " ahead of") + " this machine's";
    }

    private static void enterSchemes(List<String> schemes, Endpoint endpoint, ConnectionSheet sheet) {
        String offered = schemes.isEmpty() ? "none is offered" : String.join(", ", schemes) + " offered";
        if (!endpoint.tls() && schemes.stream().anyMatch("Basic"::equalsIgnoreCase)) {
            sheet.warn(
                    Step.SCHEMES,
                    "basic-over-http",
                    offered + "; Basic over plain HTTP shows passwords to everybody in between",
                    List.of(new Action(
                            Where.THE_SERVER,
                            "Switch Basic off there unless something needs it; who uses it should come over HTTPS.",
                            List.of("Set-Item WSMan:\\localhost\\Service\\Auth\\Basic $false"))));
        } else {
            sheet.ok(Step.SCHEMES, offered, List.of());
        }
    }

    private static List<Detail> details(RemotingFailure failure, Survey survey) {
        Survey.Shown certificate = survey.certificate();
        return failure instanceof TlsUntrusted && certificate != null ? details(certificate) : List.of();
    }

    private static List<Action> first(RemotingFailure failure, Survey survey, Endpoint endpoint) {
        if (survey.otherPorts().isEmpty() || step(failure) != Step.TCP) {
            return List.of();
        }
        int other = survey.otherPorts().getFirst();
        return List.of(new Action(
                Where.THE_INVENTORY,
                "Port " + survey.otherPorts().stream().map(String::valueOf).collect(Collectors.joining(" and "))
                        + " does accept connections, port " + endpoint.port() + " does not. If that is meant, say so:",
                List.of("transport: " + (other == 5986 ? "https" : "http"), "port: " + other)));
    }
}
