package dev.asrdoctor.remoting.gss;

import java.lang.reflect.Constructor;
import org.ietf.jgss.ChannelBinding;
import org.jspecify.annotations.Nullable;

/**
 * Channel bindings without addresses. Java's own class writes the address type GSS_C_AF_NULLADDR (255) into what is hashed,
 * while Windows and MIT expect GSS_C_AF_UNSPEC (0); only a class of the JDK's inside does that. The manifest of asrdoctor.jar
 * exports it ({@code Add-Exports}).
 */
final class ChannelBindings {
    private static final @Nullable Constructor<?> UNSPECIFIED_ADDRESSES = constructor();

    private ChannelBindings() {}

    private static @Nullable Constructor<?> constructor() {
        try {
            Constructor<?> found = Class.forName("sun.security.jgss.krb5.internal.TlsChannelBindingImpl")
                    .getConstructor(byte[].class);
            found.newInstance((Object) new byte[1]);
            return found;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    /** False where Java keeps the class to itself: logons are then not bound, which CbtHardeningLevel Strict refuses. */
    static boolean available() {
        return UNSPECIFIED_ADDRESSES != null;
    }

    static @Nullable ChannelBinding of(byte[] applicationData) {
        if (UNSPECIFIED_ADDRESSES == null) {
            return null;
        }
        try {
            return (ChannelBinding) UNSPECIFIED_ADDRESSES.newInstance((Object) applicationData);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a class of the JDK changed while the program ran", e);
        }
    }
}
