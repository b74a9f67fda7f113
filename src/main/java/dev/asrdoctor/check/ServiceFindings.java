package dev.asrdoctor.check;

import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.text.Commands;
import dev.asrdoctor.text.Words;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the checks of services say alike. */
final class ServiceFindings {
    private ServiceFindings() {}

    static FindingBuilder about(Check check, ServiceFact service, ServicesFacts services) {
        return new FindingBuilder(check, service.name())
                .evidence("service", service.name())
                .evidence("displayName", service.displayName())
                .evidence("state", Words.word(service.state()))
                .evidence("startType", service.startType() == null ? null : Words.word(service.startType()))
                .evidence("exitCode", service.exitCode())
                .evidence("serviceExitCode", service.serviceExitCode())
                .evidence("errors", errors(service))
                .evidence("dependsOn", service.dependsOn())
                .evidence("source", services.source());
    }

    /** The numbers with which it ended, its own among them; null where they were not read. */
    private static @Nullable List<Long> errors(ServiceFact service) {
        List<Long> errors = Stream.of(service.exitCode(), service.serviceExitCode())
                .filter(code -> code != null && code != 0)
                .toList();
        return errors.isEmpty() ? null : errors;
    }

    static String ifDisabled(String name) {
        return "Find out who disabled it (event 7040 in the System log). If nobody meant to: " + setAutomatic(name)
                + ", then start it. If it is meant: name it under services.disabledOnPurpose in the policy.";
    }

    static Finding unreadable(Check check, Area.Unreadable<ServicesFacts> area) {
        return new FindingBuilder(check, "")
                .evidence("errorId", area.errorId())
                .evidence("message", area.message())
                .is(
                        Status.UNKNOWN,
                        Severity.HIGH,
                        "the services could not be read: " + area.message(),
                        "Check that the account may read services on that server: run 'Get-CimInstance Win32_Service' and"
                                + " 'Get-Service' there with it.");
    }

    /** The command that lets it start by itself, as it stands among words. */
    static String setAutomatic(String name) {
        return Commands.service(name)
                .map(quoted -> Commands.shown("sc.exe config " + quoted + " start= delayed-auto"))
                .orElse("set its start type to Automatic (Delayed Start) in services.msc");
    }

    /** How a person looks at its state. */
    static String query(String name) {
        return Commands.service(name)
                .map(quoted -> "Run on the server: " + Commands.shown("sc.exe query " + quoted))
                .orElse("Look at it on the server, in services.msc.");
    }
}
