package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Recordings;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What PowerShell's own protocol needs of the layer below it (docs/adr/0005): recorded conversations, envelope by envelope. */
class PsrpSeamTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Endpoint ENDPOINT =
            new Endpoint("127.0.0.1", 5986, true, "/wsman", Endpoint.Scheme.NTLM, false, List.of(), null, true);

    private record Message(Document request, String response) {
        String action() {
            String uri = text(request, "Action");
            return uri.substring(uri.lastIndexOf('/') + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_execute_ps",
                "client_execute_ps_failure",
                "psrp_error_failed",
                "psrp_long_running_cmdlet",
                "psrp_multiple_commands",
                "psrp_no_profile",
                "psrp_open_runspace",
                "psrp_receive_failure",
                "psrp_small_msg_size",
                "psrp_stream_output_invocation",
                "psrp_with_input",
                "psrp_with_jea_configuration"
            })
    void envelopesCarryFragmentsUnchangedBothWays(String name) throws Exception {
        Deque<Message> messages = new ArrayDeque<>(recorded("psrp/" + name + ".yml"));
        ShellType type = new ShellType(
                text(messages.getFirst().request(), "ResourceURI"),
                "stdin pr",
                "stdout",
                Map.of("protocolversion", "2.3"),
                Map.of("WINRS_SKIP_CMD_SHELL", "FALSE"));
        Envelopes envelopes = new Envelopes(ENDPOINT, "uuid:S", type);
        MessageIds ids = new MessageIds(new java.util.Random(5));
        Map<String, ByteArrayOutputStream> received = new HashMap<>();
        String shell = "";
        int fragments = 0;
        while (!messages.isEmpty()) {
            Message recorded = messages.removeFirst();
            Document asked = recorded.request();
            String id = ids.next();
            Player player = new Player(recorded);
            Exchange exchange = Exchange.until(Stage.SCRIPT, TIMEOUT, Deadline.after(TIMEOUT));
            String commandId = attribute(asked, "CommandId");
            switch (recorded.action()) {
                case "Create" -> {
                    String creation = "<creationXml xmlns=\"http://schemas.microsoft.com/powershell\">"
                            + text(asked, "creationXml") + "</creationXml>";
                    WsmanAnswer answer = player.call(envelopes.create(id, TIMEOUT, TIMEOUT, creation), id, exchange);
                    assertThat(answer).isInstanceOf(WsmanAnswer.ShellCreated.class);
                    shell = ((WsmanAnswer.ShellCreated) answer).shellId();
                    assertThat(shell).isEqualTo(element(asked, "Shell").getAttribute("ShellId"));
                    assertThat(text(player.sent(), "creationXml")).isEqualTo(text(asked, "creationXml"));
                    fragments += Fragments.in(Base64.getDecoder().decode(text(player.sent(), "creationXml")));
                }
                case "Command" -> {
                    WsmanAnswer answer = player.call(
                            envelopes.command(id, TIMEOUT, shell, commandId, "", List.of(text(asked, "Arguments"))),
                            id,
                            exchange);
                    assertThat(answer).isEqualTo(new WsmanAnswer.CommandStarted(String.valueOf(commandId)));
                    assertThat(text(player.sent(), "Arguments")).isEqualTo(text(asked, "Arguments"));
                    assertThat(attribute(player.sent(), "CommandId")).isEqualTo(commandId);
                }
                case "Send" -> {
                    byte[] fragment = Base64.getDecoder().decode(text(asked, "Stream"));
                    String stream = element(asked, "Stream").getAttribute("Name");
                    WsmanAnswer answer = player.call(
                            envelopes.send(id, TIMEOUT, shell, String.valueOf(commandId), stream, fragment, false),
                            id,
                            exchange);
                    assertThat(answer).isInstanceOf(WsmanAnswer.Acknowledged.class);
                    assertThat(text(player.sent(), "Stream")).isEqualTo(text(asked, "Stream"));
                }
                case "Receive" -> {
                    WsmanAnswer answer = player.call(envelopes.receive(id, TIMEOUT, shell, commandId), id, exchange);
                    assertThat(attribute(player.sent(), "CommandId")).isEqualTo(commandId);
                    if (answer instanceof WsmanAnswer.Received parts) {
                        assertThat(streams(parts)).isEqualTo(streams(recorded.response()));
                        parts.parts()
                                .forEach(part -> received.computeIfAbsent(
                                                String.valueOf(commandId), any -> new ByteArrayOutputStream())
                                        .writeBytes(part.data()));
                    } else {
                        assertThat(answer)
                                .isInstanceOfSatisfying(
                                        WsmanAnswer.Fault.class,
                                        fault ->
                                                assertThat(fault.fault().code()).isPositive());
                    }
                }
                case "Delete" -> {
                    assertThat(player.call(envelopes.delete(id, TIMEOUT, shell), id, exchange))
                            .isInstanceOf(WsmanAnswer.Acknowledged.class);
                }
                default ->
                    assertThat(recorded.action()).as("not about a shell's life").isEqualTo("Get");
            }
            if (!recorded.action().equals("Get")) {
                assertThat(text(player.sent(), "Action")).isEqualTo(text(asked, "Action"));
                assertThat(text(player.sent(), "ResourceURI")).isEqualTo(type.resourceUri());
            }
        }
        for (ByteArrayOutputStream stream : received.values()) {
            fragments += Fragments.in(stream.toByteArray());
        }
        assertThat(fragments).isGreaterThan(2);
    }

    /** Says what the host said to the recorded request, and keeps what was sent in its place. */
    private static final class Player implements Carrier {
        private final Message recorded;
        private @Nullable Document sent;

        Player(Message recorded) {
            this.recorded = recorded;
        }

        @Override
        public WsmanAnswer call(String envelope, String messageId, Exchange exchange) {
            try {
                sent = parse(envelope);
                String answer = RecordedHost.relate(recorded.response(), envelope);
                return EnvelopeReader.read(ByteBuffer.wrap(answer.getBytes(UTF_8)), messageId);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        Document sent() {
            assertThat(sent).isNotNull();
            return sent;
        }
    }

    /** MS-PSRP 2.2.4: object id, fragment id, start and end flags, length, then as many bytes of the message. */
    private static final class Fragments {
        static int in(byte[] bytes) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            int count = 0;
            while (left.hasRemaining()) {
                assertThat(left.getLong()).as("object id").isPositive();
                assertThat(left.getLong()).as("fragment id").isNotNegative();
                assertThat(left.get()).as("flags").isBetween((byte) 0, (byte) 3);
                int length = left.getInt();
                assertThat(length).isBetween(1, left.remaining());
                left.position(left.position() + length);
                count++;
            }
            return count;
        }
    }

    private static List<String> streams(WsmanAnswer.Received received) {
        return received.parts().stream()
                .map(part -> part.stream() + " " + Base64.getEncoder().encodeToString(part.data()))
                .toList();
    }

    private static List<String> streams(String response) throws Exception {
        List<String> streams = new ArrayList<>();
        NodeList nodes = parse(response).getElementsByTagNameNS("*", "Stream");
        for (int i = 0; i < nodes.getLength(); i++) {
            Element stream = (Element) nodes.item(i);
            if (!stream.getTextContent().isEmpty()) {
                streams.add(stream.getAttribute("Name") + " " + stream.getTextContent());
            }
        }
        return streams;
    }

    private static List<Message> recorded(String name) throws Exception {
        Map<?, ?> recording = (Map<?, ?>)
                new Load(LoadSettings.builder().setCodePointLimit(10_000_000).build())
                        .loadFromString(Recordings.text(name));
        List<Message> messages = new ArrayList<>();
        for (Object each : (List<?>) recording.get("messages")) {
            Map<?, ?> message = (Map<?, ?>) each;
            messages.add(new Message(parse((String) message.get("request")), (String) message.get("response")));
        }
        assertThat(messages).isNotEmpty();
        return messages;
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(UTF_8)));
    }

    private static Element element(Document document, String name) {
        return (Element) document.getElementsByTagNameNS("*", name).item(0);
    }

    private static String text(Document document, String name) {
        return element(document, name).getTextContent();
    }

    /** Of whichever element has it. */
    private static @Nullable String attribute(Document document, String name) {
        NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            if (((Element) all.item(i)).hasAttribute(name)) {
                return ((Element) all.item(i)).getAttribute(name);
            }
        }
        return null;
    }
}
