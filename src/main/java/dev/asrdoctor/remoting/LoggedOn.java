package dev.asrdoctor.remoting;

import dev.asrdoctor.remoting.RemotingFailure.NoSchemeWorked.Tried;
import java.util.List;

/**
 * How a connection was logged on.
 *
 * @param inVain what the inventory names before this scheme, and why it did not work, in that order
 */
public record LoggedOn(Endpoint.Scheme scheme, List<Tried> inVain) {
    public LoggedOn {
        inVain = List.copyOf(inVain);
    }
}
