package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.lab.command.ScriptResult;
import dev.asrdoctor.remoting.Recordings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.stream.StreamSupport;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;

/** Asks the lab what real hosts were asked and compares the answers, element by element. */
class RecordedAnswersTest {
    private static final String UUID = "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";

    private record Exchange(String request, String response, int status) {
        boolean timedOut() {
            return response.contains("Code=\"2150858793\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "winrs_standard, vagrant",
        "winrs_stderr_rc, vagrant",
        "winrs_send, vagrant",
        "winrs_environment, vagrant",
        "winrs_bad_cmd_id, vagrant",
        "winrs_no_cmd_shell, DOMAIN\\vagrant-domain",
        "winrs_operation_timeout, vagrant"
    })
    void answersAsTheRecordedHostDid(String name, String owner) throws Exception {
        replay(recorded("winrs/" + name + ".yml"), owner);
    }

    @Test
    void answersTheRecordedGoClient() throws Exception {
        List<JsonNode> messages = StreamSupport.stream(
                        Recordings.json("http/ntlm-plain.json").get("messages").spliterator(), false)
                .toList();
        List<Exchange> exchanges = new ArrayList<>();
        // The first two carry the NTLM messages without effect on the service.
        for (int i = 2; i + 1 < messages.size(); i += 2) {
            JsonNode answer = messages.get(i + 1);
            exchanges.add(new Exchange(
                    messages.get(i).get("body").asString(),
                    answer.get("body").asString(),
                    Integer.parseInt(answer.get("startLine").asString().split(" ")[1])));
        }
        assertThat(exchanges).hasSizeGreaterThanOrEqualTo(4);
        replay(exchanges, "VAGRANT-CFGTV38\\vagrant");
    }

    private static void replay(List<Exchange> exchanges, String owner) throws Exception {
        boolean activityIds = exchanges.getFirst().response().contains("ActivityId");
        Script script = new Script(exchanges);
        EndpointSettings settings = EndpointSettings.of(
                        new HostIdentity("VAGRANT-CFGTV38", "6.3.9600", activityIds),
                        Accounts.of(Account.local("vagrant", "vagrant")))
                .with(LogonRules.WITH_BASIC.withAllowUnencrypted(true));
        Map<String, String> ours = new HashMap<>();
        try (WinRmEndpoint endpoint = Endpoint.listen(settings, script, Surroundings.system());
                RawClient client = RawClient.basic(endpoint, "vagrant", "vagrant")) {
            for (Exchange exchange : exchanges) {
                RawClient.Answer answer = client.soap(adapted(exchange, ours));

                assertThat(answer.status()).as(exchange.request()).isEqualTo(exchange.status());
                assertThat(answer.header("Content-Type")).isEqualTo("application/soap+xml;charset=UTF-8");
                assertThat(shape(answer.body(), "vagrant"))
                        .isEqualTo(shape(exchange.response().getBytes(UTF_8), owner));
                learn(exchange.response(), answer.text(), ours);
                if (exchange.timedOut()) {
                    script.timeouts.release();
                }
            }
            assertThat(endpoint.openShells()).isZero();
        }
    }

    /** The recorded ids become ours, and waiting becomes quick. */
    private static String adapted(Exchange exchange, Map<String, String> ours) {
        String request = exchange.request();
        for (Map.Entry<String, String> id : ours.entrySet()) {
            request = request.replace(id.getKey(), id.getValue());
        }
        return exchange.timedOut() ? request.replace(">PT10S<", ">PT0.02S<") : request;
    }

    private static void learn(String theirs, String our, Map<String, String> ours) {
        for (String element : List.of("ShellId", "CommandId")) {
            String pattern = "<rsp:" + element + ">([^<]*)</rsp:" + element + ">";
            if (theirs.contains("<rsp:" + element + ">")) {
                ours.put(Soap.first(theirs, pattern), Soap.first(our, pattern));
            }
        }
    }

    private static List<Exchange> recorded(String file) {
        Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Recordings.text(file));
        List<Exchange> exchanges = new ArrayList<>();
        for (Object each : (List<?>) ((Map<?, ?>) yaml).get("messages")) {
            Map<?, ?> message = (Map<?, ?>) each;
            Object error = message.get("transport_error");
            exchanges.add(new Exchange(
                    String.valueOf(message.get("request")),
                    String.valueOf(message.get("response")),
                    error == null ? 200 : (Integer) ((Map<?, ?>) error).get("code")));
        }
        return exchanges;
    }

    /** Writes what the recorded command wrote: all at once, or in parts where the recording has them. */
    private static final class Script implements Program {
        final Semaphore timeouts = new Semaphore(0);
        private final List<Exchange> exchanges;

        Script(List<Exchange> exchanges) {
            this.exchanges = exchanges;
        }

        @Override
        public ScriptResult run(String commandLine, byte[] stdin, Sink early) throws InterruptedException {
            int expectedTimeouts = 0;
            for (Exchange exchange : exchanges) {
                RawClient.Answer answer =
                        new RawClient.Answer("", List.of(), exchange.response().getBytes(UTF_8));
                if (exchange.timedOut()) {
                    expectedTimeouts++;
                } else if (exchange.response().contains("CommandState/Running\"")) {
                    early.write(Stream.STDOUT, Soap.output(answer, "stdout"));
                } else if (exchange.response().contains("CommandState/Done\"")) {
                    timeouts.acquire(expectedTimeouts);
                    return new ScriptResult(
                            Soap.output(answer, "stdout"), Soap.output(answer, "stderr"), (int) Soap.exitCode(answer));
                }
            }
            return new ScriptResult(new byte[0], new byte[0], 0);
        }
    }

    /**
     * Every element in order with its depth, attributes and text. Left out is what differs from host to host and from run
     * to run: ids, addresses, and into how many pieces a stream was cut.
     */
    private static List<String> shape(byte[] xml, String owner) throws IOException {
        try {
            List<String> lines = new ArrayList<>();
            describe(XmlReader.read(xml), 0, owner, lines);
            return joinedStreams(lines);
        } catch (XMLStreamException e) {
            throw new IOException(new String(xml, UTF_8), e);
        }
    }

    private static void describe(XmlElement element, int depth, String owner, List<String> lines) {
        Map<String, String> attributes = new TreeMap<>(element.attributes());
        attributes.computeIfPresent("Machine", (name, value) -> "host");
        // A recorder lost backslashes in attributes.
        attributes.computeIfPresent("Name", (name, value) -> value.replace("\\", ""));
        String text = switch (element.name()) {
            case "ClientIP" -> "address";
            case "Owner" -> element.text().equals(owner) ? "owner" : element.text();
            default -> element.text();
        };
        lines.add((" ".repeat(depth) + "{" + element.namespace() + "}" + element.name() + " " + attributes + " " + text)
                .replaceAll(UUID, "id"));
        for (XmlElement child : element.children()) {
            describe(child, depth + 1, owner, lines);
        }
    }

    private static List<String> joinedStreams(List<String> lines) {
        List<String> joined = new ArrayList<>();
        StringBuilder stdout = new StringBuilder();
        StringBuilder stderr = new StringBuilder();
        for (String line : lines) {
            if (line.contains("}Stream ") && !line.contains("End=true")) {
                byte[] data = Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1));
                (line.contains("Name=stdout") ? stdout : stderr).append(new String(data, ISO_8859_1));
            } else {
                joined.add(line);
            }
        }
        joined.add("stdout " + stdout);
        joined.add("stderr " + stderr);
        return joined;
    }
}
