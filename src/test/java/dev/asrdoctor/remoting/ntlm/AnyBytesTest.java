package dev.asrdoctor.remoting.ntlm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever arrives, the parsers either understand it or say clearly that they do not. */
class AnyBytesTest {
    private static final int ROUNDS = 20_000;

    private final Random random = new Random(20261123);
    private final byte[] negotiate = new NegotiateMessage(NtlmFlags.CLIENT).encode();
    private final byte[] challenge =
            new ChallengeMessage(NtlmFlags.CLIENT, "PS01", new byte[8], NtlmAcceptor.standalone("PS01")).encode();

    @Test
    void parsersOnlyEverFailClearly() throws NtlmException {
        List<byte[]> seeds = List.of(negotiate, challenge, client().authenticate(challenge, NtlmClient.Target.NONE));
        int understood = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = damage(seeds.get(i % seeds.size()));
            understood += understands(() -> NegotiateMessage.parse(bytes));
            understood += understands(() -> ChallengeMessage.parse(bytes));
            understood += understands(() -> AuthenticateMessage.parse(bytes));
            understood += understands(() -> TargetInfo.parse(bytes));
        }
        assertThat(understood).isBetween(1, ROUNDS * 4 - 1);
    }

    @Test
    void clientOnlyEverFailsClearly() {
        int understood = 0;
        for (int i = 0; i < ROUNDS / 10; i++) {
            byte[] bytes = damage(challenge);
            understood += understands(() -> client().authenticate(bytes, NtlmClient.Target.NONE));
        }
        assertThat(understood).isPositive();
    }

    @Test
    void acceptorOnlyEverFailsClearly() throws NtlmException {
        byte[] authenticate = client().authenticate(challenge, NtlmClient.Target.NONE);
        for (int i = 0; i < ROUNDS / 10; i++) {
            byte[] bytes = damage(authenticate);
            if (Arrays.equals(bytes, authenticate)) {
                continue;
            }
            understands(() -> NtlmAcceptor.verify(
                    (domain, user) -> Optional.of(NtlmV2.ntHash("x".toCharArray())), negotiate, challenge, bytes));
        }
    }

    private interface Parse {
        Object run() throws NtlmException;
    }

    private static int understands(Parse parse) {
        try {
            assertThat(parse.run()).isNotNull();
            return 1;
        } catch (NtlmException e) {
            assertThat(e.getMessage()).isNotBlank();
            return 0;
        }
    }

    private byte[] damage(byte[] seed) {
        byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(seed, random.nextInt(seed.length + 20)) : seed.clone();
        for (int n = random.nextInt(6); n > 0 && bytes.length > 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private NtlmClient client() {
        return new NtlmClient(
                new NtlmClient.Account("", "u", "x".toCharArray(), ""), NtlmFlags.CLIENT, random, Handed.NOON);
    }
}
