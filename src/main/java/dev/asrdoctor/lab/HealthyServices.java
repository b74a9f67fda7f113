package dev.asrdoctor.lab;

import dev.asrdoctor.check.RequiredServices;
import dev.asrdoctor.facts.AsrService;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.inventory.Deployment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The services of a freshly set-up server of each deployment, all running (docs/facts.md, "Services"). */
final class HealthyServices {
    private static final String ROOT = "C:\\ProgramData\\ASR\\home\\svsystems\\";
    private static final String AGENT = "C:\\Program Files (x86)\\Microsoft Azure Site Recovery\\agent\\";

    private static final Map<String, String> WEB_PUBLISHING = Map.of(
            "fr", "Service de publication World Wide Web",
            "de", "WWW-Publishingdienst",
            "ja", "World Wide Web \u767a\u884c\u30b5\u30fc\u30d3\u30b9");
    private static final Map<String, String> MANAGEMENT = Map.of(
            "fr", "Infrastructure de gestion Windows",
            "de", "Windows-Verwaltungsinstrumentation",
            "ja", "Windows Management Instrumentation");
    private static final Map<String, String> TIME =
            Map.of("fr", "Temps Windows", "de", "Windows-Zeitgeber", "ja", "Windows Time");
    private static final Map<String, String> RPC = Map.of(
            "fr", "Appel de proc\u00e9dure distante (RPC)",
            "de", "Remoteprozeduraufruf (RPC)",
            "ja", "Remote Procedure Call (RPC)");

    private HealthyServices() {}

    static List<SimService> of(Deployment deployment, String culture, Instant bootedAt) {
        String language = culture.split("-", 2)[0];
        List<SimService> services = new ArrayList<>();
        services.add(windows("RpcSs", RPC.getOrDefault(language, "Remote Procedure Call (RPC)"), List.of()));
        services.add(windows(
                "Winmgmt", MANAGEMENT.getOrDefault(language, "Windows Management Instrumentation"), List.of("RpcSs")));
        services.add(windows("W32Time", TIME.getOrDefault(language, "Windows Time"), List.of()));
        for (AsrService service : RequiredServices.of(deployment)) {
            services.add(service(service, language));
        }
        if (deployment == Deployment.CONFIGURATION_SERVER) {
            services.add(windows("WAS", "Windows Process Activation Service", List.of("RpcSs")));
        }
        if (deployment == Deployment.AZURE_FAILBACK) {
            services.add(service(AsrService.TMANSVC, language));
        }
        long processId = 812;
        for (SimService service : services) {
            service.processId = processId;
            service.processStartedAt = bootedAt.plusSeconds(processId % 240);
            processId += 104;
        }
        return services;
    }

    private static SimService windows(String name, String displayName, List<String> dependsOn) {
        SimService service = new SimService(name, displayName);
        service.imagePath = "C:\\Windows\\system32\\svchost.exe -k netsvcs";
        service.account = name.equals("RpcSs") ? "NT AUTHORITY\\NetworkService" : "LocalSystem";
        service.dependsOn = dependsOn;
        return service;
    }

    private static SimService service(AsrService known, String language) {
        String shown = known == AsrService.WEB_PUBLISHING
                ? WEB_PUBLISHING.getOrDefault(language, "World Wide Web Publishing Service")
                : known.displayNames().getFirst();
        SimService service = new SimService(known.serviceName(), shown);
        service.imagePath = switch (known) {
            case PROCESS_SERVER -> ROOT + "bin\\ProcessServer.exe";
            case PROCESS_SERVER_MONITOR -> ROOT + "bin\\ProcessServerMonitor.exe";
            case CX_PROCESS_SERVER -> "\"" + ROOT + "transport\\cxps.exe\" service";
            case PUSH_INSTALL -> ROOT + "pushinstallsvc\\PushInstall.exe";
            case LOG_UPLOAD -> ROOT + "bin\\LogUploadService.exe";
            case TMANSVC -> ROOT + "bin\\tmansvc.exe";
            case APPLICATION_SERVICE -> "\"" + AGENT + "appservice.exe\"";
            case VX_AGENT -> "\"" + AGENT + "svagents.exe\"";
            case MARS_AGENT -> "\"C:\\Program Files\\Microsoft Azure Recovery Services Agent\\bin\\cbengine.exe\"";
            case WEB_PUBLISHING -> "C:\\Windows\\system32\\svchost.exe -k iissvcs";
            case MYSQL -> "\"C:\\Program Files (x86)\\MySQL\\MySQL Server 5.7\\bin\\mysqld.exe\" MySQL";
            case PROVIDER -> "\"C:\\Program Files\\Microsoft Azure Site Recovery Provider\\DraService.exe\"";
        };
        service.delayed = known == AsrService.VX_AGENT || known == AsrService.APPLICATION_SERVICE;
        if (known == AsrService.MARS_AGENT) {
            service.start = 3;
        }
        if (known == AsrService.PUSH_INSTALL) {
            service.dependsOn = List.of("Winmgmt");
        }
        if (known == AsrService.WEB_PUBLISHING) {
            service.dependsOn = List.of("WAS");
        }
        service.state = ServiceState.RUNNING;
        return service;
    }
}
