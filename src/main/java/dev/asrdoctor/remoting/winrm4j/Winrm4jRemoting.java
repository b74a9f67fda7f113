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
import java.util.Objects;

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
        if (endpoint.scheme() == Endpoint.Scheme.BASIC) {
            throw new RemotingException(new NotWithTransport(
                    "winrm4j",
                    "authentication basic: WinRM4j drops the time limits, the authority and the pins with it",
                    "Set authentication ntlm, or transport https, which knows Basic."));
        }
        doorbell.ring(endpoint, deadline);
        return new Winrm4jSession(endpoint, logon, settings.outputLimit(), calls, contexts, doorbell.tls(endpoint));
    }
}
