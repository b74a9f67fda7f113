package dev.asrdoctor.connect;

import dev.asrdoctor.connect.Examination.Action;
import dev.asrdoctor.connect.Examination.Detail;
import dev.asrdoctor.connect.Examination.Result;
import dev.asrdoctor.connect.Examination.Step;
import dev.asrdoctor.connect.Examination.Verdict;
import dev.asrdoctor.connect.Examination.Where;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.probe.AnswerException;
import dev.asrdoctor.probe.AnswerFailure;
import dev.asrdoctor.probe.ShellFacts;
import dev.asrdoctor.probe.ShellReader;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.LoggedOn;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.Redaction;
import dev.asrdoctor.remoting.Remoting;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.NotWinRm;
import dev.asrdoctor.remoting.RemotingFailure.SchemeNotOffered;
import dev.asrdoctor.remoting.RemotingFailure.TlsUntrusted;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.remoting.Survey;
import dev.asrdoctor.remoting.Surveyor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Connects to servers step by step and says at the first step that fails what to do, on which machine. Servers are visited
 * one after the other; an account that one of them has refused is not presented to the next.
 */
public final class ConnectionDoctor {
    private static final int REFUSALS_ALLOWED = 1;
    private static final Duration NOTEWORTHY_SKEW = Duration.ofMinutes(3);
    private static final long LITTLE_MEMORY_MB = 512;

    private final Surveyor surveyor;
    private final Remoting remoting;
    private final ShellReader reader;
    private final Redaction redaction;
    private final Duration patience;
    private final Accounts accounts;

    /**
     * @param accounts for every credential that the servers use; whoever has them wipes them
     * @param redaction knows their passwords
     * @param patience for one server
     */
    public ConnectionDoctor(
            Surveyor surveyor,
            Remoting remoting,
            ShellReader reader,
            Accounts accounts,
            Redaction redaction,
            Duration patience) {
        this.redaction = redaction;
        this.surveyor = surveyor;
        this.remoting = remoting;
        this.reader = reader;
        this.patience = patience;
        this.accounts = accounts;
    }

    public Examination examine(Server server) throws InterruptedException {
        Deadline deadline = Deadline.after(patience);
        Endpoint endpoint = Endpoints.of(server);
        Sheet sheet = new Sheet(new ConnectionAdvice(endpoint, account(server)));
        Survey survey = surveyor.survey(endpoint, deadline);
        enter(survey, endpoint, sheet);
        if (!sheet.failed()) {
            enter(server, endpoint, survey, sheet, deadline);
        }
        return new Examination(
                        server,
                        (endpoint.host().contains(":") ? "[" + endpoint.host() + "]" : endpoint.host()) + ":"
                                + endpoint.port(),
                        sheet.steps())
                .redacted(redaction);
    }

    /** What was found so far; a step that was not entered was not reached. */
    private static final class Sheet {
        private final Map<Step, Result> results = new EnumMap<>(Step.class);
        private final ConnectionAdvice advice;

        Sheet(ConnectionAdvice advice) {
            this.advice = advice;
        }

        void ok(Step step, String told, List<Detail> details) {
            results.put(step, new Result(step, Verdict.OK, step.id(), told, details, List.of()));
        }

        void unknown(Step step, String told) {
            results.put(step, new Result(step, Verdict.UNKNOWN, step.id(), told, List.of(), List.of()));
        }

        void warn(Step step, String kind, String told, List<Action> actions) {
            results.put(step, new Result(step, Verdict.WARN, kind, told, List.of(), actions));
        }

        void fail(Step step, RemotingFailure failure, List<Detail> details, List<Action> first) {
            List<Action> actions = new ArrayList<>(first);
            actions.addAll(advice.on(failure));
            results.put(step, new Result(step, Verdict.FAIL, failure.kind(), failure.message(), details, actions));
        }

        void fail(Step step, AnswerFailure failure) {
            results.put(
                    step,
                    new Result(
                            step,
                            Verdict.FAIL,
                            failure.kind(),
                            failure.message(),
                            List.of(),
                            ConnectionAdvice.on(failure)));
        }

        boolean failed() {
            return results.values().stream().anyMatch(result -> result.verdict() == Verdict.FAIL);
        }

        List<Result> steps() {
            List<Result> steps = new ArrayList<>();
            for (Step step : Step.values()) {
                Result entered = results.get(step);
                steps.add(
                        entered == null
                                ? new Result(step, Verdict.NOT_REACHED, step.id(), "not reached", List.of(), List.of())
                                : entered);
            }
            return steps;
        }
    }

    private static Step step(RemotingFailure failure) {
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

    private static void enter(Survey survey, Endpoint endpoint, Sheet sheet) {
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

    private static void enterTls(Survey.@Nullable Shown certificate, Endpoint endpoint, Sheet sheet) {
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

    private static void enterGreeting(Survey.Greeting greeting, Sheet sheet) {
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

    private static void enterSchemes(List<String> schemes, Endpoint endpoint, Sheet sheet) {
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

    private void enter(Server server, Endpoint endpoint, Survey survey, Sheet sheet, Deadline deadline)
            throws InterruptedException {
        try (Session session = remoting.open(endpoint, logon(server), deadline)) {
            enter(session, endpoint, survey, sheet, deadline);
        } catch (RemotingException e) {
            RemotingFailure failure = known(e.failure(), survey);
            sheet.fail(step(failure), failure, List.of(), List.of());
        }
    }

    private void enter(Session session, Endpoint endpoint, Survey survey, Sheet sheet, Deadline deadline)
            throws InterruptedException {
        try {
            ShellFacts facts = reader.read(session, deadline);
            loggedOn(session, endpoint, sheet);
            enter(facts, sheet);
        } catch (RemotingException e) {
            RemotingFailure failure = known(e.failure(), survey);
            Step end = step(failure);
            if (end.compareTo(Step.AUTHENTICATION) > 0) {
                loggedOn(session, endpoint, sheet);
            }
            if (end.compareTo(Step.SHELL) > 0) {
                sheet.ok(Step.SHELL, "a remote shell opens", List.of());
            }
            sheet.fail(end, failure, List.of(), List.of());
        } catch (AnswerException e) {
            loggedOn(session, endpoint, sheet);
            sheet.ok(Step.SHELL, "a remote shell opens", List.of());
            if (e.failure() instanceof AnswerFailure.ConstrainedLanguage) {
                sheet.ok(Step.POWERSHELL, "it starts", List.of());
                sheet.fail(Step.LANGUAGE_MODE, e.failure());
            } else {
                sheet.fail(Step.POWERSHELL, e.failure());
            }
        }
    }

    /** Who answered Identify is WinRM, whatever else answers for it now. */
    private static RemotingFailure known(RemotingFailure failure, Survey survey) {
        Survey.Greeting greeting = survey.greeting();
        return greeting != null && greeting.product() != null && failure instanceof NotWinRm other
                ? other.ofWinRm()
                : failure;
    }

    private static void loggedOn(Session session, Endpoint endpoint, Sheet sheet) {
        LoggedOn how = session.loggedOn().orElse(null);
        if (how == null) {
            sheet.unknown(Step.AUTHENTICATION, "the server has not said yet whether it takes the account");
            return;
        }
        String accepted = "the account is accepted (" + how.scheme().words() + secrecy(endpoint, how.scheme()) + ')';
        if (how.inVain().isEmpty()) {
            sheet.ok(Step.AUTHENTICATION, accepted, List.of());
            return;
        }
        String before = how.inVain().stream()
                .map(tried -> tried.scheme() + " comes first in the inventory, but: "
                        + tried.failure().message())
                .collect(Collectors.joining("; "));
        List<Action> actions = how.inVain().stream()
                .flatMap(tried -> sheet.advice.on(tried.failure()).stream())
                .distinct()
                .toList();
        sheet.warn(Step.AUTHENTICATION, "later-scheme", accepted + ". " + before, actions);
    }

    private static String secrecy(Endpoint endpoint, Endpoint.Scheme scheme) {
        if (endpoint.tls()) {
            return " over TLS";
        }
        return scheme == Endpoint.Scheme.BASIC ? ", readable for everybody in between" : ", messages encrypted";
    }

    private static void enter(ShellFacts facts, Sheet sheet) {
        sheet.ok(Step.SHELL, "a remote shell opens, runs a script and closes", List.of());
        sheet.ok(
                Step.POWERSHELL,
                (facts.psVersion() == null ? "it answers" : "version " + facts.psVersion())
                        + (facts.dotNetVersion() == null ? "" : ", .NET Framework " + facts.dotNetVersion()),
                List.of());
        sheet.ok(
                Step.LANGUAGE_MODE,
                facts.languageMode() == null ? "scripts of asrdoctor run" : facts.languageMode(),
                List.of());
        enterPolicy(facts, sheet);
        enterMemory(facts.memoryMB(), sheet);
        enterRights(facts.administrator(), sheet);
    }

    private static void enterPolicy(ShellFacts facts, Sheet sheet) {
        String policy = facts.policy();
        if (policy != null && (policy.equalsIgnoreCase("Restricted") || policy.equalsIgnoreCase("AllSigned"))) {
            sheet.warn(
                    Step.EXECUTION_POLICY,
                    "execution-policy",
                    policy + ", set by group policy, which no command line can loosen",
                    List.of(new Action(
                            Where.THE_SERVER,
                            "asrdoctor sends no script files, so it is not affected; but the module of the MARS agent may not"
                                    + " load, and then its proxy and bandwidth stay unknown. The policy is 'Turn on Script"
                                    + " Execution' (Windows PowerShell):",
                            List.of("Get-ExecutionPolicy -List", "gpresult /h gpresult.html"))));
        } else if (policy != null) {
            sheet.ok(Step.EXECUTION_POLICY, policy + ", set by group policy", List.of());
        } else {
            sheet.ok(
                    Step.EXECUTION_POLICY,
                    facts.executionPolicy() == null
                            ? "nothing is set; asrdoctor sends no script files"
                            : facts.executionPolicy() + ", set on the machine",
                    List.of());
        }
    }

    private static void enterMemory(@Nullable Long memoryMB, Sheet sheet) {
        if (memoryMB == null) {
            sheet.unknown(Step.MEMORY_QUOTA, "MaxMemoryPerShellMB could not be read");
        } else if (memoryMB > 0 && memoryMB < LITTLE_MEMORY_MB) {
            sheet.warn(
                    Step.MEMORY_QUOTA,
                    "memory-quota",
                    "one shell may use " + memoryMB + " MB (MaxMemoryPerShellMB); less than " + LITTLE_MEMORY_MB
                            + " MB can end a check half way",
                    List.of(new Action(
                            Where.THE_SERVER,
                            "Raise it; where it comes from a group policy ('Specify maximum amount of memory in MB per Shell'),"
                                    + " raise it there.",
                            List.of(
                                    "Set-Item WSMan:\\localhost\\Shell\\MaxMemoryPerShellMB 1024",
                                    "Restart-Service WinRM"))));
        } else {
            sheet.ok(
                    Step.MEMORY_QUOTA,
                    memoryMB == 0 ? "one shell may use any amount of memory" : "one shell may use " + memoryMB + " MB",
                    List.of());
        }
    }

    private static void enterRights(@Nullable Boolean administrator, Sheet sheet) {
        if (administrator == null) {
            sheet.unknown(Step.ADMINISTRATOR, "could not be told");
        } else if (administrator) {
            sheet.ok(Step.ADMINISTRATOR, "the account has an administrator's rights", List.of());
        } else {
            sheet.warn(
                    Step.ADMINISTRATOR,
                    "not-administrator",
                    "the account may log on but has not an administrator's rights, so much will stay unknown",
                    sheet.advice.rights());
        }
    }

    private String account(Server server) {
        String credential = server.connection().credential();
        return credential == null
                ? ""
                : accounts.known(credential).map(Identity::account).orElse("");
    }

    private Logon logon(Server server) {
        String credential = Objects.requireNonNull(server.connection().credential());
        return accounts.gate(credential, REFUSALS_ALLOWED).forServer(server.name());
    }
}
