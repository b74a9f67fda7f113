package dev.asrdoctor.remoting.gss;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server may send in place of a Kerberos proof, and sealed tokens as they arrive. */
class GssFuzzTest {
    private static final int HEADER = 16;

    static Stream<byte[]> errors() {
        return Stream.of(
                        "601a" + "06092a864886f712010202" + "0300" + "7e0b3009a003020105a603020129",
                        "60811a" + "06092a864886f712010202" + "0300" + "7e0b3009a003020105a603020129",
                        "6016" + "06092a864886f712010202" + "0200" + "7e073005a603020129")
                .map(HexFormat.of()::parseHex);
    }

    @MethodSource("errors")
    @FuzzTest
    void errorTokens(byte[] data) {
        OptionalInt code = ErrorToken.code(data);
        if (code.isPresent()) {
            assertThat(KerberosException.ofService(code.getAsInt()).getMessage())
                    .isNotBlank()
                    .doesNotContain("\n");
            assertThat(data[0]).isEqualTo((byte) 0x60);
        }
    }

    static Stream<byte[]> tokens() {
        byte[] token = new byte[100];
        System.arraycopy(HexFormat.of().parseHex("050407ff0000001c"), 0, token, 0, 8);
        return Stream.of(token, Arrays.copyOf(token, 33), Arrays.copyOf(token, 32));
    }

    @MethodSource("tokens")
    @FuzzTest
    void sealedTokens(byte[] data) {
        try {
            byte[] token = WrapToken.join(data.clone());
            assertThat(token).hasSize(data.length);
            assertThat(Arrays.copyOf(token, 6)).isEqualTo(Arrays.copyOf(data, 6));
            int plain = data.length - HEADER - HEADER - HEADER;
            if (plain > 0) {
                WrapToken.Parts parts = WrapToken.split(token, plain);
                assertThat(parts.data()).hasSize(plain);
                byte[] whole = Arrays.copyOf(parts.signature(), data.length);
                System.arraycopy(parts.data(), 0, whole, parts.signature().length, plain);
                assertThat(WrapToken.join(whole)).isEqualTo(token);
            }
        } catch (KerberosException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
