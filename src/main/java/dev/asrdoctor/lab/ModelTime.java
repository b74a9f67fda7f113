package dev.asrdoctor.lab;

import dev.asrdoctor.lab.StateFault.Target;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The time service and what it wrote. */
final class ModelTime {
    private static final int TIME_EVENTS_OF_KIND = 5;
    private static final int MOST_SOURCES = 3;
    private static final Set<Long> TIME_EVENTS = Set.of(24L, 29L, 34L, 35L, 36L, 37L, 47L, 50L, 52L, 129L, 134L);

    private static final Duration WEEK = Duration.ofDays(7);

    private final ModelScope scope;

    ModelTime(ModelScope scope) {
        this.scope = scope;
    }

    Map<String, @Nullable Object> time() {
        String service = "HKLM:\\SYSTEM\\CurrentControlSet\\Services\\W32Time";
        String policy = "HKLM:\\SOFTWARE\\Policies\\Microsoft\\W32Time\\Parameters";
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        String type = scope.registry.text(service + "\\Parameters", "Type");
        ModelError.strike(scope.world, Target.SCM);
        data.put(
                "state",
                scope.world.find("W32Time").map(s -> Words.word(s.state)).orElse(null));
        data.put("startType", scope.registry.startType("W32Time"));
        data.put("type", type);
        data.put("servers", scope.registry.text(service + "\\Parameters", "NtpServer"));
        data.put("policyType", scope.registry.text(policy, "Type"));
        data.put("policyServers", scope.registry.text(policy, "NtpServer"));
        data.put("maxOffsetSeconds", scope.registry.number(service + "\\Config", "MaxAllowedPhaseOffset"));
        data.put("lastKnownGood", scope.registry.text(service + "\\Config", "LastKnownGoodTime"));
        data.put("vmwareTools", scope.registry.hasService("VMTools"));
        data.put("answers", answers(data));
        try {
            ModelError.strike(scope.world, Target.EVENTLOG);
            data.put("events", timeEvents());
            data.put("eventsError", null);
        } catch (ModelError e) {
            data.put("events", List.of());
            data.put("eventsError", e.id());
        }
        return data;
    }

    private List<Map<String, @Nullable Object>> answers(Map<String, @Nullable Object> settings) {
        Object type = settings.get("policyType") == null ? settings.get("type") : settings.get("policyType");
        Object servers =
                settings.get("policyServers") == null ? settings.get("servers") : settings.get("policyServers");
        boolean asked = ModelScope.texts(scope.request.path("areas")).contains("history");
        if (!asked || servers == null || "NT5DS".equals(type) || "NoSync".equals(type)) {
            return List.of();
        }
        return Arrays.stream(StringUtils.split(servers.toString(), ' '))
                .map(server -> StringUtils.substringBefore(server, ","))
                .filter(name -> !name.isEmpty())
                .limit(MOST_SOURCES)
                .map(this::answer)
                .collect(
                        ArrayList::new,
                        (all, answer) -> {
                            answer.put("source", String.valueOf(all.size()));
                            all.add(answer);
                        },
                        List::addAll);
    }

    /** A source that a scenario says nothing of does not answer. */
    private Map<String, @Nullable Object> answer(String source) {
        JsonNode told = scope.world.machine().part("timeSources").path(source);
        boolean named = ModelNet.literal(source)
                || scope.world.machine().network().resolve(source).code() == 0;
        boolean silent = told.isMissingNode() || told.path("silent").asBoolean(false);
        long ahead = told.path("aheadSeconds").asLong(0)
                - Math.round(scope.world.host().clockOffset().toMillis() / 1000.0);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("source", source);
        answer.put("stratum", named && !silent ? (Long) 3L : null);
        answer.put("aheadSeconds", named && !silent ? (Long) ahead : null);
        answer.put("error", !named ? "name" : silent ? "answer" : null);
        return answer;
    }

    private List<Map<String, Object>> timeEvents() {
        Instant since = scope.world.now().minus(WEEK);
        List<Map<String, Object>> events = new ArrayList<>();
        for (JsonNode event : scope.world.machine().part("events")) {
            Instant at = scope.world.machine().moment(event);
            if (event.path("provider").asString("").equals("Microsoft-Windows-Time-Service")
                    && TIME_EVENTS.contains(event.path("id").asLong())
                    && !at.isBefore(since)) {
                scope.lasts.whileYoungerThan(WEEK, at);
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("id", event.path("id").asLong());
                one.put("at", at);
                one.put("parameters", List.of());
                events.add(one);
            }
        }
        events.sort(Comparator.comparing((Map<String, Object> e) -> (Instant) e.get("at"))
                .reversed());
        Map<Object, Integer> kinds = new HashMap<>();
        return events.stream()
                .filter(event -> kinds.merge(event.get("id"), 1, Integer::sum) <= TIME_EVENTS_OF_KIND)
                .toList();
    }
}
