package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.LoggedOn;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionCut;
import dev.asrdoctor.remoting.RemotingFailure.DeadlineExceeded;
import dev.asrdoctor.remoting.RemotingFailure.HttpRefused;
import dev.asrdoctor.remoting.RemotingFailure.LogonNotKept;
import dev.asrdoctor.remoting.Script;
import dev.asrdoctor.remoting.Session;
import java.time.Duration;
import java.util.Optional;

/** One connection to one server, with a new shell for every script. */
final class WsmanSession implements Session {
    private final ChannelOpener opener;
    private final Envelopes envelopes;
    private final MessageIds ids;
    private final WsmanSettings settings;
    private final Carrier renewing = new Carrier() {
        @Override
        public WsmanAnswer call(String envelope, String messageId, Exchange exchange)
                throws RemotingException, InterruptedException {
            return call(Envelope.of(envelope), messageId, exchange);
        }

        @Override
        public WsmanAnswer call(Envelope envelope, String messageId, Exchange exchange)
                throws RemotingException, InterruptedException {
            return WsmanSession.this.call(envelope, messageId, exchange);
        }
    };
    private Channel channel;
    private boolean usedBefore;

    WsmanSession(ChannelOpener opener, Channel channel, Envelopes envelopes, MessageIds ids, WsmanSettings settings) {
        this.opener = opener;
        this.channel = channel;
        this.envelopes = envelopes;
        this.ids = ids;
        this.settings = settings;
    }

    @Override
    public Output run(String script, Deadline deadline) throws RemotingException, InterruptedException {
        return run(Script.of(script), deadline);
    }

    @Override
    public Output run(Script script, Deadline deadline) throws RemotingException, InterruptedException {
        long started = System.nanoTime();
        CmdShell shell = new CmdShell(envelopes, ids, settings);
        try {
            open(shell, deadline);
            Output output = shell.run(renewing, script, deadline);
            sayGoodbye(shell, deadline);
            usedBefore = true;
            return output;
        } catch (RemotingException e) {
            cleanUp(shell);
            throw e.failure() instanceof DeadlineExceeded late
                    ? new RemotingException(
                            new DeadlineExceeded(late.stage(), Duration.ofNanos(System.nanoTime() - started)), e)
                    : e;
        } catch (InterruptedException e) {
            cleanUp(shell);
            Thread.currentThread().interrupt();
            throw e;
        } catch (RuntimeException e) {
            cleanUp(shell);
            throw e;
        }
    }

    private void open(CmdShell shell, Deadline deadline) throws RemotingException, InterruptedException {
        boolean maybeStale = usedBefore && channel.usable();
        if (!channel.usable()) {
            reconnect(deadline);
        }
        try {
            create(shell, deadline);
        } catch (RemotingException e) {
            // Servers close connections that were idle for long; that shows only with the next request.
            if (!(maybeStale && isStale(e.failure()))) {
                throw e;
            }
            reconnect(deadline);
            create(shell, deadline);
        }
    }

    /**
     * A server may forget a logon in the middle, as while it waits for output. What it answers 401 to it has not done, so that
     * it may be asked again over a new logon; the account was accepted before.
     */
    private WsmanAnswer call(Envelope envelope, String messageId, Exchange exchange)
            throws RemotingException, InterruptedException {
        Channel used = channel;
        try {
            return used.call(envelope, messageId, exchange);
        } catch (RemotingException e) {
            if (!(used.worked() && e.failure() instanceof LogonNotKept dropped && dropped.forgotten())) {
                throw e;
            }
            try {
                reconnect(exchange.deadline());
            } catch (RemotingException again) {
                e.addSuppressed(again);
                throw e;
            }
            Duration patience = settings.operationTimeout().plus(settings.answerMargin());
            return channel.call(envelope, messageId, Exchange.until(exchange.stage(), patience, exchange.deadline()));
        }
    }

    /** Servers say 400 and nothing more to a message that is sealed for a logon that they have forgotten. */
    private static boolean isStale(RemotingFailure failure) {
        return failure instanceof LogonNotKept
                || (failure instanceof HttpRefused refused
                        && refused.status() == 400
                        && refused.detail().isEmpty())
                || (failure instanceof ConnectionCut cut && cut.answerBytes() == 0);
    }

    private void create(CmdShell shell, Deadline deadline) throws RemotingException, InterruptedException {
        Channel over = channel;
        Shielded.run(
                () -> {
                    shell.create(over, deadline);
                    return null;
                },
                settings.cleanupTime());
    }

    /** The output is complete, so that nothing that goes wrong from here on may lose it, or hold it up for long. */
    private void sayGoodbye(CmdShell shell, Deadline deadline) throws InterruptedException {
        Deadline soon = Deadline.after(settings.cleanupTime());
        try {
            shell.end(channel, soon.nanoTime() - deadline.nanoTime() < 0 ? soon : deadline);
        } catch (RemotingException e) {
            cleanUp(shell);
        }
    }

    /** Leaves nothing running on the server, if it can still be reached: over this connection, else over one fresh one. */
    private void cleanUp(CmdShell shell) {
        if (!shell.needsEnd()) {
            return;
        }
        Deadline deadline = Deadline.after(settings.cleanupTime());
        try {
            if (channel.usable()) {
                try {
                    shell.end(channel, deadline);
                    return;
                } catch (RemotingException e) {
                    // The fresh connection below is the second and last try.
                }
            }
            reconnect(deadline);
            endOver(shell, deadline);
        } catch (RemotingException e) {
            // The server ends the shell by itself after its idle timeout.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where each answer ends the connection that a logon belongs to, the second request needs another one. */
    private void endOver(CmdShell shell, Deadline deadline) throws RemotingException, InterruptedException {
        try {
            shell.end(channel, deadline);
        } catch (RemotingException e) {
            if (!(e.failure() instanceof LogonNotKept)) {
                throw e;
            }
            reconnect(deadline);
            shell.end(channel, deadline);
        }
    }

    private void reconnect(Deadline deadline) throws RemotingException, InterruptedException {
        channel.close();
        channel = opener.open(deadline);
    }

    @Override
    public Optional<LoggedOn> loggedOn() {
        return channel.loggedOn();
    }

    @Override
    public void close() {
        channel.close();
    }
}
