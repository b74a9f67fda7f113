package dev.asrdoctor.remoting.gss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrapTokenTest {
    private static final int HEADER = 16;
    private static final int CONFOUNDER = 16;

    @ParameterizedTest
    @ValueSource(ints = {16, 28, 255, 256, 700})
    void aTokenIsTheSameAgainWhenItsPartsAreJoined(int trailer) throws Exception {
        byte[] token = token(HEADER + CONFOUNDER + 50 + trailer);

        WrapToken.Parts parts = WrapToken.split(token, 50);

        assertThat(parts.data()).isEqualTo(Arrays.copyOfRange(token, HEADER + CONFOUNDER, HEADER + CONFOUNDER + 50));
        assertThat(WrapToken.join(joined(parts))).isEqualTo(token);
    }

    @Test
    void aTrailerShorterThanACopyOfTheHeaderIsRefused() {
        refuses(() -> WrapToken.split(token(HEADER + CONFOUNDER + 50 + 15), 50));
    }

    @Test
    void aTokenThatIsRotatedAlreadyIsNotSplit() {
        for (int at : new int[] {6, 7}) {
            byte[] token = token(200);
            token[at] = 1;
            refuses(() -> WrapToken.split(token, 50));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 28, 255, 256, 0x1234, 0xffff})
    void isPutBackInItsOrderHoweverFarItWasRotated(int rotation) throws Exception {
        byte[] token = token(400);
        byte[] rotated = token.clone();
        for (int i = HEADER; i < token.length; i++) {
            rotated[HEADER + (i - HEADER + rotation) % (token.length - HEADER)] = token[i];
        }
        ByteBuffer.wrap(rotated).putShort(6, (short) rotation);

        assertThat(WrapToken.join(rotated)).isEqualTo(token);
    }

    @Test
    void aTokenWithoutAnythingBehindHeaderAndConfounderIsRefused() throws Exception {
        for (int length = 0; length <= HEADER + CONFOUNDER; length++) {
            byte[] token = Arrays.copyOf(token(HEADER + CONFOUNDER + 1), length);
            refuses(() -> WrapToken.join(token));
        }
        byte[] shortest = token(HEADER + CONFOUNDER + 1);
        assertThat(WrapToken.join(shortest)).isEqualTo(shortest);
    }

    @Test
    void aTokenOfAnotherKindIsRefused() throws Exception {
        for (int at = 0; at < 4; at++) {
            byte[] token = token(200);
            token[at] ^= 2;
            refuses(() -> WrapToken.join(token));
            refuses(() -> WrapToken.split(token, 50));
        }
        byte[] fromAcceptorWithSubkey = token(200);
        fromAcceptorWithSubkey[2] = 7;
        assertThat(WrapToken.join(fromAcceptorWithSubkey)).isEqualTo(fromAcceptorWithSubkey);
    }

    private interface Attempt {
        Object run() throws KerberosException;
    }

    private static void refuses(Attempt attempt) {
        assertThatExceptionOfType(KerberosException.class).isThrownBy(attempt::run);
    }

    private static byte[] joined(WrapToken.Parts parts) {
        return ByteBuffer.allocate(parts.signature().length + parts.data().length)
                .put(parts.signature())
                .put(parts.data())
                .array();
    }

    private static byte[] token(int length) {
        byte[] token = new byte[length];
        for (int i = 0; i < length; i++) {
            token[i] = (byte) (i * 7);
        }
        System.arraycopy(new byte[] {5, 4, 2, -1, 0, 0, 0, 0}, 0, token, 0, 8);
        return token;
    }
}
