package dev.asrdoctor.lab;

import static dev.asrdoctor.lab.ModelError.optional;

import dev.asrdoctor.lab.StateFault.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The machine itself. */
final class ModelMachine {
    private static final int MOST_HOSTS = 50;

    private final ModelScope scope;

    ModelMachine(ModelScope scope) {
        this.scope = scope;
    }

    static Map<String, Object> host(World world) {
        Optional<StateFault> fault = world.fault(Target.CIM);
        if (fault.isPresent()) {
            return StateErrors.area(fault.get());
        }
        SimHost host = world.host();
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("computerName", host.computerName());
        data.put("osCaption", host.osCaption());
        data.put("osVersion", host.osVersion());
        data.put("culture", host.culture());
        data.put("psVersion", host.psVersion());
        data.put("utcNow", world.now());
        data.put("bootedAt", host.bootedAt());
        data.put("utcOffsetMinutes", world.machine().utcOffsetMinutes());
        data.put("codePage", world.machine().codePage());
        return Map.of("data", data);
    }

    Map<String, @Nullable Object> system() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        JsonNode computer = scope.cim.instances("Win32_ComputerSystem").getFirst();
        data.put("cores", computer.path("NumberOfLogicalProcessors").asLong());
        data.put("memoryBytes", computer.path("TotalPhysicalMemory").asLong());
        data.put("domainRole", computer.path("DomainRole").asLong());
        data.put(
                "features",
                optional(() -> scope.cim.instances("Win32_ServerFeature").stream()
                                .map(feature -> feature.path("ID").asLong())
                                .sorted()
                                .toList())
                        .orElse(null));
        data.put(
                "fips",
                Long.valueOf(1)
                        .equals(scope.registry.number(
                                "HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy", "Enabled")));
        List<String> others = new ArrayList<>();
        scope.request.path("otherProducts").forEach(name -> {
            if (scope.registry.hasService(name.asString())) {
                others.add(name.asString());
            }
        });
        data.put("otherProducts", others);
        data.put("adapters", adapters());
        data.put("volumes", volumes());
        String root = optional(() ->
                        scope.registry.text("HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", "SystemRoot"))
                .orElse(null);
        data.put("windowsRoot", root);
        data.put("hosts", root == null ? null : hosts(root + "\\System32\\drivers\\etc\\hosts"));
        return data;
    }

    private @Nullable List<Map<String, Object>> hosts(String path) {
        if (scope.world.machine().file(path).filter(file -> !file.denied()).isEmpty()) {
            return null;
        }
        List<Map<String, Object>> entries = new ArrayList<>();
        for (String line : scope.files.text(path, 65_536).split("\n")) {
            String[] words = StringUtils.split(StringUtils.substringBefore(line, "#"), " \t\r");
            for (int i = 1; i < words.length; i++) {
                if (!words[i].equalsIgnoreCase("localhost") && entries.size() < MOST_HOSTS) {
                    Map<String, Object> entry = new LinkedHashMap<>();
                    entry.put("name", words[i]);
                    entry.put("address", words[0]);
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    private List<Map<String, Object>> adapters() {
        List<Map<String, Object>> adapters = new ArrayList<>();
        for (JsonNode adapter : scope.cim.instances("Win32_NetworkAdapterConfiguration")) {
            if (adapter.path("IPEnabled").asBoolean(false)) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("name", adapter.path("Description").asString(""));
                one.put("dhcp", adapter.path("DHCPEnabled").asBoolean(false));
                one.put("addresses", ModelScope.texts(adapter.path("IPAddress")));
                one.put("gateways", ModelScope.texts(adapter.path("DefaultIPGateway")));
                one.put("resolvers", ModelScope.texts(adapter.path("DNSServerSearchOrder")));
                adapters.add(one);
            }
        }
        return adapters;
    }

    private List<Map<String, Object>> volumes() {
        List<Map<String, Object>> volumes = new ArrayList<>();
        for (JsonNode volume : scope.cim.instances("Win32_Volume")) {
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
}
