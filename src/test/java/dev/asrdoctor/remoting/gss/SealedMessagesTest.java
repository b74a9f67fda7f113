package dev.asrdoctor.remoting.gss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.KerberosSettings;
import dev.asrdoctor.testing.InJvmKdc;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import javax.security.auth.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages sealed with the keys of a real logon to a domain controller in this JVM. */
class SealedMessagesTest {
    private static final String HOST = "ps01.contoso.local";
    private static final String PASSWORD = "Secret 1";
    private static final int ROTATION_AT = 6;
    private static final int HEADER = 16;

    @TempDir
    private Path folder;

    private InJvmKdc kdc;
    private Subject tickets;
    private KerberosService service;

    @BeforeEach
    void domain() throws Exception {
        kdc = InJvmKdc.start(folder);
        kdc.user("asr-reader", PASSWORD);
        service = KerberosService.of(kdc.keytab("host/" + HOST));
        tickets = new KerberosLogins(InstantSource.system())
                .subject(
                        Identity.of("asr-reader", PASSWORD.toCharArray()),
                        new KerberosSettings("host", HOST, kdc.realm(), kdc.addresses()),
                        Deadline.after(Duration.ofMinutes(1)));
    }

    @AfterEach
    void end() throws Exception {
        kdc.close();
    }

    private record Pair(KerberosContext client, KerberosService.Acceptance server) {
        byte[] sealedByServer(byte[] plain) throws KerberosException {
            return whole(server.seal(plain));
        }
    }

    private Pair loggedOn() throws KerberosException {
        KerberosContext client = KerberosContext.to("host", HOST, kdc.realm(), tickets, null);
        KerberosService.Acceptance server = service.accept(null);
        client.finish(server.next(client.first()));
        return new Pair(client, server);
    }

    @Test
    void everyLengthComesBackWholeBothWaysInDataAsLongAsTheText() throws Exception {
        Pair pair = loggedOn();
        for (int length = 1; length < 300; length++) {
            byte[] plain = bytes(length);
            WrapToken.Parts asked = pair.client().seal(plain);
            WrapToken.Parts answered = pair.server().seal(plain);

            assertThat(asked.data()).hasSize(length).isNotEqualTo(plain);
            assertThat(pair.server().unseal(whole(asked))).isEqualTo(plain);
            assertThat(pair.client().unseal(whole(answered))).isEqualTo(plain);
        }
    }

    /** Windows and gss-ntlmssp rotate by different numbers of bytes. */
    @Test
    void howFarTheServerRotatesMakesNoDifference() throws Exception {
        Pair pair = loggedOn();
        for (int by = 0; by < 200; by++) {
            byte[] plain = bytes(50);
            byte[] token = WrapToken.join(pair.sealedByServer(plain));

            assertThat(pair.client().unseal(rotated(token, by))).isEqualTo(plain);
        }
    }

    @Test
    void whatIsDamagedOrCutBehindItsHeaderIsRefusedInWords() throws Exception {
        byte[] plain = bytes(40);
        Random random = new Random(7);
        Pair pair = loggedOn();
        int length = pair.sealedByServer(plain).length;
        for (int at = 0; at < length; at++) {
            byte[] damaged = pair.sealedByServer(plain);
            damaged[at] ^= (byte) (1 + random.nextInt(255));
            if (at >= HEADER) {
                refuses(pair, damaged);
            }
            refuses(pair, Arrays.copyOf(damaged, at));
        }
    }

    /** Java does not compare the header with its sealed copy (docs/facts.md, Kerberos: the header of a sealed message). */
    @Test
    void aDamagedHeaderYieldsNoTextButTheOneThatWasSealedOrItsBeginning() throws Exception {
        byte[] plain = bytes(40);
        for (int at = 0; at < HEADER; at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                Pair pair = loggedOn();
                byte[] damaged = pair.sealedByServer(plain);
                damaged[at] ^= (byte) (1 << bit);
                try {
                    byte[] text = pair.client().unseal(damaged);
                    assertThat(text).isEqualTo(Arrays.copyOf(plain, text.length));
                } catch (KerberosException e) {
                    assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
                }
            }
        }
    }

    @Test
    void aMessageThatIsRepeatedIsRefused() throws Exception {
        Pair pair = loggedOn();
        byte[] sealed = pair.sealedByServer(bytes(40));

        assertThat(pair.client().unseal(sealed)).isEqualTo(bytes(40));
        refuses(pair, sealed);
    }

    @Test
    void aMessageThatIsLostShowsWithTheNext() throws Exception {
        Pair pair = loggedOn();
        pair.sealedByServer(bytes(40));

        refuses(pair, pair.sealedByServer(bytes(41)));
    }

    @Test
    void aLogonBoundToItsChannelHoldsForThatChannelOnly() throws Exception {
        assertThat(KerberosContext.bindsToTls()).isTrue();
        byte[] channel = bytes(32);
        KerberosContext client = KerberosContext.to("host", HOST, kdc.realm(), tickets, channel);
        KerberosService.Acceptance server = service.accept(channel);
        client.finish(server.next(client.first()));
        assertThat(server.established()).isTrue();

        KerberosContext elsewhere = KerberosContext.to("host", HOST, kdc.realm(), tickets, channel);
        byte[] first = elsewhere.first();
        assertThatThrownBy(() -> service.accept(bytes(33)).next(first)).isInstanceOf(KerberosException.class);
    }

    @Test
    void sealsFromTheServersProofOnUntilItIsClosed() throws Exception {
        KerberosContext client = KerberosContext.to("host", HOST, kdc.realm(), tickets, null);
        assertThat(client.service()).isEqualTo("host/" + HOST + "@" + kdc.realm());
        byte[] first = client.first();
        assertThat(client.seals()).isFalse();

        KerberosService.Acceptance server = service.accept(null);
        client.finish(server.next(first));
        assertThat(client.seals()).isTrue();
        assertThat(server.delegated()).isFalse();

        client.close();
        assertThatThrownBy(() -> client.seal(bytes(1))).isInstanceOf(KerberosException.class);
    }

    private static void refuses(Pair pair, byte[] sealed) {
        assertThatThrownBy(() -> pair.client().unseal(sealed))
                .isInstanceOfSatisfying(
                        KerberosException.class,
                        e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("\n"));
    }

    private static byte[] whole(WrapToken.Parts parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(parts.signature());
        whole.writeBytes(parts.data());
        return whole.toByteArray();
    }

    private static byte[] rotated(byte[] token, int by) {
        byte[] rotated = token.clone();
        int length = token.length - HEADER;
        for (int i = 0; i < length; i++) {
            rotated[HEADER + (i + by) % length] = token[HEADER + i];
        }
        rotated[ROTATION_AT] = (byte) (by >> 8);
        rotated[ROTATION_AT + 1] = (byte) by;
        return rotated;
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
