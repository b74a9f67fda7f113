package dev.asrdoctor.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.asrdoctor.facts.FactsJson;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output of a script that is made to use up memory or time, or to make its reader fetch something. */
class HostileOutputTest {
    /** Only so that an endless loop fails instead of hanging the build. */
    private static final Duration HANGING = Duration.ofMinutes(3);

    @Test
    void entitiesOnStandardErrorAreNeitherExpandedNorFetched(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "what only this machine knows");
        StringBuilder laughs = new StringBuilder("<!DOCTYPE o [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            laughs.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        try (ServerSocket outside = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String http = "http://127.0.0.1:" + outside.getLocalPort() + "/x";
            for (String type : new String[] {
                laughs + "]>",
                "<!DOCTYPE o SYSTEM \"" + http + "\">",
                "<!DOCTYPE o [<!ENTITY a29 SYSTEM \"" + http + "\">]>",
                "<!DOCTYPE o [<!ENTITY % p SYSTEM \"" + http + "\"> %p;]>",
                "<!DOCTYPE o [<!ENTITY a29 SYSTEM \"" + secret.toUri() + "\">]>"
            }) {
                String stderr = "#< CLIXML\r\n" + type + "<Objs><S S=\"Error\">&a29;</S></Objs>";
                assertTimeoutPreemptively(
                        HANGING,
                        () -> assertThat(Clixml.errors(stderr.getBytes(UTF_8)))
                                .hasSizeLessThanOrEqualTo(stderr.length())
                                .doesNotContain("what only this machine knows", "haha"));
            }
            outside.setSoTimeout(1);
            assertThatThrownBy(outside::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void deepAndWideDocumentsOnStandardErrorComeToAnEnd() {
        StringBuilder attributes = new StringBuilder("#< CLIXML\r\n<Objs><S S=\"Error\"");
        for (int i = 0; i < 100_000; i++) {
            attributes.append(" a").append(i).append("=''");
        }
        for (String stderr : new String[] {
            "#< CLIXML\r\n" + "<Obj>".repeat(500_000),
            "#< CLIXML\r\n" + "<Obj>".repeat(5_000) + "</Obj>".repeat(5_000),
            attributes + "/></Objs>",
            "#< CLIXML\r\n<Objs><S S=\"Error\">" + "_x000A_".repeat(500_000) + "</S></Objs>"
        }) {
            assertTimeoutPreemptively(
                    HANGING,
                    () -> assertThat(Clixml.errors(stderr.getBytes(UTF_8))).hasSizeLessThanOrEqualTo(stderr.length()));
        }
    }

    @Test
    void deepJsonHugeNumbersAndLongNamesAreRefusedInOneLine() {
        for (String json : new String[] {
            "[".repeat(1_000_000),
            "{\"a\":".repeat(100_000),
            "{\"version\":1" + "0".repeat(1_000_000) + "}",
            "{\"version\":1e999999999}",
            "{\"" + "n".repeat(1_000_000) + "\":1}"
        }) {
            assertTimeoutPreemptively(
                    HANGING,
                    () -> assertThatThrownBy(
                                    () -> FactsJson.fromAnswer(json, "ps01", java.time.Instant.EPOCH, Duration.ZERO))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageMatching(".{1,200}"));
        }
    }
}
