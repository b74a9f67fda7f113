package dev.asrdoctor.lab;

import static dev.asrdoctor.lab.ModelError.optional;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What scans the machine's files. */
final class ModelAntivirus {
    private final ModelScope scope;

    ModelAntivirus(ModelScope scope) {
        this.scope = scope;
    }

    Map<String, @Nullable Object> antivirus() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        JsonNode preference = null;
        String error = null;
        try {
            preference = scope.cim.instances("MSFT_MpPreference").getFirst();
        } catch (ModelError e) {
            error = e.id();
        }
        Optional<JsonNode> state =
                optional(() -> scope.cim.instances("MSFT_MpComputerStatus").getFirst());
        boolean off = preference != null
                && preference.path("DisableRealtimeMonitoring").asBoolean(false);
        Boolean realTime = off ? (Boolean) false : null;
        data.put("defender", preference != null);
        data.put("defenderError", error);
        data.put(
                "realTime",
                state.map(s -> (Boolean) s.path("RealTimeProtectionEnabled").asBoolean(false))
                        .orElse(realTime));
        data.put("mode", state.map(s -> s.path("AMRunningMode").asString("")).orElse(null));
        data.put("exclusions", preference == null ? null : ModelScope.texts(preference.path("ExclusionPath")));
        String policy = "HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows Defender";
        List<String> policyPaths = List.of();
        boolean mergeOff = false;
        String policyError = null;
        try {
            policyPaths = scope.registry.valueNames(policy + "\\Exclusions\\Paths");
            mergeOff = Long.valueOf(1).equals(scope.registry.number(policy, "DisableLocalAdminMerge"));
        } catch (ModelError e) {
            policyError = e.id();
        }
        data.put("policyPaths", policyPaths);
        data.put("mergeOff", mergeOff);
        data.put("policyError", policyError);
        data.put("drivers", optional(this::filterDrivers).orElse(null));
        data.put("scanners", optional(this::scanners).orElse(null));
        String root = scope.registry.text("HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", "SystemRoot");
        data.put("systemDrive", root == null ? "" : root);
        return data;
    }

    private List<String> scanners() {
        List<String> found = new ArrayList<>();
        scope.request.path("scanners").forEach(name -> {
            if (scope.registry.isUsedService(name.asString())) {
                found.add(name.asString());
            }
        });
        return found;
    }

    private List<String> filterDrivers() {
        Set<String> drivers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (JsonNode driver : scope.cim.instances("Win32_SystemDriver")) {
            String name = driver.path("Name").asString("");
            String service = "HKLM:\\SYSTEM\\CurrentControlSet\\Services\\" + name;
            String newer = service + "\\Parameters\\Instances";
            String path = scope.registry.text(newer, "DefaultInstance") == null ? service + "\\Instances" : newer;
            String instance = scope.registry.text(path, "DefaultInstance");
            String altitude = instance == null ? null : scope.registry.text(path + "\\" + instance, "Altitude");
            if (altitude != null && altitude.matches("\\d+(\\.\\d+)?")) {
                double number = Double.parseDouble(altitude);
                if (number >= 320_000 && number < 330_000) {
                    drivers.add(name);
                }
            }
        }
        return List.copyOf(drivers);
    }
}
