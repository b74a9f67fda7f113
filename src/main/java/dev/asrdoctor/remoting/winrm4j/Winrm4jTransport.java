package dev.asrdoctor.remoting.winrm4j;

import dev.asrdoctor.remoting.OptionalTransport;
import dev.asrdoctor.remoting.Remoting;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Entry point for {@code OptionalTransports}. */
public final class Winrm4jTransport implements OptionalTransport {
    /** CXF logs every failure with its stack to standard error; what matters of it is in what it throws. Held, since a logger that nobody holds forgets its level. */
    private static final List<Logger> QUIET = Stream.of("org.apache.cxf", "javax.xml.soap", "com.sun.xml")
            .map(Logger::getLogger)
            .toList();

    private static final String THRESHOLD = "org.apache.cxf.io.CachedOutputStream.Threshold";

    @Override
    public Remoting open(Settings settings) {
        // Beyond this CXF moves a message into a file, and WinRM4j then fails to encrypt it.
        if (System.getProperty(THRESHOLD) == null) {
            System.setProperty(THRESHOLD, Integer.toString(4 * 1024 * 1024));
        }
        QUIET.forEach(logger -> logger.setLevel(Level.OFF));
        return new Winrm4jRemoting(settings);
    }
}
