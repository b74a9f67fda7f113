package dev.asrdoctor.lab.wsman;

import java.util.Set;

/**
 * Who may come in, and how.
 *
 * @param allowUnencrypted clear text is accepted over HTTP
 */
public record LogonRules(Set<Scheme> schemes, boolean allowUnencrypted, ChannelBindings channelBindings) {

    /** CbtHardeningLevel. */
    public enum ChannelBindings {
        NONE,
        /** A client may leave them out, but not send wrong ones. */
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

    public LogonRules withAllowUnencrypted(boolean allow) {
        return new LogonRules(schemes, allow, channelBindings);
    }
}
