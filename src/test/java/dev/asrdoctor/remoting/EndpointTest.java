package dev.asrdoctor.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.Endpoint.Scheme;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "ps01.contoso.example, ps01.contoso.example:5985",
        "win_srv01, win_srv01:5985",
        "10.0.0.4, 10.0.0.4:5985",
        "::1, [::1]:5985",
        "fe80::1%lo, [fe80::1]:5985",
        "fe80::1%25eth0, [fe80::1]:5985",
        "m\u00fcller-pc, xn--mller-pc-65a:5985",
        "\u30b5\u30fc\u30d0\u30fc, xn--vckucxgb:5985",
        "m\u00fcller pc, m%C3%BCller+pc:5985"
    })
    void standsInUrlsAndHeadersAsAsciiAndWithoutAZone(String host, String authority) {
        Endpoint endpoint = new Endpoint(host, 5985, false, "/wsman", Scheme.NTLM, false, List.of(), null, true);
        assertThat(endpoint.authority()).matches("[\\x21-\\x7e]+");
        assertThat(endpoint.authority()).isEqualTo(authority);
    }
}
