package dev.asrdoctor.remoting.local;

import dev.asrdoctor.remoting.OptionalTransport;
import dev.asrdoctor.remoting.Remoting;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Entry point for {@code OptionalTransports}. */
public final class LocalTransport implements OptionalTransport {
    /** Logs a deadline with its stack to standard error. Held, since a logger that nobody holds forgets its level. */
    private static final Logger QUIET = Logger.getLogger("com.profesorfalken.jpowershell");

    @Override
    public Remoting open(Settings settings) {
        QUIET.setLevel(Level.OFF);
        return new LocalRemoting(settings);
    }
}
