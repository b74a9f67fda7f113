package dev.asrdoctor.remoting.gss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.asrdoctor.remoting.KerberosTrouble;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.MessageProp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

/** What Java says of a message beside its text; no real context says each of these alone. */
@ExtendWith(MockitoExtension.class)
class SuspectMessagesTest {
    private static final byte[] PLAIN = {1, 2, 3};
    private static final int TOKEN = 60;

    @Mock
    private GSSContext context;

    static Stream<Arguments> suspicions() {
        return Stream.of(
                Arguments.of("not encrypted", false, false, false, false, false),
                Arguments.of("repeated", true, true, false, false, false),
                Arguments.of("old", true, false, true, false, false),
                Arguments.of("out of order", true, false, false, true, false),
                Arguments.of("after a gap", true, false, false, false, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("suspicions")
    void isRefusedThoughItsSealIsWhole(
            String suspicion, boolean secret, boolean duplicate, boolean old, boolean unordered, boolean gap)
            throws Exception {
        unwraps(secret, duplicate, old, unordered, gap);

        assertThatExceptionOfType(KerberosException.class)
                .isThrownBy(() -> KerberosContext.unseal(context, sealed()))
                .withMessageContaining("lost, repeated, or is not encrypted");
    }

    @Test
    void isReadWhereNothingIsSaidAgainstIt() throws Exception {
        unwraps(true, false, false, false, false);

        assertThat(KerberosContext.unseal(context, sealed())).isEqualTo(PLAIN);
    }

    /** RFC 4121, 4.2.4: filler may follow the text before it is sealed. */
    @ParameterizedTest
    @CsvSource({"0, 3", "1, 2", "2, 1", "3, 0", "4, 3", "256, 3"})
    void fillerIsTakenOffWhatIsLongEnoughForIt(int filler, int left) throws Exception {
        unwraps(true, false, false, false, false);
        byte[] sealed = sealed();
        ByteBuffer.wrap(sealed).putShort(4, (short) filler);

        assertThat(KerberosContext.unseal(context, sealed)).isEqualTo(Arrays.copyOf(PLAIN, left));
    }

    @Test
    void everythingThatKeepsALogonSafeIsAskedForAndNoTicketHandedOn() throws Exception {
        KerberosContext.demand(context);

        verify(context).requestMutualAuth(true);
        verify(context).requestConf(true);
        verify(context).requestInteg(true);
        verify(context).requestReplayDet(true);
        verify(context).requestSequenceDet(true);
        verify(context).requestCredDeleg(false);
    }

    @Test
    void aTicketThatRanOutInTheMiddleIsTold() throws Exception {
        when(context.wrap(any(), anyInt(), anyInt(), any()))
                .thenThrow(new GSSException(GSSException.CONTEXT_EXPIRED, 32, "Ticket expired (32)"));

        assertThatExceptionOfType(KerberosException.class)
                .isThrownBy(() -> KerberosContext.seal(context, PLAIN))
                .extracting(KerberosException::trouble)
                .isEqualTo(KerberosTrouble.TICKET_EXPIRED);
    }

    private void unwraps(boolean secret, boolean duplicate, boolean old, boolean unordered, boolean gap)
            throws GSSException {
        when(context.unwrap(any(), anyInt(), anyInt(), any())).thenAnswer(call -> {
            MessageProp said = call.getArgument(3);
            said.setPrivacy(secret);
            said.setSupplementaryStates(duplicate, old, unordered, gap, 0, "");
            return PLAIN;
        });
    }

    private static byte[] sealed() {
        return ByteBuffer.allocate(TOKEN + PLAIN.length)
                .put(new byte[] {5, 4, 2, -1})
                .array();
    }
}
