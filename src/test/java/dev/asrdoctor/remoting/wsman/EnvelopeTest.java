package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Script;
import dev.asrdoctor.remoting.ntlm.NtlmFlags;
import dev.asrdoctor.remoting.ntlm.NtlmSession;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import org.apache.commons.lang3.StringUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A script is encoded once for a run; each server's request is the same as if all of it had been made for it. */
class EnvelopeTest {
    private static final Script.Shared REST = new Script.Shared(StringUtils.repeat("Get-Thing 'x'\n", 3000));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void theEncodedPartsAreTheEncodedWhole(int length) {
        Script script = Script.of("# title", "$r = '" + StringUtils.repeat('a', length) + "'", REST);
        String parts = new String(script.headInBase64(), US_ASCII) + new String(script.restInBase64(), US_ASCII);
        assertThat(new String(Base64.getDecoder().decode(parts), US_ASCII)).isEqualTo(script.text());
        assertThat(parts).isEqualTo(Base64.getEncoder().encodeToString(script.bytes()));
        assertThat(script.length()).isEqualTo(script.bytes().length);
    }

    @Test
    void theCommonPartIsNotCopiedForEachServer() {
        Script one = Script.of("# title", "$r = '1'", REST);
        Script other = Script.of("# title", "$r = '22'", REST);
        assertThat(one.restInBase64()).isSameAs(other.restInBase64());
        Envelope envelope =
                new Envelope(List.of("<a>".getBytes(US_ASCII), one.restInBase64(), "</a>".getBytes(US_ASCII)));
        HttpRequests requests = new HttpRequests(
                new Endpoint("127.0.0.1", 5985, false, "/wsman", Endpoint.Scheme.BASIC, true, List.of(), null, true));
        List<byte[]> request = List.copyOf(requests.post("text/plain", "Basic x", envelope.pieces()));
        assertThat(request).hasSize(3);
        assertThat(request.get(1)).isSameAs(one.restInBase64());
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        request.forEach(all::writeBytes);
        assertThat(all.toByteArray()).isEqualTo(requests.post("text/plain", "Basic x", envelope.bytes()));
    }

    @Test
    void piecesAreSealedAsTheWholeIs() {
        byte[] key = new byte[16];
        Envelope envelope =
                new Envelope(List.of("<a>".getBytes(US_ASCII), "b".getBytes(US_ASCII), "</a>".getBytes(US_ASCII)));
        assertThat(EncryptedMultipart.seal(envelope, NtlmSession.ofClient(key, NtlmFlags.CLIENT)))
                .isEqualTo(EncryptedMultipart.seal(envelope.bytes(), NtlmSession.ofClient(key, NtlmFlags.CLIENT)));
    }
}
