package dev.asrdoctor.lab.wsman;

import dev.asrdoctor.remoting.gss.KerberosService;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in, and how.
 *
 * @param allowUnencrypted clear text is accepted over HTTP
 * @param kerberos with the keys of the endpoint's services, null: every ticket is refused
 */
public record LogonRules(
        Set<Scheme> schemes,
        boolean allowUnencrypted,
        ChannelBindings channelBindings,
        @Nullable KerberosService kerberos) {

    /** CbtHardeningLevel. */
    public enum ChannelBindings {
        NONE,
        /** A client may leave them out, but not send wrong ones; with Kerberos the lab cannot tell these apart, and looks away. */
        RELAXED,
        STRICT
    }

    /** Windows after {@code winrm quickconfig}: sealed Negotiate over HTTP, and no Basic. */
    public static final LogonRules DEFAULT = new LogonRules(Set.of(Scheme.NEGOTIATE), false, ChannelBindings.RELAXED);

    public static final LogonRules WITH_BASIC =
            new LogonRules(Set.of(Scheme.NEGOTIATE, Scheme.BASIC), false, ChannelBindings.RELAXED);

    public LogonRules {
        schemes = Set.copyOf(schemes);
    }

    public LogonRules(Set<Scheme> schemes, boolean allowUnencrypted, ChannelBindings channelBindings) {
        this(schemes, allowUnencrypted, channelBindings, null);
    }

    public LogonRules with(KerberosService service) {
        return new LogonRules(schemes, allowUnencrypted, channelBindings, service);
    }

    public LogonRules withAllowUnencrypted(boolean allow) {
        return new LogonRules(schemes, allow, channelBindings, kerberos);
    }
}
