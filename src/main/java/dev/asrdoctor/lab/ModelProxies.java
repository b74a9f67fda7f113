package dev.asrdoctor.lab;

import dev.asrdoctor.lab.ModelNet.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What ps-scripts/lib/proxy.ps1 and probe/firewall.ps1 find of proxies, and the ways to Azure that they try. */
final class ModelProxies {
    private static final String INTERNET = "\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
    private static final Pattern ONE = Pattern.compile("(?i)(?:https=)?([^=]+)");

    /**
     * How Azure is tried.
     *
     * @param of whose proxy it is, null for none
     */
    record Way(@Nullable String of, ModelNet.@Nullable Proxy proxy) {
        static final Way DIRECT = new Way(null, null);

        @Nullable String text() {
            return proxy == null ? null : proxy.host() + ":" + proxy.port();
        }
    }

    record MachineProxy(
            Map<String, @Nullable Object> read,
            @Nullable String winHttp,
            @Nullable Way way) {}

    /** @param way by which the last of them were answered, or the first that was tried */
    record Tried(List<Map<String, @Nullable Object>> urls, Way way) {}

    private final ModelRegistry registry;
    private final ModelPlaces places;
    private @Nullable Way product;
    private boolean off;
    private String bypass = "";

    ModelProxies(ModelRegistry registry, ModelPlaces places) {
        this.registry = registry;
        this.places = places;
    }

    /** What the product was given, once for all areas. */
    void read() {
        Map<String, @Nullable Object> found = settings();
        Map<String, @Nullable Object> given =
                found == null || (found.get("address") == null && !isOff(found)) ? setup() : found;
        if (given == null) {
            return;
        }
        off = isOff(given);
        bypass = given.get("bypass") instanceof String list ? list : "";
        if (!off && given.get("address") instanceof String address && !address.isBlank()) {
            product = new Way("product", parse(address, (String) given.get("port")));
        }
    }

    @Nullable Way product() {
        return product;
    }

    String bypass() {
        return bypass;
    }

    @Nullable Map<String, @Nullable Object> settings() {
        return key("proxy");
    }

    @Nullable Map<String, @Nullable Object> setup() {
        return key("server");
    }

    private @Nullable Map<String, @Nullable Object> key(String name) {
        if (places.key(name).isEmpty()) {
            return null;
        }
        Map<String, @Nullable Object> key = new LinkedHashMap<>();
        key.put("address", places.text(name, "ProxyAddress"));
        key.put("port", places.text(name, "ProxyPort"));
        key.put("user", places.text(name, "ProxyUserName"));
        String list = places.text(name, "ProxyBypassUrls");
        key.put("bypass", list == null ? places.text(name, "Bypass") : list);
        key.put("off", places.text(name, "BypassDefault"));
        return key;
    }

    private static boolean isOff(Map<String, @Nullable Object> key) {
        return "True".equalsIgnoreCase((String) key.get("off"));
    }

    MachineProxy machine() {
        boolean forAll =
                Long.valueOf(0).equals(registry.number("HKLM:\\SOFTWARE\\Policies" + INTERNET, "ProxySettingsPerUser"));
        String path = (forAll ? "HKLM:\\SOFTWARE" : "Registry::HKEY_USERS\\S-1-5-18\\Software") + INTERNET;
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        boolean enabled = Long.valueOf(1).equals(registry.number(path, "ProxyEnable"));
        String server = registry.text(path, "ProxyServer");
        read.put("enabled", enabled);
        read.put("server", server);
        read.put("bypass", registry.text(path, "ProxyOverride"));
        read.put("script", registry.text(path, "AutoConfigURL"));
        read.put("from", forAll ? "machine" : "account");
        String winHttp = registry.text("HKLM:\\SOFTWARE" + INTERNET + "\\Connections", "WinHttpSettings");
        String proxy = enabled && server != null ? selected(server) : "";
        if (proxy.isEmpty() && winHttp != null) {
            proxy = fromWinHttp(winHttp);
        }
        return new MachineProxy(read, winHttp, proxy.isEmpty() ? null : new Way("machine", parse(proxy, "")));
    }

    private static String selected(String list) {
        return Stream.of(list.split("[;\\s]+"))
                .map(ONE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElse("");
    }

    private static String fromWinHttp(String settings) {
        byte[] bytes = Base64.getDecoder().decode(settings);
        if (bytes.length < 17 || (bytes[8] & 2) == 0) {
            return "";
        }
        int length = (bytes[12] & 0xFF) + 256 * (bytes[13] & 0xFF);
        return length > bytes.length - 16 ? "" : selected(new String(bytes, 16, length, StandardCharsets.US_ASCII));
    }

    static ModelNet.Proxy parse(String address, @Nullable String port) {
        String text = address.strip().replaceAll("/+$", "");
        long number = 80;
        Matcher scheme = Pattern.compile("^([a-zA-Z]+)://(.*)$").matcher(text);
        if (scheme.matches()) {
            number = scheme.group(1).equalsIgnoreCase("https") ? 443 : 80;
            text = scheme.group(2);
        }
        Matcher own = Pattern.compile("^([^:]+):(\\d{1,5})$").matcher(text);
        if (own.matches()) {
            text = own.group(1);
            number = Long.parseLong(own.group(2));
        }
        if (port != null && port.matches("\\s*\\d{1,5}\\s*")) {
            number = Long.parseLong(port.strip());
        }
        return new ModelNet.Proxy(text, number);
    }

    /** The MARS agent's proxy as its cmdlet tells it. */
    static Map<String, @Nullable Object> mars(JsonNode machine) {
        JsonNode setting = machine.path("ProxySetting");
        Map<String, @Nullable Object> agent = new LinkedHashMap<>();
        agent.put("enabled", setting.path("Enabled").asBoolean(false));
        agent.put(
                "address",
                setting.isMissingNode() ? null : setting.path("ProxyServer").asString(""));
        agent.put("port", setting.has("ProxyPort") ? setting.path("ProxyPort").asString("") : null);
        agent.put("user", ModelChanges.proxyUser(setting));
        return agent;
    }

    /** Whether a bypass list names a host. */
    static boolean names(String list, String host) {
        return Stream.of(list.split("[;,\\s]+"))
                .map(entry -> entry.replaceFirst("(?i)^https?://", "").replaceFirst("^\\.", "*."))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> Pattern.compile(
                                Stream.of(entry.split("\\*", -1))
                                        .map(Pattern::quote)
                                        .collect(Collectors.joining(".*")),
                                Pattern.CASE_INSENSITIVE)
                        .matcher(host)
                        .matches());
    }

    /** @param mars the MARS agent's settings, read where nothing else has served */
    Tried tried(ModelNet net, List<Target> targets, @Nullable Way machine, Supplier<@Nullable JsonNode> mars) {
        List<@Nullable Map<String, @Nullable Object>> results =
                new ArrayList<>(Collections.nCopies(targets.size(), null));
        Way used = null;
        for (Way way : ways(machine)) {
            if (serves(net, way, targets, results) || used == null) {
                used = way;
            }
        }
        if (results.stream().anyMatch(ModelProxies::open) && product == null) {
            JsonNode settings = mars.get();
            Map<String, @Nullable Object> agent = settings == null ? Map.of() : mars(settings);
            if (Boolean.TRUE.equals(agent.get("enabled"))
                    && agent.get("address") instanceof String address
                    && !address.isEmpty()) {
                Way way = new Way("mars", parse(address, (String) agent.get("port")));
                used = serves(net, way, targets, results) ? way : used;
            }
        }
        return new Tried(results.stream().map(Objects::requireNonNull).toList(), Objects.requireNonNull(used));
    }

    private List<Way> ways(@Nullable Way machine) {
        if (product != null) {
            return List.of(product);
        }
        if (machine == null) {
            return List.of(Way.DIRECT);
        }
        return off ? List.of(Way.DIRECT, machine) : List.of(machine, Way.DIRECT);
    }

    private static boolean open(@Nullable Map<String, @Nullable Object> result) {
        return result == null || !"done".equals(result.get("stage"));
    }

    private static boolean serves(
            ModelNet net, Way way, List<Target> targets, List<@Nullable Map<String, @Nullable Object>> results) {
        Map<Integer, Map<String, @Nullable Object>> again = new LinkedHashMap<>();
        for (int i = 0; i < targets.size(); i++) {
            if (open(results.get(i))) {
                again.put(i, net.test(targets.get(i), way.proxy()));
            }
        }
        boolean served = again.values().stream().anyMatch(result -> !open(result));
        again.forEach((place, result) -> {
            if (served || results.get(place) == null) {
                results.set(place, result);
            }
        });
        return served;
    }
}
