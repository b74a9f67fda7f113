package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.Remoting;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.remoting.gss.KerberosLogins;

/**
 * Talks to the WinRM service of a server: a cmd shell over WS-Management (MS-WSMV), with Kerberos or NTLM, whose
 * messages are sealed over plain HTTP, a TLS client certificate, or Basic. With the last two the account is judged with the
 * first script, since they have no handshake.
 */
public final class WsmanRemoting implements Remoting {
    private final WsmanSettings settings;
    private final Dialer dialer;
    private final KerberosLogins kerberos;

    public WsmanRemoting(WsmanSettings settings) {
        this.settings = settings;
        this.dialer = new Dialer(settings.connectTimeout());
        this.kerberos = new KerberosLogins(settings.clock());
    }

    @Override
    public Session open(Endpoint endpoint, Logon logon, Deadline deadline)
            throws RemotingException, InterruptedException {
        ChannelOpener opener = new ChannelOpener(endpoint, logon, dialer, kerberos, settings);
        Channel channel = opener.open(deadline);
        MessageIds ids = new MessageIds(settings.random());
        return new WsmanSession(opener, channel, new Envelopes(endpoint, ids.next(), ShellType.CMD), ids, settings);
    }
}
