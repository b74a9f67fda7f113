package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.facts.ConnectionFacts;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureIssuersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=Microsoft Azure RSA TLS Issuing CA 03, O=Microsoft Corporation, C=US | true",
                "CN=DigiCert Global G3 TLS ECC SHA384 2020 CA1, O=\"DigiCert, Inc.\", C=US | true",
                "CN=Baltimore CyberTrust Root, OU=CyberTrust, O=Baltimore, C=IE | true",
                "CN=Microsoft Azure TLS Issuing CA 01 | true",
                "CN=Contoso Inspection CA | false",
                "CN=Microsoft Forefront TMG HTTPS Inspection Certification Authority | false",
                "CN=Contoso Microsoft Services CA, O=Contoso | false",
                "O=Fortinet, CN=DigiCert look-alike | false",
                "'' | false",
            })
    void anIssuerIsKnownByItsOrganisation(String issuer, boolean known) {
        assertThat(AzureIssuers.know(tls(issuer), Set.of())).isEqualTo(known);
    }

    @Test
    void whatThePolicyTrustsIsKnown() {
        assertThat(AzureIssuers.know(tls("CN=Contoso Inspection CA"), Set.of("contoso inspection")))
                .isTrue();
    }

    private static ConnectionFacts.Tls tls(String issuer) {
        return new ConnectionFacts.Tls(true, "Tls12", "CN=x", issuer, 0, null, null, null, null);
    }
}
