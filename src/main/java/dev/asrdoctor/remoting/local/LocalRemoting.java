package dev.asrdoctor.remoting.local;

import com.profesorfalken.jpowershell.PowerShell;
import com.profesorfalken.jpowershell.PowerShellNotAvailableException;
import dev.asrdoctor.remoting.BlockingCalls;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.OptionalTransport;
import dev.asrdoctor.remoting.Remoting;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure.LocalPowerShellMissing;
import dev.asrdoctor.remoting.RemotingFailure.NameNotResolved;
import dev.asrdoctor.remoting.RemotingFailure.NotThisMachine;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.Session;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;

/**
 * Runs scripts on the machine that asrdoctor runs on, as the account that it runs as; nobody logs on. jPowerShell 3.1.1
 * takes 5 s to open a session, always.
 */
final class LocalRemoting implements Remoting {
    private final BlockingCalls calls = new BlockingCalls(
            "local", Objects.requireNonNull(PowerShell.class.getClassLoader()), Duration.ofSeconds(5));
    private final OptionalTransport.Settings settings;

    LocalRemoting(OptionalTransport.Settings settings) {
        this.settings = settings;
    }

    @Override
    public Session open(Endpoint endpoint, Logon logon, Deadline deadline)
            throws RemotingException, InterruptedException {
        requireThisMachine(endpoint.host());
        PowerShell shell = calls.until(deadline, Stage.SHELL, this::start);
        return new LocalSession(shell, settings, calls);
    }

    private PowerShell start() throws RemotingException {
        try {
            return PowerShell.openSession(settings.powerShell());
        } catch (PowerShellNotAvailableException e) {
            Throwable cause = e.getCause();
            String detail =
                    cause == null ? "" : String.valueOf(cause.getMessage()).replaceAll("[\\s\\p{Cntrl}]+", " ");
            throw new RemotingException(new LocalPowerShellMissing(settings.powerShell(), detail), e);
        }
    }

    private static void requireThisMachine(String host) throws RemotingException {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null) {
                    return;
                }
            }
        } catch (UnknownHostException e) {
            throw new RemotingException(new NameNotResolved(host), e);
        } catch (SocketException e) {
            throw new RemotingException(new NotThisMachine(host), e);
        }
        throw new RemotingException(new NotThisMachine(host));
    }
}
