package dev.asrdoctor.report;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import java.util.List;

/**
 * How a command ends. Where several hold, "could not tell" is never hidden behind "found a problem", and a failed remedy
 * comes before everything: 4, then 3, then 1, then 0. Warnings alone are 0.
 */
public enum ExitCode {
    HEALTHY(0),
    PROBLEMS(1),
    USAGE(2),
    NOT_CHECKED(3),
    REMEDY_FAILED(4);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Of a check run: any finding that is UNKNOWN means that something could not be checked. */
    public static ExitCode of(List<ServerReport> servers) {
        if (has(servers, Status.UNKNOWN)) {
            return NOT_CHECKED;
        }
        return has(servers, Status.FAIL) ? PROBLEMS : HEALTHY;
    }

    private static boolean has(List<ServerReport> servers, Status status) {
        return servers.stream()
                .flatMap(server -> server.findings().stream())
                .map(Finding::status)
                .anyMatch(s -> s == status);
    }
}
