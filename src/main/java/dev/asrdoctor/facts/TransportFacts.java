package dev.asrdoctor.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process server's data port and the logs of what goes through it.
 *
 * @param answer the HTTPS request to it; null where nothing says which process server
 * @param transferTest what cxpsclient said, null when it was not run
 * @param others the same request to the server's other addresses; null where the first was connected
 */
public record TransportFacts(
        long port,
        @Nullable ConnectionFacts answer,
        List<LogFacts> logs,
        @Nullable TransferTest transferTest,
        @Nullable List<ConnectionFacts> others) {

    /** @param failures the lines that tell a failure; its exit code tells nothing */
    public record TransferTest(boolean finished, List<String> failures) {}
}
