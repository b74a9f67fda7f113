package dev.asrdoctor.lab;

import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.ProductService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The services of a freshly set-up server of each deployment, all running (docs/facts.md, "Services"). */
final class HealthyServices {
    private static final String ROOT = "C:\\ProgramData\\ASR\\home\\svsystems";
    private static final String AGENT = "C:\\Program Files (x86)\\Microsoft Azure Site Recovery\\agent";

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
        for (ProductService service : deployment.required()) {
            services.add(service(service, language));
        }
        for (ProductService service : deployment.expected()) {
            services.add(service(service, language));
        }
        if (services.stream().anyMatch(service -> service.dependsOn.contains("WAS"))) {
            services.add(windows("WAS", "Windows Process Activation Service", List.of("RpcSs")));
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

    private static SimService service(ProductService known, String language) {
        String shown = known.displayNames().isEmpty()
                ? WEB_PUBLISHING.getOrDefault(language, "World Wide Web Publishing Service")
                : known.displayNames().getFirst();
        SimService service = new SimService(known.name(), shown);
        service.imagePath = known.program().replace("{root}", ROOT).replace("{agent}", AGENT);
        service.delayed = known.startType() == ProductService.Start.AUTOMATIC_DELAYED;
        if (known.startType() == ProductService.Start.MANUAL) {
            service.start = 3;
        }
        service.dependsOn = known.dependsOn();
        service.state = ServiceState.RUNNING;
        return service;
    }
}
