package dev.asrdoctor.remoting.local;

import dev.asrdoctor.remoting.OptionalTransport;
import dev.asrdoctor.remoting.Remoting;

/** Entry point for {@code OptionalTransports}. */
public final class LocalTransport implements OptionalTransport {
    @Override
    public Remoting open(Settings settings) {
        return new LocalRemoting(settings);
    }
}
