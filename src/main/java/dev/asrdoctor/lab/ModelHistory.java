package dev.asrdoctor.lab;

import dev.asrdoctor.lab.StateFault.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What ps-scripts/probe/history.ps1 reads of the event logs. */
final class ModelHistory {
    private static final int MOST_TEXTS = 8;
    private static final int MOST_TERMS = 20;
    private static final int LONGEST_TEXT = 120;
    private static final Duration TWO_DAYS = Duration.ofDays(2);
    private static final int CLOCK_SET = 1;
    private static final int DEVICE_RESET = 129;
    private static final int DOT_NET = 1026;
    private static final long JUMP_SECONDS = 60;

    private static final Map<String, Set<Integer>> SYSTEM = Map.ofEntries(
            Map.entry("disk", Set.of(7, 11, 51, 153, 157)),
            Map.entry("eventlog", Set.of(6008, 6011)),
            Map.entry("microsoft-windows-grouppolicy", Set.of(1502)),
            Map.entry("microsoft-windows-httpevent", Set.of(15005)),
            Map.entry("microsoft-windows-kernel-general", Set.of(CLOCK_SET)),
            Map.entry("microsoft-windows-kernel-power", Set.of(41)),
            Map.entry("microsoft-windows-ndis", Set.of(10317)),
            Map.entry("microsoft-windows-ntfs", Set.of(36, 37, 55)),
            Map.entry("microsoft-windows-resource-exhaustion-detector", Set.of(2004)),
            Map.entry("microsoft-windows-was", Set.of(5002, 5021, 5057, 5059)),
            Map.entry("microsoft-windows-windowsupdateclient", Set.of(19, 20)),
            Map.entry("netlogon", Set.of(3210, 5719)),
            Map.entry("ntfs", Set.of(36, 37, 55)),
            Map.entry("partmgr", Set.of(58)),
            Map.entry("schannel", Set.of(36871, 36874, 36887)),
            Map.entry("service control manager", Set.of(7041, 7045)),
            Map.entry("tcpip", Set.of(4199, 4227, 4231)),
            Map.entry("user32", Set.of(1074)));
    private static final Map<String, Set<Integer>> APPLICATION = Map.of(
            ".net runtime", Set.of(DOT_NET),
            "application error", Set.of(1000),
            "application hang", Set.of(1002),
            "msiinstaller", Set.of(1033, 1034));
    private static final Set<Integer> TOLD_APART = Set.of(19, 20, 1000, 1002, 1033, 1034, 7041, 7045, 5002, 5021);

    private final ModelScope scope;
    private final Set<String> programs;

    ModelHistory(ModelScope scope) {
        this.scope = scope;
        programs = scope.request
                .path("product")
                .path("programs")
                .valueStream()
                .map(program -> program.asString("").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    Map<String, @Nullable Object> history() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        @Nullable String error = null;
        try {
            ModelError.strike(scope.world, Target.EVENTLOG);
        } catch (ModelError e) {
            error = e.id();
        }
        List<Map<String, Object>> events = new ArrayList<>();
        if (error == null) {
            events.addAll(read(SYSTEM, true));
            events.addAll(read(APPLICATION, false));
        }
        data.put("events", events);
        data.put("systemError", error);
        data.put("applicationError", error);
        return data;
    }

    private record Logged(String provider, int id, Instant at, List<String> texts) {}

    private List<Map<String, Object>> read(Map<String, Set<Integer>> kinds, boolean system) {
        List<Integer> ids = Stream.concat(
                        kinds.values().stream().flatMap(Set::stream), system ? Stream.of(DEVICE_RESET) : Stream.empty())
                .distinct()
                .sorted()
                .toList();
        Map<String, Map<String, Object>> known = new LinkedHashMap<>();
        for (int from = 0; from < ids.size(); from += MOST_TERMS) {
            readSome(kinds, system, ids.subList(from, Math.min(from + MOST_TERMS, ids.size())), known);
        }
        return List.copyOf(known.values());
    }

    private void readSome(
            Map<String, Set<Integer>> kinds,
            boolean system,
            List<Integer> ids,
            Map<String, Map<String, Object>> known) {
        Instant since = scope.world.now().minus(TWO_DAYS);
        scope.world
                .machine()
                .part("events")
                .valueStream()
                .map(this::logged)
                .filter(event -> ids.contains(event.id)
                        && !event.at.isBefore(since)
                        && isKind(kinds, system, event)
                        && matters(event))
                .sorted(Comparator.comparing(Logged::at).reversed())
                .forEach(event -> {
                    scope.lasts.whileYoungerThan(TWO_DAYS, event.at);
                    String kind = event.provider + " " + event.id
                            + (TOLD_APART.contains(event.id) && !event.texts.isEmpty()
                                    ? " " + event.texts.getFirst()
                                    : "");
                    Map<String, Object> told = known.computeIfAbsent(kind, key -> told(event));
                    told.merge("count", 1L, (count, one) -> (Long) count + (Long) one);
                });
    }

    private static Map<String, Object> told(Logged event) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("provider", event.provider);
        told.put("id", event.id);
        told.put("at", event.at);
        told.put("count", 0L);
        told.put("parameters", event.texts);
        return told;
    }

    private Logged logged(JsonNode event) {
        return new Logged(
                event.path("provider").asString("").toLowerCase(Locale.ROOT),
                event.path("id").asInt(),
                scope.world.machine().moment(event),
                event.path("parameters")
                        .valueStream()
                        .map(text -> text.asString(""))
                        .limit(MOST_TEXTS)
                        .map(text -> text.substring(0, Math.min(LONGEST_TEXT, text.length())))
                        .toList());
    }

    private static boolean isKind(Map<String, Set<Integer>> kinds, boolean system, Logged event) {
        return event.id == DEVICE_RESET
                ? system && !event.provider.equals("microsoft-windows-time-service")
                : kinds.getOrDefault(event.provider, Set.of()).contains(event.id);
    }

    private boolean matters(Logged event) {
        if (event.id == CLOCK_SET) {
            return !event.texts.isEmpty() && Math.abs(Long.parseLong(event.texts.getFirst())) >= JUMP_SECONDS;
        }
        if (event.id == DOT_NET) {
            return !event.texts.isEmpty()
                    && programs.stream()
                            .anyMatch(program -> event.texts
                                    .getFirst()
                                    .toLowerCase(Locale.ROOT)
                                    .contains(program));
        }
        return !event.provider.startsWith("application ")
                || (!event.texts.isEmpty()
                        && programs.contains(event.texts.getFirst().toLowerCase(Locale.ROOT)));
    }
}
