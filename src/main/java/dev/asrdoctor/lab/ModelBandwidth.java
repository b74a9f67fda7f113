package dev.asrdoctor.lab;

import static dev.asrdoctor.lab.ModelError.optional;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Links and what holds them back. */
final class ModelBandwidth {
    private final ModelScope scope;

    ModelBandwidth(ModelScope scope) {
        this.scope = scope;
    }

    Map<String, @Nullable Object> bandwidth() {
        ModelScope.Mars mars = scope.mars();
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("throttle", mars.machine() == null ? null : throttle(mars.machine()));
        data.put("throttleError", mars.error());
        data.put("uploadThreads", scope.places.number("marsReplication", "UploadThreadsPerVM"));
        data.put("windowMillis", scope.window);
        List<Map<String, Object>> links = new ArrayList<>();
        for (JsonNode link : optional(() -> scope.cim.instances("Win32_PerfRawData_Tcpip_NetworkInterface"))
                .orElse(List.of())) {
            BigDecimal errors = scope.cim
                    .value(link.path("PacketsOutboundErrors"))
                    .add(scope.cim.value(link.path("PacketsReceivedErrors")));
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", link.path("Name").asString(""));
            one.put("bitsPerSecond", link.path("CurrentBandwidth").asLong());
            one.put("sentBytes", ModelCim.growth(link.path("BytesSentPersec"), scope.window));
            one.put(
                    "errors",
                    ModelCim.growth(link.path("PacketsOutboundErrors"), scope.window)
                            + ModelCim.growth(link.path("PacketsReceivedErrors"), scope.window));
            one.put(
                    "discarded",
                    ModelCim.growth(link.path("PacketsOutboundDiscarded"), scope.window)
                            + ModelCim.growth(link.path("PacketsReceivedDiscarded"), scope.window));
            one.put(
                    "errorsSinceBoot",
                    errors.setScale(0, RoundingMode.HALF_EVEN).longValue());
            links.add(one);
        }
        data.put("links", links);
        Optional<JsonNode> tcp = optional(
                () -> scope.cim.instances("Win32_PerfRawData_Tcpip_TCPv4").getFirst());
        data.put(
                "segmentsSent",
                tcp.map(t -> ModelCim.growth(t.path("SegmentsSentPersec"), scope.window))
                        .orElse(null));
        data.put(
                "segmentsSentAgain",
                tcp.map(t -> ModelCim.growth(t.path("SegmentsRetransmittedPersec"), scope.window))
                        .orElse(null));
        data.put("qos", optional(this::qosPolicies).orElse(null));
        return data;
    }

    private List<Map<String, @Nullable Object>> qosPolicies() {
        List<Map<String, @Nullable Object>> policies = new ArrayList<>();
        String root = "HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\QoS";
        for (String name : scope.registry.subKeys(root)) {
            String key = root + "\\" + name;
            Long rate = scope.registry.number(key, "Throttle Rate");
            if (rate != null && rate > 0) {
                String application = scope.registry.text(key, "Application Name");
                Map<String, @Nullable Object> one = new LinkedHashMap<>();
                one.put("name", name);
                one.put("application", application == null ? "" : application);
                one.put("protocol", scope.registry.text(key, "Protocol"));
                one.put("localPort", scope.registry.text(key, "Local Port"));
                one.put("remotePort", scope.registry.text(key, "Remote Port"));
                one.put("remoteAddress", scope.registry.text(key, "Remote IP"));
                one.put("url", scope.registry.text(key, "URL"));
                one.put("kilobytesPerSecond", rate);
                policies.add(one);
            }
        }
        return policies;
    }

    private static Map<String, Object> throttle(JsonNode machine) {
        Map<String, Object> members = new LinkedHashMap<>();
        machine.propertyStream()
                .filter(entry -> Pattern.compile("(?i)Throttl|Bandwidth")
                        .matcher(entry.getKey())
                        .find())
                .forEach(entry -> {
                    JsonNode value = entry.getValue();
                    if (value.isObject()) {
                        value.properties().forEach(inner -> members.put(inner.getKey(), word(inner.getValue())));
                    } else {
                        members.put(entry.getKey(), word(value));
                    }
                });
        return members;
    }

    /** As PowerShell writes it. */
    private static String word(JsonNode value) {
        if (value.isBoolean()) {
            return value.asBoolean() ? "True" : "False";
        }
        if (value.isArray()) {
            List<String> words = new ArrayList<>();
            value.forEach(item -> words.add(word(item)));
            return String.join(",", words);
        }
        return value.asString("");
    }
}
