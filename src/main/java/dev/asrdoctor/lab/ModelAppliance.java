package dev.asrdoctor.lab;

import static dev.asrdoctor.lab.ModelError.optional;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What ps-scripts/probe/appliance.ps1 and licence.ps1 answer. */
final class ModelAppliance {
    private static final List<String> UNINSTALL = List.of(
            "HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall",
            "HKLM:\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall");

    private static final String POWERSHELL = "HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell";
    private static final List<List<String>> POLICIES = List.of(
            List.of("HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System", "DisableRegistryTools"),
            List.of("HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\System", "DisableCMD"),
            List.of("HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\Attachments", "UseTrustedHandlers"),
            List.of(POWERSHELL, "EnableScripts"),
            List.of(POWERSHELL, "ExecutionPolicy"));
    private static final int LONGEST_POLICY = 100;

    private final ModelScope scope;

    ModelAppliance(ModelScope scope) {
        this.scope = scope;
    }

    Map<String, @Nullable Object> appliance() {
        Long autoUpdate = scope.places.number("applianceSettings", "AutoUpdate");
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("configuration", configuration());
        data.put("components", components());
        data.put("autoUpdate", autoUpdate);
        data.put("autoUpdateFile", lower(file("autoUpdate"), "AutoUpdateEnabled"));
        data.put(
                "installing",
                optional(() -> scope.registry.key(
                                "HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer\\InProgress"))
                        .flatMap(key -> key)
                        .isPresent());
        data.put("programs", programs());
        List<String> unread = new ArrayList<>();
        data.put("policies", policies(unread));
        data.put("policiesUnread", unread);
        return data;
    }

    private ModelJson file(String name) {
        return ModelJson.read(scope, scope.places.path(name, scope.roots()));
    }

    private static @Nullable String lower(ModelJson file, String name) {
        String text = file.text(name);
        return text == null ? null : text.strip().toLowerCase(Locale.ROOT);
    }

    private Map<String, @Nullable Object> configuration() {
        ModelJson file = file("appliance");
        JsonNode settings = file.member("RegistrationSettings");
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("found", file.found());
        data.put("error", file.error());
        data.put("fabricType", file.text("FabricType"));
        data.put("registered", lower(file, "IsApplianceRegistered"));
        data.put("settings", !settings.isMissingNode() && !settings.isNull());
        data.put("version", file.text("ComponentVersion"));
        return data;
    }

    private List<Map<String, @Nullable Object>> components() {
        List<Map<String, @Nullable Object>> components = new ArrayList<>();
        scope.request.at("/product/files").forEachEntry((name, place) -> {
            if (name.startsWith("component")) {
                ModelJson file = file(name);
                Map<String, @Nullable Object> component = new LinkedHashMap<>();
                component.put(
                        "file",
                        StringUtils.substringAfterLast(place.path("path").asString(""), "\\"));
                component.put("found", file.found());
                component.put("error", file.error());
                component.put("configured", lower(file, "IsConfigured"));
                component.put("registered", lower(file, "IsRegistered"));
                components.add(component);
            }
        });
        return components;
    }

    private List<Map<String, @Nullable Object>> programs() {
        Map<String, Map<String, @Nullable Object>> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        List<String> wanted = ModelScope.texts(scope.request.at("/product/packages"));
        for (String root : UNINSTALL) {
            for (String key : optional(() -> scope.registry.subKeys(root)).orElse(List.of())) {
                String name = optional(() -> scope.registry.text(root + "\\" + key, "DisplayName"))
                        .orElse(null);
                if (name != null && wanted.stream().anyMatch(name::equalsIgnoreCase)) {
                    Map<String, @Nullable Object> program = new LinkedHashMap<>();
                    program.put("name", name);
                    program.put("version", scope.registry.text(root + "\\" + key, "DisplayVersion"));
                    found.putIfAbsent(name, program);
                }
            }
        }
        return List.copyOf(found.values());
    }

    private List<Map<String, Object>> policies(List<String> unread) {
        List<Map<String, Object>> policies = new ArrayList<>();
        for (List<String> place : POLICIES) {
            try {
                String value = scope.registry.text(place.getFirst(), place.getLast());
                if (value != null) {
                    Map<String, Object> policy = new LinkedHashMap<>();
                    policy.put("name", place.getLast());
                    policy.put("value", StringUtils.left(value, LONGEST_POLICY));
                    policies.add(policy);
                }
            } catch (ModelError e) {
                unread.add(place.getFirst() + ": " + e.id());
            }
        }
        return policies;
    }

    Map<String, @Nullable Object> licence() {
        List<Map<String, Object>> licences = new ArrayList<>();
        for (JsonNode product : scope.cim.instances("SoftwareLicensingProduct")) {
            if (product.path("ApplicationID").asString("").equals("55c92734-d682-4d71-983e-d6ec3f16059f")
                    && !product.path("PartialProductKey").asString("").isEmpty()) {
                Map<String, Object> licence = new LinkedHashMap<>();
                licence.put("status", product.path("LicenseStatus").asLong(0));
                licence.put("graceMinutes", product.path("GracePeriodRemaining").asLong(0));
                licence.put(
                        "evaluation", product.path("Description").asString("").contains("TIMEBASED_EVAL"));
                licences.add(licence);
            }
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("licences", licences);
        return data;
    }
}
