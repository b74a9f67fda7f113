package dev.asrdoctor.lab;

import static dev.asrdoctor.lab.ModelWindows.optional;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The machine itself, and what scans its files. */
final class ModelMachine {
    private final ModelScope scope;

    ModelMachine(ModelScope scope) {
        this.scope = scope;
    }

    Map<String, @Nullable Object> system() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        JsonNode computer = scope.windows.cim("Win32_ComputerSystem").getFirst();
        data.put("cores", computer.path("NumberOfLogicalProcessors").asLong());
        data.put("memoryBytes", computer.path("TotalPhysicalMemory").asLong());
        data.put("domainRole", computer.path("DomainRole").asLong());
        data.put(
                "features",
                optional(() -> scope.windows.cim("Win32_ServerFeature").stream()
                                .map(feature -> feature.path("ID").asLong())
                                .sorted()
                                .toList())
                        .orElse(null));
        data.put(
                "fips",
                Long.valueOf(1)
                        .equals(scope.windows.number(
                                "HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy", "Enabled")));
        List<String> others = new ArrayList<>();
        scope.request.path("otherProducts").forEach(name -> {
            if (scope.windows.hasService(name.asString())) {
                others.add(name.asString());
            }
        });
        data.put("otherProducts", others);
        data.put("adapters", adapters());
        data.put("volumes", volumes());
        data.put(
                "windowsRoot",
                optional(() -> scope.windows.text(
                                "HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", "SystemRoot"))
                        .orElse(null));
        return data;
    }

    private List<Map<String, Object>> adapters() {
        List<Map<String, Object>> adapters = new ArrayList<>();
        for (JsonNode adapter : scope.windows.cim("Win32_NetworkAdapterConfiguration")) {
            if (adapter.path("IPEnabled").asBoolean(false)) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("name", adapter.path("Description").asString(""));
                one.put("dhcp", adapter.path("DHCPEnabled").asBoolean(false));
                one.put("addresses", ModelScope.texts(adapter.path("IPAddress")));
                one.put("gateways", ModelScope.texts(adapter.path("DefaultIPGateway")));
                adapters.add(one);
            }
        }
        return adapters;
    }

    private List<Map<String, Object>> volumes() {
        List<Map<String, Object>> volumes = new ArrayList<>();
        for (JsonNode volume : scope.windows.cim("Win32_Volume")) {
            if (volume.path("DriveType").asInt() == 3 && volume.has("Capacity")) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("name", volume.path("Name").asString(""));
                one.put("capacityBytes", volume.path("Capacity").asLong());
                one.put("freeBytes", volume.path("FreeSpace").asLong());
                volumes.add(one);
            }
        }
        return volumes;
    }

    Map<String, @Nullable Object> antivirus() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        JsonNode preference = null;
        String error = null;
        try {
            preference = scope.windows.cim("MSFT_MpPreference").getFirst();
        } catch (ModelError e) {
            error = e.id();
        }
        Optional<JsonNode> state =
                optional(() -> scope.windows.cim("MSFT_MpComputerStatus").getFirst());
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
            policyPaths = scope.windows.valueNames(policy + "\\Exclusions\\Paths");
            mergeOff = Long.valueOf(1).equals(scope.windows.number(policy, "DisableLocalAdminMerge"));
        } catch (ModelError e) {
            policyError = e.id();
        }
        data.put("policyPaths", policyPaths);
        data.put("mergeOff", mergeOff);
        data.put("policyError", policyError);
        data.put("drivers", optional(this::filterDrivers).orElse(null));
        data.put("scanners", optional(this::scanners).orElse(null));
        String root = scope.windows.text("HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", "SystemRoot");
        data.put("systemDrive", root == null ? "" : root);
        return data;
    }

    private List<String> scanners() {
        List<String> found = new ArrayList<>();
        scope.request.path("scanners").forEach(name -> {
            if (scope.windows.isUsedService(name.asString())) {
                found.add(name.asString());
            }
        });
        return found;
    }

    private List<String> filterDrivers() {
        Set<String> drivers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (JsonNode driver : scope.windows.cim("Win32_SystemDriver")) {
            String name = driver.path("Name").asString("");
            String service = "HKLM:\\SYSTEM\\CurrentControlSet\\Services\\" + name;
            String newer = service + "\\Parameters\\Instances";
            String path = scope.windows.text(newer, "DefaultInstance") == null ? service + "\\Instances" : newer;
            String instance = scope.windows.text(path, "DefaultInstance");
            String altitude = instance == null ? null : scope.windows.text(path + "\\" + instance, "Altitude");
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
