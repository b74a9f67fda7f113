package dev.asrdoctor.lab;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What ps-scripts/probe/doctor.ps1 answers, from a world. */
final class ModelShell {
    static final String REFUSAL =
            "Cannot invoke method. Method invocation is supported only on core types in this language mode."
                    + "_x000D__x000A_    + FullyQualifiedErrorId : MethodInvocationNotSupportedInConstrainedLanguage";

    private static final String POLICY = "HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell";

    private ModelShell() {}

    static boolean constrained(World world) {
        return world.machine()
                .part("powershell")
                .path("languageMode")
                .asString("")
                .equals("ConstrainedLanguage");
    }

    static Map<String, Object> answer(World world) {
        Machine machine = world.machine();
        Object memory = number(
                machine, "HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\WinRM\\Service\\WinRS", "MaxMemoryPerShellMB");
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("psVersion", world.host().psVersion());
        data.put("languageMode", "FullLanguage");
        data.put("policy", text(machine, POLICY, "ExecutionPolicy"));
        data.put("scripts", number(machine, POLICY, "EnableScripts"));
        data.put(
                "executionPolicy",
                text(
                        machine,
                        "HKLM:\\SOFTWARE\\Microsoft\\PowerShell\\1\\ShellIds\\Microsoft.PowerShell",
                        "ExecutionPolicy"));
        data.put(
                "memoryMB",
                memory == null ? number(machine, "WSMan:\\localhost\\Shell", "MaxMemoryPerShellMB") : memory);
        data.put(
                "dotNetVersion",
                text(machine, "HKLM:\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full", "Version"));
        data.put(
                "administrator",
                machine.key("Registry::HKEY_USERS\\S-1-5-19\\Environment")
                        .map(JsonNode::isObject)
                        .orElse(null));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("version", 1);
        answer.put("shell", Map.of("data", data));
        return answer;
    }

    private static @Nullable String text(Machine machine, String key, String name) {
        return machine.key(key)
                .filter(JsonNode::isObject)
                .map(values -> values.path(name).asString(""))
                .filter(text -> !text.isEmpty())
                .orElse(null);
    }

    private static @Nullable Long number(Machine machine, String key, String name) {
        return machine.key(key)
                .filter(JsonNode::isObject)
                .map(values -> values.path(name))
                .filter(JsonNode::isNumber)
                .map(JsonNode::asLong)
                .orElse(null);
    }
}
