package dev.asrdoctor.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A service that is to be on a server.
 *
 * @param start as the registry has it: 2 automatic, 3 manual, 4 disabled
 * @param running once the server is up; what starts by itself is stopped where it shall not
 * @param behaviour how it starts, stops and falls, in milliseconds and exit codes
 */
record WineService(
        String name,
        String displayName,
        int start,
        boolean delayed,
        List<String> dependsOn,
        boolean running,
        Map<String, Integer> behaviour) {
    static final int AUTOMATIC = 2;
    static final int MANUAL = 3;
    static final int DISABLED = 4;

    static WineService named(String name) {
        return new WineService(name, name, AUTOMATIC, false, List.of(), true, Map.of());
    }

    WineService shownAs(String display) {
        return new WineService(name, display, start, delayed, dependsOn, running, behaviour);
    }

    WineService stopped() {
        return new WineService(name, displayName, start, delayed, dependsOn, false, behaviour);
    }

    WineService start(int type) {
        return new WineService(name, displayName, type, delayed, dependsOn, running, behaviour);
    }

    WineService onTopOf(String... others) {
        return new WineService(name, displayName, start, delayed, List.of(others), running, behaviour);
    }

    /** @param value of a parameter such as StartDelayMs, StopDelayMs, HangStart, StartExitCode, StopAfterMs */
    WineService with(String parameter, int value) {
        Map<String, Integer> more = new LinkedHashMap<>(behaviour);
        more.put(parameter, value);
        return new WineService(name, displayName, start, delayed, dependsOn, running, more);
    }

    private String key() {
        return "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\" + name;
    }

    /** What the service control manager reads when the server boots; a manual or disabled one is set so when all are up. */
    List<String> installed() {
        List<String> lines = new ArrayList<>();
        lines.add("[" + key() + "]");
        lines.add("\"DisplayName\"=\"" + displayName + "\"");
        lines.add("\"ErrorControl\"=dword:00000001");
        lines.add("\"ImagePath\"=\"C:\\\\windows\\\\svcstub.exe \\\"" + name + "\\\"\"");
        lines.add("\"ObjectName\"=\"LocalSystem\"");
        lines.add("\"Start\"=dword:" + String.format("%08x", running && start == DISABLED ? AUTOMATIC : start));
        lines.add("\"Type\"=dword:00000010");
        if (!dependsOn.isEmpty()) {
            lines.add("\"DependOnService\"=" + multi(dependsOn));
        }
        return lines;
    }

    /** What is so from then on. */
    List<String> settled() {
        List<String> lines = new ArrayList<>();
        lines.add("[" + key() + "]");
        lines.add("\"Start\"=dword:" + String.format("%08x", start));
        if (delayed) {
            lines.add("\"DelayedAutostart\"=dword:00000001");
        }
        if (!behaviour.isEmpty()) {
            lines.add("[" + key() + "\\Parameters]");
            behaviour.forEach(
                    (parameter, value) -> lines.add("\"" + parameter + "\"=dword:" + String.format("%08x", value)));
        }
        return lines;
    }

    private static String multi(List<String> texts) {
        StringBuilder hex = new StringBuilder("hex(7):");
        for (char c : (String.join("\0", texts) + "\0\0").toCharArray()) {
            hex.append(String.format("%02x,%02x,", c & 0xff, c >> 8));
        }
        return hex.substring(0, hex.length() - 1);
    }
}
