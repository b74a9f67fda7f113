package dev.asrdoctor.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.cli.Commands.Ended;
import dev.asrdoctor.cli.HostileServer.Asked;
import dev.asrdoctor.cli.HostileServer.Behaviour;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.commons.lang3.StringUtils;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever one server does costs the others nothing: each is told for itself, and the run ends within the deadline. */
class HostileServersTest {
    private static final byte[] NOTHING = new byte[0];
    private static final String SOAP_TYPE = "Content-Type: application/soap+xml;charset=UTF-8\r\n";
    /** Only so that a run that never ends fails instead of hanging the build. */
    private static final Duration HANGING = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    @Test
    void noServerCostsTheOthersAnything() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-{1..6}: {}")) {
            String inventory = lab.inventory().toString();
            Path saved = folder.resolve("facts");
            new Commands().run("check", "-i", inventory, "ps-1", "--save-facts", saved.toString());
            JsonNode facts = JsonMapper.shared()
                    .readTree(Files.readString(saved.resolve("ps-1.json")))
                    .path("facts");
            Map<String, HostileServer> servers = new TreeMap<>();
            StringBuilder more = new StringBuilder(Files.readString(lab.inventory()));
            for (Map.Entry<String, Behaviour> one : behaviours(facts).entrySet()) {
                HostileServer server = new HostileServer(one.getValue());
                servers.put(one.getKey(), server);
                more.append(
                        "  '" + one.getKey() + "': { address: 127.0.0.1, port: " + server.port()
                                + ", deployment: standalone, transport: http, authentication: basic, allowBasicOverHttp: true }\n");
            }
            Path all = Files.writeString(folder.resolve("all.yaml"), more);
            try {
                Ended ended = Assertions.assertTimeoutPreemptively(
                        HANGING,
                        () -> new Commands().run("check", "-i", all.toString(), "--deadline", "45s", "-o", "json"));

                assertThat(ended.code()).as(ended.err()).isEqualTo(3);
                Map<String, String> statuses = new TreeMap<>();
                Map<String, String> told = new TreeMap<>();
                for (JsonNode server : JsonMapper.shared().readTree(ended.out()).path("servers")) {
                    String name = server.path("name").asString();
                    statuses.put(name, server.path("status").asString());
                    told.put(name, server.path("findings").toString());
                }
                for (int i = 1; i <= 6; i++) {
                    assertThat(statuses).containsEntry("ps-" + i, "PASS");
                }
                assertThat(statuses).hasSize(6 + servers.size());
                assertThat(statuses.get("null-item")).isEqualTo("UNKNOWN");
                assertThat(statuses.get("hostile-exclusion")).isIn("PASS", "WARN", "FAIL");
                assertThat(told.values()).noneMatch(text -> text.contains("own-fault"));
                assertThat(servers.get("one-byte").requests).hasValueLessThan(60);
                assertThat(servers.get("nothing-at-once").requests).hasValueLessThan(100);
                assertThat(servers.get("timeouts-at-once").requests).hasValueLessThan(100);
            } finally {
                for (HostileServer server : servers.values()) {
                    server.close();
                }
            }
        }
    }

    @Test
    void aConnectionThatTheServerWantsClosedIsClosed() throws Exception {
        try (HostileServer server = new HostileServer((asked, out) -> {
            if (asked.authorization().startsWith("Basic ")) {
                HostileServer.ordinary(asked, out, NOTHING);
            } else {
                out.write(("HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=\"WSMAN\"\r\nConnection: close\r\n"
                                + "Content-Length: 0\r\n\r\n")
                        .getBytes(US_ASCII));
            }
        })) {
            Path inventory = Files.writeString(folder.resolve("one.yaml"), """
                    version: 1
                    credentials: { it: { user: 'STUB\\operator', password: { environment: PW } } }
                    settings: { credential: it, transport: http, authentication: [ntlm, basic], allowBasicOverHttp: true }
                    servers:
                      one: { address: 127.0.0.1, port: %d, deployment: standalone }
                    """.formatted(server.port()));
            new Commands().with("PW", "a secret of 1").run("check", "-i", inventory.toString());
            assertThat(server.requests).hasValueGreaterThan(1);
            for (long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
                    server.open.get() > 0 && System.nanoTime() < end; ) {
                Thread.sleep(5);
            }
            assertThat(server.open).hasValue(0);
        }
    }

    private static Map<String, Behaviour> behaviours(JsonNode healthy) {
        Map<String, Behaviour> all = new LinkedHashMap<>();
        // On the wire.
        all.put("silent", (asked, out) -> Thread.sleep(HANGING));
        all.put("closes", (asked, out) -> asked.socket().close());
        all.put("drips", (asked, out) -> {
            for (byte b : "HTTP/1.1 200 OK\r\nX: ".getBytes(US_ASCII)) {
                out.write(b);
                Thread.sleep(200);
            }
            endless(out, "y", 200);
        });
        all.put("endless-headers", (asked, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII));
            endless(out, "X-Header: y\r\n", 0);
        });
        all.put("endless-interim", (asked, out) -> endless(out, "HTTP/1.1 100 Continue\r\n\r\n", 0));
        all.put("endless-chunks", (asked, out) -> {
            out.write(("HTTP/1.1 200 OK\r\n" + SOAP_TYPE + "Transfer-Encoding: chunked\r\n\r\n").getBytes(US_ASCII));
            endless(out, "1\r\nx\r\n", 0);
        });
        all.put("hundred-megabytes", (asked, out) -> {
            out.write(("HTTP/1.1 200 OK\r\n" + SOAP_TYPE + "\r\n").getBytes(US_ASCII));
            endless(out, StringUtils.repeat(' ', 65536), 0);
        });
        all.put("noise", (asked, out) -> endless(out, "\u0000\u007f\r\n<<<", 0));
        // In envelopes.
        on(all, "deep-xml", "Receive", asked -> HostileServer.soap(asked, StringUtils.repeat("<a>", 200_000)));
        on(
                all,
                "endless-tag",
                "Receive",
                asked -> HostileServer.soap(asked, "<a " + StringUtils.repeat("b=\"c\" ", 100_000) + "/>"));
        on(
                all,
                "many-streams",
                "Receive",
                asked -> HostileServer.soap(
                        asked,
                        "<rsp:ReceiveResponse>" + StringUtils.repeat("<rsp:Stream Name=\"x\">QQ==</rsp:Stream>", 20_000)
                                + "</rsp:ReceiveResponse>"));
        on(all, "one-byte", "Receive", asked -> HostileServer.received(asked, new byte[] {'x'}, false));
        on(all, "nothing-at-once", "Receive", asked -> HostileServer.received(asked, NOTHING, false));
        on(
                all,
                "timeouts-at-once",
                "Receive",
                asked -> HostileServer.soap(
                        asked,
                        "<s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Detail>"
                                + "<f:WSManFault xmlns:f=\"f\" Code=\"2150858793\"/></s:Detail></s:Fault>"));
        on(all, "endless-output", "Receive", asked -> HostileServer.received(asked, new byte[100_000], false));
        on(
                all,
                "error-of-megabytes",
                "Create",
                asked -> HostileServer.soap(
                        asked,
                        "<s:Fault><s:Reason><s:Text>" + StringUtils.repeat("no ", 300_000)
                                + "</s:Text></s:Reason></s:Fault>"));
        // In facts.
        facts(all, "hostile-exclusion", healthy, areas -> {
            data(areas, "product").put("serverRoot", "E:\\" + StringUtils.repeat('a', 60));
            data(areas, "antivirus").putArray("exclusions").add("E:\\" + StringUtils.repeat("*a", 14) + "*b");
        });
        facts(
                all,
                "null-item",
                healthy,
                areas -> data(areas, "antivirus").putArray("exclusions").addNull());
        facts(all, "long-wildcards", healthy, areas -> {
            data(areas, "product").put("serverRoot", "E:\\" + StringUtils.repeat('a', 300_000));
            data(areas, "antivirus").putArray("exclusions").add("E:\\" + StringUtils.repeat("*a", 150_000) + "b");
        });
        facts(all, "many-exclusions", healthy, areas -> {
            ArrayNode list = data(areas, "antivirus").putArray("exclusions");
            for (int i = 0; i < 100_000; i++) {
                list.add("*\\a");
            }
        });
        facts(
                all,
                "far-dates",
                healthy,
                areas -> data(areas, "host")
                        .put("utcNow", "+1000000000-12-31T23:59:59Z")
                        .put("bootedAt", "-1000000000-01-01T00:00:00Z"));
        all.put("deep-json", answering(StringUtils.repeat("{\"areas\":", 100_000)));
        all.put(
                "a-million-values",
                answering("{\"version\":1,\"areas\":[" + StringUtils.repeat("0,", 900_000) + "0]}"));
        all.put("a-long-number", answering("{\"version\":" + StringUtils.repeat('9', 1_000_000) + "}"));
        all.put("repeated-log-words", logs(healthy, StringUtils.repeat("HTTPHTTP:443 ERROR error code = ", 20_000)));
        return all;
    }

    private static void endless(OutputStream out, String text, long pause) throws Exception {
        byte[] bytes = text.getBytes(US_ASCII);
        while (true) {
            out.write(bytes);
            out.flush();
            Thread.sleep(pause);
        }
    }

    private static void on(Map<String, Behaviour> all, String name, String operation, Function<Asked, String> body) {
        all.put(name, (asked, out) -> {
            if (asked.is(operation)) {
                out.write(HostileServer.http(SOAP_TYPE, body.apply(asked)));
                out.flush();
            } else {
                HostileServer.ordinary(asked, out, NOTHING);
            }
        });
    }

    private static void facts(Map<String, Behaviour> all, String name, JsonNode healthy, Consumer<ObjectNode> change) {
        ObjectNode document = (ObjectNode) healthy.deepCopy();
        change.accept((ObjectNode) document.path("areas"));
        all.put(name, answering(document.toString()));
    }

    private static Behaviour logs(JsonNode healthy, String line) {
        ObjectNode document = (ObjectNode) healthy.deepCopy();
        List<ObjectNode> logs = new ArrayList<>();
        for (JsonNode area : document.path("areas")) {
            for (JsonNode log : area.path("data").path("logs")) {
                logs.add((ObjectNode) log);
            }
        }
        logs.forEach(log -> log.putArray("lines").add(line));
        return answering(document.toString());
    }

    private static ObjectNode data(ObjectNode areas, String area) {
        return (ObjectNode) areas.path(area).path("data");
    }

    /** Answers the script with these facts, in pieces as large as WinRM's. */
    private static Behaviour answering(String facts) {
        return (asked, out) -> {
            if (!asked.is("Receive")) {
                HostileServer.ordinary(asked, out, NOTHING);
                return;
            }
            byte[] all = Pieces.whole(asked, facts);
            int at = Pieces.next(asked);
            int end = Math.min(all.length, at + Pieces.LENGTH);
            byte[] part = Arrays.copyOfRange(all, Math.min(at, all.length), end);
            out.write(HostileServer.http(SOAP_TYPE, HostileServer.received(asked, part, end == all.length)));
            out.flush();
        };
    }

    /** How much of an answer went over a connection already. */
    private static final class Pieces {
        static final int LENGTH = 90_000;
        private static final Map<Socket, byte[]> WHOLE = new ConcurrentHashMap<>();
        private static final Map<Socket, Integer> SENT = new ConcurrentHashMap<>();

        static byte[] whole(Asked asked, String facts) throws Exception {
            byte[] known = WHOLE.get(asked.socket());
            if (known == null) {
                known = HostileServer.framed(asked, facts);
                WHOLE.put(asked.socket(), known);
            }
            return known;
        }

        static int next(Asked asked) {
            return SENT.merge(asked.socket(), LENGTH, Integer::sum) - LENGTH;
        }
    }
}
