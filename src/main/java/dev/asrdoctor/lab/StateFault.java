package dev.asrdoctor.lab;

/** A source of a simulated Windows that does not answer as it should. */
record StateFault(Target target, Kind error, String message) {

    enum Target {
        CIM,
        REGISTRY,
        SCM,
        EVENTLOG,
        PROCESS
    }

    enum Kind {
        ACCESS_DENIED,
        THROWS,
        HANG
    }
}
