package dev.asrdoctor.remoting.ntlm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogonTest {
    private static final byte[] BINDING = ChannelBinding.tlsServerEndPoint(new byte[32]);
    private static final NtlmAcceptor.Accounts ACCOUNTS = (domain, user) ->
            user.equalsIgnoreCase("Jürgen") ? Optional.of(NtlmV2.ntHash("pässwörd €".toCharArray())) : Optional.empty();

    private final NtlmAcceptor acceptor =
            new NtlmAcceptor(ACCOUNTS, "PS01", NtlmAcceptor.standalone("PS01"), new Random(1), Handed.NOON);

    @Test
    void logsOnAndTalksSealedInBothDirections() throws NtlmException {
        NtlmClient client = client("CORP", "Jürgen", "pässwörd €");
        NtlmVerdict.Accepted accepted = (NtlmVerdict.Accepted) logOn(client, NtlmFlags.CLIENT);
        NtlmSession here = client.session().orElseThrow();
        NtlmSession there = accepted.session().orElseThrow();

        for (int i = 0; i < 50; i++) {
            byte[] plain = ("message " + i).repeat(i).getBytes(UTF_8);
            assertThat(there.unseal(here.seal(plain))).isEqualTo(plain);
            assertThat(here.unseal(there.seal(plain))).isEqualTo(plain);
        }
        assertThat(accepted.domain()).isEqualTo("CORP");
    }

    @Test
    void anAccountOfTheServerItselfGoesByTheServersOwnName() throws NtlmException {
        NtlmClient client = client(".", "J\u00fcrgen", "p\u00e4ssw\u00f6rd \u20ac");
        assertThat(((NtlmVerdict.Accepted) logOn(client, NtlmFlags.CLIENT)).domain())
                .isEqualTo("PS01");
    }

    @Test
    void aServerThatDoesNotTellItsNameHasItsOwnAccountsWithoutOne() throws NtlmException {
        NtlmClient client = client(".", "J\u00fcrgen", "p\u00e4ssw\u00f6rd \u20ac");
        for (TargetInfo told : new TargetInfo[] {
            TargetInfo.EMPTY.with(AvPair.DOMAIN_NAME, "CORP"),
            TargetInfo.EMPTY.with(AvPair.COMPUTER_NAME, "x".repeat(20_000))
        }) {
            byte[] challenge = new ChallengeMessage(NtlmFlags.CLIENT, "PS01", new byte[8], told).encode();
            byte[] message = client.authenticate(challenge, NtlmClient.Target.NONE);
            assertThat(AuthenticateMessage.parse(message).domain()).isEmpty();
        }
    }

    @Test
    void bindsTheLogonToTargetNameAndChannel() throws NtlmException {
        NtlmClient client = client("", "jürgen@corp.example", "pässwörd €");
        byte[] message = client.authenticate(
                acceptor.challenge(client.negotiate()), new NtlmClient.Target("HTTP/ps01.corp.example", BINDING));
        byte[] response = AuthenticateMessage.parse(message).ntResponse();
        TargetInfo bound = TargetInfo.parse(Arrays.copyOfRange(response, 44, response.length));

        assertThat(bound.text(AvPair.TARGET_NAME)).contains("HTTP/ps01.corp.example");
        assertThat(bound.find(AvPair.CHANNEL_BINDINGS))
                .hasValueSatisfying(value -> assertThat(value).isEqualTo(BINDING));
        assertThat(bound.promisesMic()).isTrue();
    }

    @Test
    void refusesAWrongPassword() throws NtlmException {
        assertThat(logOn(client("", "Jürgen", "wrong"), NtlmFlags.CLIENT))
                .isEqualTo(new NtlmVerdict.Refused(NtlmVerdict.Reason.WRONG_PASSWORD, "", "Jürgen"));
    }

    @Test
    void refusesAnUnknownAccount() throws NtlmException {
        assertThat(logOn(client("", "nobody", "x"), NtlmFlags.CLIENT))
                .isEqualTo(new NtlmVerdict.Refused(NtlmVerdict.Reason.UNKNOWN_ACCOUNT, "", "nobody"));
    }

    @Test
    void refusesVersionOneOfTheProtocol() throws NtlmException {
        acceptor.challenge(new NegotiateMessage(NtlmFlags.CLIENT).encode());
        byte[] old = new AuthenticateMessage(
                        NtlmFlags.UNICODE, "", "Jürgen", "", new byte[24], new byte[24], new byte[0])
                .encode();

        assertThat(acceptor.accept(old))
                .isEqualTo(new NtlmVerdict.Refused(NtlmVerdict.Reason.NTLM_VERSION_1, "", "Jürgen"));
    }

    @Test
    void refusesASecondProofForOneChallenge() throws NtlmException {
        NtlmClient client = client("", "Jürgen", "pässwörd €");
        byte[] message = client.authenticate(acceptor.challenge(client.negotiate()), NtlmClient.Target.NONE);
        acceptor.accept(message);

        assertThatThrownBy(() -> acceptor.accept(message)).isInstanceOf(NtlmException.class);
    }

    @Test
    void answersAServerThatDoesNotTellItsTime() throws NtlmException {
        NtlmClient client = client("", "Jürgen", "pässwörd €");
        byte[] challenge =
                new ChallengeMessage(NtlmFlags.CLIENT, "PS01", new byte[8], NtlmAcceptor.standalone("PS01")).encode();
        byte[] message = client.authenticate(challenge, NtlmClient.Target.NONE);

        assertThat(AuthenticateMessage.parse(message).lmResponse()).isNotEqualTo(new byte[24]);
        assertThat(NtlmAcceptor.verify(ACCOUNTS, client.negotiate(), challenge, message))
                .isInstanceOf(NtlmVerdict.Accepted.class);
    }

    @Test
    void neverAnswersAChallengeWithoutTargetInformation() {
        byte[] challenge = new ChallengeMessage(
                        NtlmFlags.CLIENT & ~NtlmFlags.TARGET_INFO, "PS01", new byte[8], TargetInfo.EMPTY)
                .encode();

        assertThatThrownBy(() -> client("", "a", "b").authenticate(challenge, NtlmClient.Target.NONE))
                .isInstanceOf(NtlmException.class)
                .hasMessageContaining("NTLMv2");
    }

    @Test
    void hasNoSessionWhereSealingWasNotGranted() throws NtlmException {
        NtlmClient client = client("", "Jürgen", "pässwörd €");
        byte[] challenge = new ChallengeMessage(
                        NtlmFlags.CLIENT & ~NtlmFlags.SEAL, "PS01", new byte[8], NtlmAcceptor.standalone("PS01"))
                .encode();
        client.authenticate(challenge, NtlmClient.Target.NONE);

        assertThat(client.session()).isEmpty();
    }

    @Test
    void noticesEveryChangedByteOfASealedMessage() throws NtlmException {
        byte[] key = new byte[16];
        byte[] sealed = NtlmSession.ofClient(key, NtlmFlags.CLIENT).seal("all of it".getBytes(UTF_8));
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 0x40;
            assertThatThrownBy(
                            () -> NtlmSession.ofAcceptor(key, NtlmFlags.CLIENT).unseal(changed))
                    .isInstanceOf(NtlmException.class);
        }
    }

    private NtlmVerdict logOn(NtlmClient client, int flags) throws NtlmException {
        assertThat(NegotiateMessage.parse(client.negotiate()).flags()).isEqualTo(flags);
        return acceptor.accept(client.authenticate(acceptor.challenge(client.negotiate()), NtlmClient.Target.NONE));
    }

    private static NtlmClient client(String domain, String user, String password) {
        return new NtlmClient(
                new NtlmClient.Account(domain, user, password.toCharArray(), ""),
                NtlmFlags.CLIENT,
                new Random(2),
                Handed.NOON);
    }
}
