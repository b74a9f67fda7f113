package dev.asrdoctor.facts;

import java.util.List;

/**
 * The upload engine's TCP connections but for those that listen.
 *
 * @param processes ids of the engine's processes
 * @param total how many there are; the list holds the first 100
 */
public record EngineConnections(List<Long> processes, long total, List<TcpConnection> connections) {

    /** @param state 3 SYN sent, 5 established, and so on (MSFT_NetTCPConnection.State) */
    public record TcpConnection(long process, long state, String remoteAddress, long remotePort) {
        public static final int SYN_SENT = 3;
        public static final int ESTABLISHED = 5;
    }
}
