package dev.asrdoctor.remoting.ntlm;

import static dev.asrdoctor.remoting.ntlm.Handed.hex;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The numbers of MS-NLMP 4.2.4: user User, domain Domain, password Password. */
class PublishedVectorsTest {
    private static final byte[] SERVER_CHALLENGE = hex("0123456789abcdef");
    private static final byte[] CLIENT_CHALLENGE = hex("aaaaaaaaaaaaaaaa");
    private static final byte[] SESSION_KEY = hex("55555555555555555555555555555555");
    private static final int FLAGS = 0xe28a8233;
    private static final TargetInfo TARGET_INFO =
            TargetInfo.EMPTY.with(AvPair.DOMAIN_NAME, "Domain").with(AvPair.COMPUTER_NAME, "Server");

    private final byte[] accountKey = NtlmV2.accountKey(NtlmV2.ntHash("Password".toCharArray()), "User", "Domain");
    private final byte[] proof =
            NtlmV2.proof(accountKey, SERVER_CHALLENGE, NtlmV2.blob(new byte[8], CLIENT_CHALLENGE, TARGET_INFO));

    @Test
    void derivesTheAccountKey() {
        assertThat(accountKey).isEqualTo(hex("0c868a403bfd7a93a3001ef22ef02e3f"));
    }

    @Test
    void derivesProofAndSessionKeys() {
        byte[] baseKey = NtlmV2.sessionBaseKey(accountKey, proof);

        assertThat(proof).isEqualTo(hex("68cd0ab851e51c96aabc927bebef6a1c"));
        assertThat(baseKey).isEqualTo(hex("8de40ccadbc14a82f15cb0ad0de95ca3"));
        assertThat(NtlmV2.exchangeKey(baseKey, SESSION_KEY)).isEqualTo(hex("c5dad2544fc9799094ce1ce90bc9d03e"));
    }

    @Test
    void derivesTheLmResponse() {
        assertThat(NtlmV2.lmResponse(accountKey, SERVER_CHALLENGE, CLIENT_CHALLENGE))
                .isEqualTo(hex("86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa"));
    }

    @Test
    void sealsTheClientsFirstMessage() throws NtlmException {
        byte[] plain = "Plaintext".getBytes(UTF_16LE);

        byte[] sealed = NtlmSession.ofClient(SESSION_KEY, FLAGS).seal(plain);

        assertThat(sealed).isEqualTo(hex("010000007fb38ec5c55d497600000000" + "54e50165bf1936dc996020c1811b0f06fb5f"));
        assertThat(NtlmSession.ofAcceptor(SESSION_KEY, FLAGS).unseal(sealed)).isEqualTo(plain);
    }
}
