package dev.asrdoctor.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What ps-scripts/lib/net.ps1 finds when it tries connections from a simulated server. */
final class ModelNet {
    private static final int NO_SUCH_NAME = 11001;
    private static final int TIMED_OUT = 10060;
    /** What a local filter, such as Windows' own firewall, answers. */
    private static final int FORBIDDEN = 10013;

    private static final int REFUSED = 10061;
    private static final int NO_ROUTE = 10065;

    /** Where a proxy listens. */
    record Proxy(String host, long port) {}

    /** @param http the path to ask for, empty for none */
    record Target(String name, String host, long port, boolean tls, String http) {}

    /** The configuration server's web server. */
    static Target control(String host, long port, boolean plain) {
        return new Target("configuration-server", host, port, !plain, plain ? "" : "/");
    }

    private final Machine machine;
    private final Predicate<JsonNode> silent;

    ModelNet(World world) {
        this.machine = world.machine();
        this.silent = world::silent;
    }

    List<Map<String, @Nullable Object>> test(List<Target> targets, @Nullable Proxy proxy) {
        List<Map<String, @Nullable Object>> results = new ArrayList<>();
        targets.forEach(target -> results.add(test(target, target.tls() ? proxy : null)));
        return results;
    }

    Map<String, @Nullable Object> test(Target target, @Nullable Proxy proxy) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("name", target.name());
        result.put("host", target.host());
        result.put("port", target.port());
        String to = proxy == null ? target.host() : proxy.host();
        long port = proxy == null ? target.port() : proxy.port();
        int code = reach(to, port);
        result.put("outcome", code == 0 ? "connected" : code == TIMED_OUT ? "timed-out" : "failed");
        result.put("code", code);
        result.put("millis", 0);
        Optional<JsonNode> endpoint = directly(to, port);
        result.put(
                "address",
                code == 0 ? endpoint.map(e -> e.path("address").asString(to)).orElse(to) : null);
        result.put("stage", "tcp");
        result.put("proxyStatus", null);
        result.put("tls", null);
        result.put("httpStatus", null);
        result.put("error", null);
        if (code == 0 && target.tls()) {
            goOn(target, endpoint.orElseThrow(), proxy != null, result);
        }
        return result;
    }

    private void goOn(Target target, JsonNode endpoint, boolean proxied, Map<String, @Nullable Object> result) {
        JsonNode behind = endpoint;
        if (proxied) {
            result.put("stage", "proxy");
            Optional<JsonNode> reached = machine.network().endpoint(target.host(), target.port());
            long status = endpoint.path("connect").asLong(200);
            if (status == 200 && (reached.isEmpty() || reached.get().has("fails") || silent.test(reached.get()))) {
                status = 503;
            }
            result.put("proxyStatus", status);
            if (status != 200) {
                return;
            }
            behind = reached.orElseThrow();
        }
        result.put("stage", "tls");
        JsonNode tls = behind.path("tls");
        String fails = tls.path("fails").asString("");
        if (tls.isMissingNode() || fails.equals("handshake") || fails.equals("reset")) {
            result.put("code", fails.equals("reset") ? 10054 : -1);
            result.put(
                    "error",
                    fails.equals("handshake")
                            ? "AuthenticationException"
                            : fails.equals("reset") ? "SocketException" : "IOException");
            return;
        }
        Map<String, @Nullable Object> spoken = new LinkedHashMap<>();
        spoken.put("ok", true);
        spoken.put("protocol", tls.path("protocol").asString(""));
        spoken.put("subject", tls.path("subject").asString(""));
        spoken.put("issuer", tls.path("issuer").asString(""));
        spoken.put("problems", tls.path("problems").asLong(0));
        spoken.put("error", null);
        spoken.put("notBefore", Machine.instant(tls.path("notBefore")));
        spoken.put("notAfter", Machine.instant(tls.path("notAfter")));
        spoken.put("thumbprint", tls.path("thumbprint").asString("").toLowerCase(Locale.ROOT));
        result.put("tls", spoken);
        if (!target.http().isEmpty()) {
            result.put("stage", "http");
            if (!behind.has("http")) {
                result.put("code", -1);
                result.put("error", "EndOfStreamException");
                return;
            }
            result.put("httpStatus", behind.path("http").asLong());
        }
        result.put("stage", "done");
    }

    private Optional<JsonNode> directly(String host, long port) {
        return machine.network().endpoint(host, port).map(Network::directly);
    }

    private int reach(String host, long port) {
        Optional<JsonNode> endpoint = directly(host, port);
        String fails = endpoint.map(e -> e.path("fails").asString("")).orElse("");
        if (fails.equals("dns")) {
            return NO_SUCH_NAME;
        }
        int name = literal(host) ? 0 : machine.network().resolve(host).code();
        if (name != 0) {
            return name;
        }
        return switch (fails) {
            case "timeout" -> TIMED_OUT;
            case "refused" -> REFUSED;
            case "blocked" -> FORBIDDEN;
            case "unreachable" -> NO_ROUTE;
            default -> endpoint.isEmpty() || silent.test(endpoint.get()) ? REFUSED : 0;
        };
    }

    static boolean literal(String host) {
        return host.matches("(\\d{1,3}\\.){3}\\d{1,3}") || host.contains(":");
    }
}
