package dev.asrdoctor.remoting.gss;

import dev.asrdoctor.remoting.KerberosTrouble;
import java.nio.file.Path;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KeyTab;
import org.ietf.jgss.ChannelBinding;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;
import org.jspecify.annotations.Nullable;

/** The server's side of Kerberos, with the keys of a keytab, for simulated servers. Safe for many threads. */
public final class KerberosService {
    private static final Oid[] MECHANISMS = {
        KerberosContext.oid("1.2.840.113554.1.2.2"), KerberosContext.oid("1.3.6.1.5.5.2")
    };

    private final Subject subject;

    private KerberosService(Subject subject) {
        this.subject = subject;
    }

    /**
     * A service that answers to every name whose key the keytab holds. Java's login module would ask for a default realm,
     * which a machine without a Kerberos configuration does not have; the keys alone do not need one.
     */
    public static KerberosService of(Path keytab) {
        Subject subject = new Subject();
        subject.getPrivateCredentials().add(KeyTab.getUnboundInstance(keytab.toFile()));
        return new KerberosService(subject);
    }

    /**
     * One logon. Raw Kerberos tokens and SPNEGO ones are both understood.
     *
     * @param channelBinding application data that a client must have bound its logon to, null where that is not asked for
     */
    public Acceptance accept(byte @Nullable [] channelBinding) throws KerberosException {
        return KerberosContext.inside(subject, () -> {
            GSSManager manager = GSSManager.getInstance();
            GSSCredential credential = manager.createCredential(
                    null, GSSCredential.INDEFINITE_LIFETIME, MECHANISMS, GSSCredential.ACCEPT_ONLY);
            GSSContext context = manager.createContext(credential);
            ChannelBinding binding = channelBinding == null ? null : ChannelBindings.of(channelBinding);
            if (binding != null) {
                context.setChannelBinding(binding);
            }
            return new Acceptance(subject, context);
        });
    }

    /** One connection's logon. For one thread. */
    public static final class Acceptance {
        private final Subject subject;
        private final GSSContext context;

        private Acceptance(Subject subject, GSSContext context) {
            this.subject = subject;
            this.context = context;
        }

        /** The answer to a client's token; may be empty. */
        public byte[] next(byte[] token) throws KerberosException {
            byte[] answer = KerberosContext.<byte @Nullable []>inside(
                    subject, () -> context.acceptSecContext(token, 0, token.length));
            return answer == null ? new byte[0] : answer;
        }

        public boolean established() {
            return context.isEstablished();
        }

        /** {@code user@REALM}. */
        public String client() throws KerberosException {
            try {
                return context.getSrcName().toString();
            } catch (GSSException e) {
                throw KerberosException.of(e, KerberosTrouble.OTHER);
            }
        }

        /** True where the client handed out its own tickets as well. */
        public boolean delegated() {
            return context.getCredDelegState();
        }

        public WrapToken.Parts seal(byte[] plain) throws KerberosException {
            return KerberosContext.seal(context, plain);
        }

        public byte[] unseal(byte[] sealed) throws KerberosException {
            return KerberosContext.unseal(context, sealed);
        }
    }
}
