package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever arrives, the endpoint answers or closes, and serves the next client. */
class MalformedRequestsTest {
    private static final int ROUNDS = 1500;

    @Test
    void survivesChangedRequestsOfEveryKind() throws Exception {
        SplittableRandom random = new SplittableRandom(20261123);
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.openHost(), Given.echo())) {
            String shell;
            String command;
            try (RawClient client = Given.client(endpoint)) {
                shell = Soap.shellId(client.soap(Soap.create()));
                command = Soap.commandId(client.soap(Soap.command(shell, "x")));
            }
            List<byte[]> sound = List.of(
                    request(Soap.get(shell)),
                    request(Soap.receive(shell, command, Soap.timeout("PT0.001S"))),
                    request(Soap.send(shell, command, new byte[50], false)),
                    request(Soap.signal(shell, command, "ctrl_c")),
                    request(Soap.delete("NO-SUCH-SHELL")),
                    authorized("Negotiate TlRMTVNTUAABAAAAMpCI4gAAAAAoAAAAAAAAACgAAAAGAbEdAAAADw=="),
                    authorized("Negotiate YGAGBisGAQUFAqBWMFSgDjAMBgorBgEEAYI3AgIKokIEQE5UTE1TU1AAAQAAALc="));
            for (int i = 0; i < ROUNDS; i++) {
                fire(endpoint, changed(sound.get(random.nextInt(sound.size())), random));
            }
            try (RawClient client = Given.client(endpoint)) {
                assertThat(Given.run(client, "still here")).isEqualTo("still here|");
            }
            assertThat(endpoint.requests()).isGreaterThan(ROUNDS / 4);
        }
    }

    @Test
    void refusesXmlThatReachesOutOrNestsWithoutEnd() throws Exception {
        List<String> hostile = List.of(
                "<!DOCTYPE s [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><s>&x;</s>",
                "<a>".repeat(100_000),
                "<a xmlns='b'>&nothing;</a>",
                "",
                "\0\0\0");
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.openHost(), Given.echo())) {
            for (String xml : hostile) {
                try (RawClient client = Given.client(endpoint)) {
                    assertThat(client.soap(xml).status())
                            .as(xml.substring(0, Math.min(40, xml.length())))
                            .isEqualTo(400);
                }
            }
        }
    }

    private static void fire(WinRmEndpoint endpoint, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(endpoint.address().getAddress(), endpoint.port())) {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The endpoint closed first, which is its right.
            assertThat(e).isInstanceOf(SocketException.class);
        }
    }

    private static byte[] request(String envelope) {
        byte[] body = envelope.getBytes(UTF_8);
        String basic = Base64.getEncoder().encodeToString((Given.USER + ":" + Given.PASSWORD).getBytes(UTF_8));
        return ("POST /wsman HTTP/1.1\r\nHost: x\r\nAuthorization: Basic " + basic + "\r\nContent-Length: "
                        + body.length + "\r\n\r\n" + envelope)
                .getBytes(UTF_8);
    }

    private static byte[] authorized(String value) {
        return ("POST /wsman HTTP/1.1\r\nHost: x\r\nAuthorization: " + value + "\r\nContent-Length: 0\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    private static byte[] changed(byte[] sound, SplittableRandom random) {
        byte[] bytes = sound.clone();
        // Most changes go where the meaning is.
        int from = random.nextBoolean() ? 0 : Math.max(0, bytes.length - 400);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            bytes[from + random.nextInt(bytes.length - from)] = (byte) random.nextInt(256);
        }
        return random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }
}
