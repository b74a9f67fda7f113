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

    @Override
    public Remoting open(Settings settings) {
        QUIET.forEach(logger -> logger.setLevel(Level.OFF));
        return new Winrm4jRemoting(settings);
    }
}
