package dev.asrdoctor.remoting.winrm4j;

import dev.asrdoctor.remoting.BlockingCalls;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.OptionalTransport;
import dev.asrdoctor.remoting.Remoting;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure.NotWithTransport;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.remoting.wsman.Doorbell;
import io.cloudsoft.winrm4j.client.WinRmClient;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * WinRM4j 0.12.3. Before it is let near a server, the adapter itself looks whether somebody answers there: WinRM4j tells
 * neither a silent port nor a strange certificate nor a refused logon apart from a time-out. The account is judged with
 * the first script.
 */
final class Winrm4jRemoting implements Remoting {
    /** The wait that WinRM4j is in ends after {@link Winrm4jSession#OPERATION}; ending the shell takes two answers more. */
    private static final Duration CLEANUP = Winrm4jSession.OPERATION.plusSeconds(6);

    private final BlockingCalls calls =
            new BlockingCalls("winrm4j", Objects.requireNonNull(WinRmClient.class.getClassLoader()), CLEANUP);
    private final Contexts contexts = new Contexts();
    private final Doorbell doorbell = new Doorbell(Duration.ofSeconds(10), Winrm4jSession.RECEIVE);
    private final OptionalTransport.Settings settings;

    Winrm4jRemoting(OptionalTransport.Settings settings) {
        this.settings = settings;
    }

    @Override
    public Session open(Endpoint endpoint, Logon logon, Deadline deadline)
            throws RemotingException, InterruptedException {
        Optional<NotWithTransport> cannot = cannot(endpoint);
        if (cannot.isPresent()) {
            throw new RemotingException(cannot.get());
        }
        doorbell.ring(endpoint, deadline);
        return new Winrm4jSession(endpoint, logon, settings.outputLimit(), calls, contexts, doorbell.tls(endpoint));
    }

    /** What the inventory asks for and WinRM4j would leave out without a word. */
    private static Optional<NotWithTransport> cannot(Endpoint endpoint) {
        if (endpoint.scheme() == Endpoint.Scheme.BASIC) {
            return Optional.of(new NotWithTransport(
                    "winrm4j",
                    "authentication basic: WinRM4j drops the time limits, the authority and the pins with it",
                    "Set authentication ntlm, or transport https, which knows Basic."));
        }
        if (!endpoint.schemes().contains(Endpoint.Scheme.NTLM)) {
            return Optional.of(new NotWithTransport(
                    "winrm4j",
                    "authentication "
                            + endpoint.schemes().stream()
                                    .map(scheme -> scheme.name().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", "))
                            + ": it logs on with NTLM, which the inventory does not allow here",
                    "Set transport https or http, which know every authentication, or allow ntlm for this server."));
        }
        if (endpoint.access().proxy() != null) {
            return Optional.of(new NotWithTransport(
                    "winrm4j",
                    "a proxy: it would connect directly",
                    "Set transport https or http, or 'proxy: none' for this server."));
        }
        if (endpoint.tls() && endpoint.access().minimumTls().equals("TLSv1.3")) {
            return Optional.of(new NotWithTransport(
                    "winrm4j",
                    "tls minVersion TLSv1.3: it cannot be kept from TLS 1.2",
                    "Set transport https, or leave 'minVersion' out for this server."));
        }
        return Optional.empty();
    }
}
