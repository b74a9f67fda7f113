package dev.asrdoctor.lab.wsman;

/** Ends the handling of a request with a fault as its answer. */
final class FaultException extends Exception {
    private final transient WsmanFault fault;

    FaultException(WsmanFault fault) {
        super(fault.reason(), null, false, false);
        this.fault = fault;
    }

    WsmanFault fault() {
        return fault;
    }
}
