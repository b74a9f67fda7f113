package dev.asrdoctor.remoting.gss;

import dev.asrdoctor.remoting.KerberosTrouble;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import javax.security.auth.Subject;
import org.ietf.jgss.ChannelBinding;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.MessageProp;
import org.ietf.jgss.Oid;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one Kerberos logon to one service: both sides prove themselves, nothing is delegated, messages are
 * sealed in order. For one connection, by one thread.
 */
public final class KerberosContext implements AutoCloseable {
    private static final Oid KERBEROS = oid("1.2.840.113554.1.2.2");
    private static final Oid PRINCIPAL_NAME = oid("1.2.840.113554.1.2.2.1");

    private final Subject subject;
    private final GSSContext context;

    private KerberosContext(Subject subject, GSSContext context) {
        this.subject = subject;
        this.context = context;
    }

    /**
     * @param service such as {@code host}
     * @param realm null: as krb5.conf maps the host, else its default
     * @param channelBinding application data of the TLS connection's, null without
     */
    public static KerberosContext to(
            String service, String host, @Nullable String realm, Subject subject, byte @Nullable [] channelBinding)
            throws KerberosException {
        return inside(subject, () -> {
            GSSManager manager = GSSManager.getInstance();
            GSSName name = realm == null
                    ? manager.createName(service + '@' + host, GSSName.NT_HOSTBASED_SERVICE)
                    : manager.createName(service + '/' + host + '@' + realm, PRINCIPAL_NAME);
            GSSContext context = manager.createContext(name, KERBEROS, null, GSSContext.DEFAULT_LIFETIME);
            demand(context);
            ChannelBinding binding = channelBinding == null ? null : ChannelBindings.of(channelBinding);
            if (binding != null) {
                context.setChannelBinding(binding);
            }
            return new KerberosContext(subject, context);
        });
    }

    static void demand(GSSContext context) throws GSSException {
        context.requestMutualAuth(true);
        context.requestConf(true);
        context.requestInteg(true);
        context.requestReplayDet(true);
        context.requestSequenceDet(true);
        context.requestCredDeleg(false);
    }

    /** True where this Java can bind a logon to its TLS connection. */
    public static boolean bindsToTls() {
        return ChannelBindings.available();
    }

    /** The first token, for which a ticket may have to be fetched from the domain. */
    public byte[] first() throws KerberosException {
        byte[] token = inside(subject, () -> context.initSecContext(new byte[0], 0, 0));
        if (token == null) {
            throw new KerberosException(KerberosTrouble.OTHER, "Java made no token", null);
        }
        return token;
    }

    /** Judges the server's proof, or what it sends in place of one. */
    public void finish(byte[] token) throws KerberosException {
        OptionalInt error = ErrorToken.code(token);
        if (error.isPresent()) {
            throw KerberosException.ofService(error.getAsInt());
        }
        inside(subject, () -> context.initSecContext(token, 0, token.length));
        if (!context.isEstablished() || !context.getMutualAuthState()) {
            throw new KerberosException(KerberosTrouble.NO_PROOF, "the server's answer proves nothing", null);
        }
    }

    /** The service principal name. */
    public String service() {
        try {
            return context.getTargName().toString();
        } catch (GSSException e) {
            return "?";
        }
    }

    public boolean seals() {
        return context.isEstablished() && context.getConfState();
    }

    public WrapToken.Parts seal(byte[] plain) throws KerberosException {
        return seal(context, plain);
    }

    static WrapToken.Parts seal(GSSContext context, byte[] plain) throws KerberosException {
        try {
            byte[] token = context.wrap(plain, 0, plain.length, new MessageProp(0, true));
            return WrapToken.split(token, plain.length);
        } catch (GSSException e) {
            throw KerberosException.of(e, KerberosTrouble.OTHER);
        }
    }

    /**
     * The plain text of both parts one after the other.
     *
     * @throws KerberosException if it was changed, lost, came out of order, or is not encrypted
     */
    public byte[] unseal(byte[] sealed) throws KerberosException {
        return unseal(context, sealed);
    }

    static byte[] unseal(GSSContext context, byte[] sealed) throws KerberosException {
        byte[] token = WrapToken.join(sealed);
        MessageProp property = new MessageProp(0, true);
        byte[] plain;
        try {
            plain = context.unwrap(token, 0, token.length, property);
        } catch (GSSException e) {
            throw KerberosException.of(e, KerberosTrouble.OTHER);
        }
        boolean inOrder = !property.isDuplicateToken()
                && !property.isOldToken()
                && !property.isUnseqToken()
                && !property.isGapToken();
        if (!property.getPrivacy() || !inOrder) {
            throw new KerberosException(
                    KerberosTrouble.OTHER, "a sealed message was lost, repeated, or is not encrypted", null);
        }
        int filler = WrapToken.filler(token);
        return filler > plain.length ? plain : Arrays.copyOf(plain, plain.length - filler);
    }

    @Override
    public void close() {
        try {
            context.dispose();
        } catch (GSSException e) {
            // It is forgotten either way.
        }
    }

    /** Something that GSS does with the tickets of a subject. */
    interface Action<T> {
        T run() throws GSSException;
    }

    static <T extends @Nullable Object> T inside(Subject subject, Action<T> action) throws KerberosException {
        try {
            return Subject.callAs(subject, action::run);
        } catch (CompletionException e) {
            throw KerberosException.of(Objects.requireNonNullElse(e.getCause(), e), KerberosTrouble.WRONG_KEY);
        }
    }

    static Oid oid(String dotted) {
        try {
            return new Oid(dotted);
        } catch (GSSException e) {
            throw new IllegalArgumentException(dotted, e);
        }
    }
}
