package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

import dev.asrdoctor.remoting.gss.KerberosContext;
import dev.asrdoctor.remoting.ntlm.NtlmException;
import dev.asrdoctor.remoting.ntlm.NtlmFlags;
import dev.asrdoctor.remoting.ntlm.NtlmSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.lang3.StringUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedMultipartTest {
    private static final byte[] KEY = "sixteen bytes k!".getBytes(ISO_8859_1);
    private static final int END = "--Encrypted Boundary--\r\n".length();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            nullValues = "none",
            value = {
                "multipart/encrypted;protocol=x | <s:Envelope> | true",
                "Multipart/Encrypted            | ``           | true",
                "none                           | --Encrypted  | true",
                "``                             | --Encrypted  | true",
                "none                           | `\t\r\n --Encrypted`  | true",
                "none                           | `                 --`  | false",
                "none                           | -Encrypted   | false",
                "none                           | ``           | false",
                "text/html                      | --Encrypted  | false",
                "application/soap+xml           | <s:Envelope> | false",
            })
    void isKnownByItsTypeOrWhereItHasNoneByItsBoundary(String type, String body, boolean sealed) {
        HttpHeaders headers = new HttpHeaders();
        if (type != null) {
            headers.add("Content-Type", type);
        }

        assertThat(EncryptedMultipart.isIn(new HttpAnswer(200, headers, body.getBytes(ISO_8859_1), true)))
                .isEqualTo(sealed);
    }

    @Test
    void everyLengthIsFramedAsPartsAreThatWereSealedElsewhereAndComesBack() throws Exception {
        NtlmSession sealing = client();
        NtlmSession again = client();
        NtlmSession opening = server();
        for (int length = 0; length < 130; length++) {
            byte[] plain = bytes(length);
            byte[] body = EncryptedMultipart.seal(plain, sealing);
            byte[] apart = again.seal(plain);
            byte[] signature = Arrays.copyOf(apart, NtlmSession.SIGNATURE_LENGTH);
            byte[] data = Arrays.copyOfRange(apart, NtlmSession.SIGNATURE_LENGTH, apart.length);

            assertThat(body).isEqualTo(EncryptedMultipart.frame(EncryptedMultipart.SPNEGO, length, signature, data));
            assertThat(EncryptedMultipart.sealed(body)).isEqualTo(apart);
            assertThat(bytes(EncryptedMultipart.unseal(body, opening))).isEqualTo(plain);
        }
    }

    @Test
    void aBodyMayEndWithItsData() throws Exception {
        byte[] body = EncryptedMultipart.seal(bytes(40), client());

        assertThat(bytes(EncryptedMultipart.unseal(Arrays.copyOf(body, body.length - END), server())))
                .isEqualTo(bytes(40));
    }

    @Test
    void aBodyThatIsCutAnywhereBeforeIsRefused() {
        byte[] body = EncryptedMultipart.seal(bytes(40), client());
        for (int length = 0; length < body.length - END; length++) {
            refused(Arrays.copyOf(body, length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "5", "4294967300", "42949672964", "-4", "", "x"})
    void aLengthThatIsNotTheDatasIsRefused(String length) {
        String body = new String(EncryptedMultipart.seal("<x/>".getBytes(ISO_8859_1), client()), ISO_8859_1);

        refused(body.replace("Length=4\r", "Length=" + length + "\r").getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17, 32, -1})
    void aSignatureOfAnotherLengthIsRefused(int length) {
        byte[] body = EncryptedMultipart.seal(bytes(40), client());
        int at = body.length - END - 40 - NtlmSession.SIGNATURE_LENGTH - Integer.BYTES;
        assertThat(body[at]).isEqualTo((byte) NtlmSession.SIGNATURE_LENGTH);
        ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).putInt(at, length);

        refused(body);
    }

    @Test
    void headersAreFoundWhereverTheyStand() throws Exception {
        byte[] body = EncryptedMultipart.seal("<x/>".getBytes(ISO_8859_1), client());
        String text = new String(body, ISO_8859_1);

        byte[] bare = text.substring(text.indexOf("Length=")).getBytes(ISO_8859_1);

        assertThat(EncryptedMultipart.sealed(bare)).isEqualTo(EncryptedMultipart.sealed(body));
        assertThat(bytes(EncryptedMultipart.unseal(bare, server()))).isEqualTo("<x/>".getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--Encrypted Boundary--", "-- Encrypted Boundary--", "--   Encrypted Boundary--\r\n"})
    void theEndIsTheLastBoundaryHoweverItIsSpaced(String end) throws Exception {
        byte[] data = "data that ends with the like of it --Encrypted Boundary-- -".getBytes(ISO_8859_1);
        for (byte[] signature : new byte[][] {new byte[0], new byte[60], new byte[72]}) {
            byte[] whole = EncryptedMultipart.frame(EncryptedMultipart.KERBEROS, data.length, signature, data);
            String cut = new String(whole, 0, whole.length - END, ISO_8859_1);

            assertThat(EncryptedMultipart.sealed((cut + end).getBytes(ISO_8859_1)))
                    .isEqualTo(joined(signature, data));
        }
        assertThat(EncryptedMultipart.sealed(EncryptedMultipart.frame("p", 0, new byte[0], new byte[0])))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-Encrypted Boundary--\r\n",
                "x-Encrypted Boundary--\r\n",
                "-xEncrypted Boundary--\r\n",
                "--Encrypted Boundary\r\n",
                "--Encrypted Boundary-\r\n",
            })
    void partsWithoutTheirEndAreRefused(String end) {
        byte[] whole =
                EncryptedMultipart.frame(EncryptedMultipart.KERBEROS, 3, new byte[60], "xyz".getBytes(ISO_8859_1));

        refusedParts(new String(whole, 0, whole.length - END, ISO_8859_1) + end);
        refusedParts(new String(whole, ISO_8859_1) + StringUtils.repeat(' ', 64));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--Encrypted Boundary--",
                "Encrypted Boundary--Length=application/octet-stream\n",
                "   Encrypted Boundary--Length=application/octet-stream\n",
                "Length=application/octet-stream\n--Encrypted Boundary--",
                "Length=application/octet-stream\n123--Encrypted Boundary--",
                "Length=application/octet-stream--Encrypted Boundary--",
                "application/octet-stream\n1234--Encrypted Boundary--",
                "Length=\n1234--Encrypted Boundary--",
            })
    void whatIsNoSuchMessageIsRefused(String body) {
        refusedParts(body);
        refused(body.getBytes(ISO_8859_1));
    }

    @Test
    void itsTypeNamesTheProtocol() {
        String type = "multipart/encrypted;protocol=\"%s\";boundary=\"Encrypted Boundary\"";

        assertThat(new NtlmSeal(client()).contentType())
                .isEqualTo(type.formatted("application/HTTP-SPNEGO-session-encrypted"));
        assertThat(new KerberosSeal(mock(KerberosContext.class), EncryptedMultipart.KERBEROS).contentType())
                .isEqualTo(type.formatted("application/HTTP-Kerberos-session-encrypted"));
        byte[] framed = EncryptedMultipart.frame(EncryptedMultipart.KERBEROS, 0, new byte[0], new byte[0]);
        assertThat(new String(framed, ISO_8859_1))
                .contains("\tContent-Type: application/HTTP-Kerberos-session-encrypted\r\n")
                .doesNotContain("SPNEGO");
    }

    private static void refused(byte[] body) {
        assertThatExceptionOfType(NtlmException.class)
                .isThrownBy(() -> EncryptedMultipart.unseal(body, server()))
                .withMessageContaining("sealed message");
    }

    private static void refusedParts(String body) {
        assertThatExceptionOfType(NtlmException.class)
                .isThrownBy(() -> EncryptedMultipart.sealed(body.getBytes(ISO_8859_1)))
                .withMessageContaining("sealed message");
    }

    private static NtlmSession client() {
        return NtlmSession.ofClient(KEY, NtlmFlags.CLIENT);
    }

    private static NtlmSession server() {
        return NtlmSession.ofAcceptor(KEY, NtlmFlags.CLIENT);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(ByteBuffer plain) {
        byte[] bytes = new byte[plain.remaining()];
        plain.get(bytes);
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
