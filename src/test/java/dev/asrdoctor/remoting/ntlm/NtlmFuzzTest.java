package dev.asrdoctor.remoting.ntlm;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The three messages of an NTLM logon, as the client and as the server read them. */
class NtlmFuzzTest {
    private static final byte[] NEGOTIATE = new NegotiateMessage(NtlmFlags.CLIENT).encode();
    private static final byte[] CHALLENGE =
            new ChallengeMessage(NtlmFlags.CLIENT, "PS01", new byte[8], NtlmAcceptor.standalone("PS01")).encode();

    static Stream<byte[]> messages() throws NtlmException {
        return Stream.of(NEGOTIATE, CHALLENGE, client().authenticate(CHALLENGE, NtlmClient.Target.NONE));
    }

    @MethodSource("messages")
    @FuzzTest
    void parsers(byte[] data) {
        understood(() -> NegotiateMessage.parse(data));
        understood(() -> ChallengeMessage.parse(data));
        understood(() -> AuthenticateMessage.parse(data));
        understood(() -> TargetInfo.parse(data));
    }

    @MethodSource("messages")
    @FuzzTest
    void clientMeetsAnyChallenge(byte[] data) {
        NtlmClient client = client();
        if (understood(() -> client.authenticate(data, NtlmClient.Target.NONE))) {
            client.session()
                    .ifPresent(session -> understood(() -> {
                        session.unseal(data.clone(), 0, Math.min(20, data.length - 16), data.length - 16);
                        return session;
                    }));
        }
    }

    @MethodSource("messages")
    @FuzzTest
    void serverMeetsAnyMessage(byte[] data) {
        understood(() -> NtlmAcceptor.verify(accounts(), NEGOTIATE, CHALLENGE, data));
        NtlmAcceptor acceptor =
                new NtlmAcceptor(accounts(), "PS01", NtlmAcceptor.standalone("PS01"), new Random(7), Handed.NOON);
        if (understood(() -> acceptor.challenge(data))) {
            understood(() -> acceptor.accept(data));
        }
    }

    private interface Parse {
        Object run() throws NtlmException;
    }

    private static boolean understood(Parse parse) {
        try {
            assertThat(parse.run()).isNotNull();
            return true;
        } catch (NtlmException e) {
            assertThat(e.getMessage()).isNotBlank();
            return false;
        }
    }

    private static NtlmAcceptor.Accounts accounts() {
        return (domain, user) -> Optional.of(NtlmV2.ntHash("x".toCharArray()));
    }

    private static NtlmClient client() {
        return new NtlmClient(
                new NtlmClient.Account("", "u", "x".toCharArray(), ""), NtlmFlags.CLIENT, new Random(1), Handed.NOON);
    }
}
