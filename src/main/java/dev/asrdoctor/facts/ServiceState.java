package dev.asrdoctor.facts;

/** A Windows service's state (SERVICE_STATUS.dwCurrentState). JSON: the name in lower case with hyphens. */
public enum ServiceState {
    STOPPED,
    START_PENDING,
    STOP_PENDING,
    RUNNING,
    CONTINUE_PENDING,
    PAUSE_PENDING,
    PAUSED,
    UNKNOWN;

    public boolean pending() {
        return this == START_PENDING || this == STOP_PENDING || this == CONTINUE_PENDING || this == PAUSE_PENDING;
    }
}
