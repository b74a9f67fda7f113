package dev.asrdoctor.remoting.ntlm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NtlmSessionTest {
    private static final int WITHOUT_STRENGTH = NtlmFlags.CLIENT & ~NtlmFlags.KEY_128;
    private static final byte[] PLAIN = "all of it".getBytes(US_ASCII);

    /** MS-NLMP 3.4.5.3. */
    @ParameterizedTest
    @CsvSource({"0x20000000, 16", "0xa0000000, 16", "0x80000000, 7", "0x00000000, 5"})
    void sealsWithAsManyBytesOfTheKeyAsWasAgreed(Long strength, int keyBytes) {
        int flags = WITHOUT_STRENGTH | strength.intValue();
        byte[] sealed = sealed(new byte[16], flags);
        for (int at = 0; at < 16; at++) {
            byte[] key = new byte[16];
            key[at] = 1;
            assertThat(Arrays.equals(sealed(key, flags), sealed))
                    .as("byte %d", at)
                    .isEqualTo(at >= keyBytes);
        }
    }

    @Test
    void aMessageOfTheOtherDirectionIsRefused() {
        byte[] own = NtlmSession.ofClient(new byte[16], NtlmFlags.CLIENT).seal(PLAIN);

        refuses(NtlmSession.ofClient(new byte[16], NtlmFlags.CLIENT), own);
    }

    @Test
    void aMessageThatIsRepeatedLostOrOutOfOrderIsRefused() throws Exception {
        NtlmSession client = NtlmSession.ofClient(new byte[16], NtlmFlags.CLIENT);
        byte[] first = client.seal(PLAIN);
        byte[] second = client.seal(PLAIN);
        NtlmSession server = server();

        assertThat(server.unseal(first)).isEqualTo(PLAIN);
        refuses(server, first);
        refuses(server(), second);
    }

    @Test
    void aMessageShorterThanItsSignatureIsRefused() throws Exception {
        byte[] sealed = NtlmSession.ofClient(new byte[16], NtlmFlags.CLIENT).seal(new byte[0]);
        for (int length = 0; length < NtlmSession.SIGNATURE_LENGTH; length++) {
            refuses(server(), Arrays.copyOf(sealed, length));
        }
        assertThat(server().unseal(sealed)).isEmpty();
    }

    private static NtlmSession server() {
        return NtlmSession.ofAcceptor(new byte[16], NtlmFlags.CLIENT);
    }

    private static void refuses(NtlmSession session, byte[] sealed) {
        assertThatExceptionOfType(NtlmException.class).isThrownBy(() -> session.unseal(sealed));
    }

    private static byte[] sealed(byte[] key, int flags) {
        byte[] sealed = NtlmSession.ofClient(key, flags).seal(PLAIN);
        return Arrays.copyOfRange(sealed, NtlmSession.SIGNATURE_LENGTH, sealed.length);
    }
}
