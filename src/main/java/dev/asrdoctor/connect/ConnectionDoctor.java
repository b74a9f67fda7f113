package dev.asrdoctor.connect;

import dev.asrdoctor.connect.Examination.Action;
import dev.asrdoctor.connect.Examination.Step;
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
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.remoting.Survey;
import dev.asrdoctor.remoting.Surveyor;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Connects to servers step by step and says at the first step that fails what to do, on which machine. Servers are visited
 * one after the other; an account that one of them has refused is not presented to the next.
 */
public final class ConnectionDoctor {
    private static final int REFUSALS_ALLOWED = 1;

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
        ConnectionSheet sheet = new ConnectionSheet(new ConnectionAdvice(endpoint, account(server)));
        Survey survey = surveyor.survey(endpoint, deadline);
        SurveyEntries.enter(survey, endpoint, sheet);
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

    private void enter(Server server, Endpoint endpoint, Survey survey, ConnectionSheet sheet, Deadline deadline)
            throws InterruptedException {
        try (Session session = remoting.open(endpoint, logon(server), deadline)) {
            enter(session, endpoint, survey, sheet, deadline);
        } catch (RemotingException e) {
            RemotingFailure failure = known(e.failure(), survey);
            sheet.fail(SurveyEntries.step(failure), failure, List.of(), List.of());
        }
    }

    private void enter(Session session, Endpoint endpoint, Survey survey, ConnectionSheet sheet, Deadline deadline)
            throws InterruptedException {
        try {
            ShellFacts facts = reader.read(session, deadline);
            loggedOn(session, endpoint, sheet);
            ShellEntries.enter(facts, sheet);
        } catch (RemotingException e) {
            RemotingFailure failure = known(e.failure(), survey);
            Step end = SurveyEntries.step(failure);
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

    private static void loggedOn(Session session, Endpoint endpoint, ConnectionSheet sheet) {
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
                .flatMap(tried -> sheet.advice().on(tried.failure()).stream())
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
