package dev.asrdoctor.lab;

import dev.asrdoctor.lab.ModelNet.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the log of the MARS agent tells. */
final class ModelMars {
    private static final Pattern ADDRESS = Pattern.compile("(?<![\\d.])((?:\\d{1,3}\\.){3}\\d{1,3}):443(?!\\d)");
    private static final Pattern STORAGE =
            Pattern.compile("[A-Za-z0-9-]+\\.blob\\.core\\.(?:windows\\.net|usgovcloudapi\\.net|chinacloudapi\\.cn)");

    private final ModelScope scope;

    ModelMars(ModelScope scope) {
        this.scope = scope;
    }

    Map<String, @Nullable Object> marsLog() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        if (scope.marsRoot == null) {
            data.put("folder", null);
            data.put("logs", List.of());
            data.put("addresses", List.of());
            return data;
        }
        String folder = scope.marsRoot.replaceAll("\\\\+$", "") + "\\Temp";
        List<Map<String, @Nullable Object>> logs = scope.files.logs(
                scope.places.logs("mars", scope.roots()), scope.request.at("/logs/mars"), 15, scope.logBytes(), 2);
        Set<String> seen = new LinkedHashSet<>();
        for (Map<String, @Nullable Object> log : logs) {
            List<Object> lines = new ArrayList<>((List<?>) log.getOrDefault("matches", List.of()));
            lines.addAll((List<?>) log.getOrDefault("good", List.of()));
            for (Object line : lines) {
                Matcher matcher = ADDRESS.matcher((String) line);
                while (matcher.find() && seen.size() < 8) {
                    seen.add(matcher.group(1));
                }
                Matcher storage = STORAGE.matcher((String) line);
                while (storage.find()) {
                    if (!scope.endpoints.contains(storage.group()) && scope.endpoints.size() < 12) {
                        scope.endpoints.add(storage.group());
                    }
                }
            }
        }
        data.put("folder", folder);
        data.put("logs", logs);
        data.put(
                "addresses",
                scope.net.test(
                        seen.stream()
                                .map(address -> new Target("azure-address", address, 443, false, ""))
                                .toList(),
                        null));
        return data;
    }
}
