package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are made to use up memory or time, or to make the client fetch something. */
class HostileAnswersTest {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final String SOAP = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\">";
    private static final String RECEIVED = "<s:Body><rsp:ReceiveResponse>";
    private static final String END = "</rsp:ReceiveResponse></s:Body></s:Envelope>";
    /** Only so that an endless loop fails instead of hanging the build. */
    private static final Duration HANGING = Duration.ofMinutes(3);

    @ParameterizedTest
    @ValueSource(
            strings = {"1048577", "4398046511104", "9223372036854775807", "99999999999999999999", "-1", "+5", "0x10"})
    void aLengthBeyondTheLimitIsRefusedBeforeAnythingIsReadForIt(String length) {
        Endless body = new Endless("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n", "x");
        within(MEBIBYTE, () -> assertRefused(body));
        assertThat(body.served).isLessThan(10_000);
    }

    @Test
    void aLengthIsOnlyAClaimUntilTheBytesArrive() {
        byte[] cut = "HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\nabc".getBytes(ISO_8859_1);
        within(
                MEBIBYTE,
                () -> assertThatThrownBy(() -> new AnswerReader(new ByteArrayInputStream(cut)).read())
                        .isInstanceOf(EOFException.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "400000\r\n",
                "3fffff\r\n",
                "1\r\nx\r\n",
                "1;extension=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\nx\r\n",
                "FFFFFFFF\r\n",
                "7fffffffffffffff\r\n",
                "0000000000000000000000000000000000000000000000001\r\nx\r\n"
            })
    void chunksWithoutEndStopAtTheLimitOfABody(String chunk) {
        Endless body = new Endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk);
        within(40 * MEBIBYTE, () -> assertRefused(body));
        assertThat(body.served).isLessThan(AnswerReader.BODY_LIMIT + 100_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A: b\r\n",
                " folded\r\n",
                "a very long header name without a colon",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "\0"
            })
    void headersWithoutEndStopAtTheLimitOfHeaders(String more) {
        Endless head = new Endless("HTTP/1.1 100 Continue\r\nX: y\r\n", more);
        within(40 * MEBIBYTE, () -> assertRefused(head));
        assertThat(head.served).isLessThan(AnswerReader.HEAD_LIMIT + 10_000L);
    }

    @Test
    void aBodyWithoutLengthStopsAtTheLimit() {
        Endless body = new Endless("HTTP/1.1 200 OK\r\n\r\n", "x");
        within(40 * MEBIBYTE, () -> assertRefused(body));
    }

    @Test
    void entitiesAreNotExpanded() {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE s [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            laughs.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        String bomb = laughs + "]>" + SOAP + "<s:Body>&a29;</s:Body></s:Envelope>";
        within(MEBIBYTE, () -> assertMalformed(bomb));
        within(MEBIBYTE, () -> assertMalformed(SOAP + "<s:Body>&a29;</s:Body></s:Envelope>"));
    }

    @Test
    void nothingOutsideOfTheDocumentIsFetched(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "the secret");
        try (ServerSocket outside = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String http = "http://127.0.0.1:" + outside.getLocalPort() + "/x";
            for (String type : new String[] {
                "<!DOCTYPE s SYSTEM \"" + http + "\">",
                "<!DOCTYPE s [<!ENTITY x SYSTEM \"" + http + "\">]>",
                "<!DOCTYPE s [<!ENTITY % p SYSTEM \"" + http + "\"> %p;]>",
                "<!DOCTYPE s [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>",
                "<?xml-stylesheet href=\"" + http + "\"?>"
            }) {
                assertMalformed(type + SOAP + "<s:Body><a>&x;</a></s:Body></s:Envelope>");
            }
            outside.setSoTimeout(1);
            assertThatThrownBy(outside::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void nestingStopsAtADepth() {
        within(30 * MEBIBYTE, () -> assertMalformed(SOAP + "<a>".repeat(MEBIBYTE)));
        within(30 * MEBIBYTE, () -> assertMalformed("<a:b ".repeat(MEBIBYTE / 2)));
    }

    @Test
    void manyAttributesLongNamesAndManyElementsCostNoMoreThanTheirBytes() {
        StringBuilder attributes = new StringBuilder(SOAP + RECEIVED + "<rsp:Stream");
        for (int i = 0; i < 150_000; i++) {
            attributes.append(" a").append(i).append("='&#x41;'");
        }
        within(60 * MEBIBYTE, () -> read(attributes + "/>" + END));
        String longName = "n".repeat(2 * MEBIBYTE);
        within(60 * MEBIBYTE, () -> read(SOAP + RECEIVED + "<rsp:Stream " + longName + "='1'/>" + END));
        within(400L * MEBIBYTE, () -> read(SOAP + RECEIVED + "<Selector/>".repeat(300_000) + END));
        within(60 * MEBIBYTE, () -> read(SOAP + RECEIVED + "<!-- -->".repeat(400_000) + END));
    }

    @Test
    void aReasonOfMegabytesBecomesOneShortLine() throws Exception {
        String fault = SOAP + "<s:Body><s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text>"
                + "long \n\u0007 reason ".repeat(200_000) + "</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>";

        WsmanAnswer answer = EnvelopeReader.read(ByteBuffer.wrap(fault.getBytes(UTF_8)), "uuid:1");

        assertThat(((WsmanAnswer.Fault) answer).fault().message())
                .hasSizeLessThan(1000)
                .doesNotContain("\n", "\u0007");
    }

    private static void read(String envelope) throws MalformedEnvelopeException {
        EnvelopeReader.read(ByteBuffer.wrap(envelope.getBytes(UTF_8)), "uuid:1");
    }

    private static void assertMalformed(String envelope) {
        assertThatThrownBy(() -> read(envelope)).isInstanceOf(MalformedEnvelopeException.class);
    }

    private static void assertRefused(InputStream in) {
        assertThatThrownBy(() -> new AnswerReader(in).read()).isInstanceOf(MalformedHttpException.class);
    }

    /** Counts what is allocated on the way, garbage included, so the bounds are far above what is held at once. */
    private static void within(long bytes, Executable work) {
        assertTimeoutPreemptively(HANGING, () -> {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            work.execute();
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(bytes);
        });
    }

    /** A beginning, and then the same again and again for as long as anybody reads. */
    private static final class Endless extends InputStream {
        private final byte[] beginning;
        private final byte[] again;
        private long served;

        Endless(String beginning, String again) {
            this.beginning = beginning.getBytes(ISO_8859_1);
            this.again = again.getBytes(ISO_8859_1);
        }

        @Override
        public int read() {
            long at = served++;
            return at < beginning.length ? beginning[(int) at] : again[(int) ((at - beginning.length) % again.length)];
        }
    }
}
