package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyAddressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "http://proxy.contoso.example  | 8080 | http  | proxy.contoso.example | 8080",
                "HTTP://Proxy.Contoso.Example/ | 8080 | http  | proxy.contoso.example | 8080",
                "proxy.contoso.example:8080    | -    | http  | proxy.contoso.example | 8080",
                "proxy.contoso.example:3128    | 8080 | http  | proxy.contoso.example | 8080",
                "proxy                         | -    | http  | proxy                 | 80",
                "https://proxy                 | -    | https | proxy                 | 443",
                "http://10.0.0.8:3128/         | ''   | http  | 10.0.0.8              | 3128",
                " proxy                        | ' 81 ' | http | proxy                | 81",
                "proxy:8080                    | 0    | http  | proxy                 | 8080",
                "http://[2001:db8::8]:8080     | -    | http  | [2001:db8::8]         | 8080",
            })
    void hasOneFormHoweverItIsWritten(String address, String port, String scheme, String host, int number) {
        assertThat(ProxyAddress.of(address, port)).contains(new ProxyAddress(scheme, host, number));
    }

    @Test
    void nothingIsNoProxy() {
        assertThat(ProxyAddress.of(null, "8080")).isEmpty();
        assertThat(ProxyAddress.of("  ", "8080")).isEmpty();
    }

    @Test
    void noiseIsNeverAFault() {
        Random random = new Random(1);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(12); j > 0; j--) {
                text.append("htp:/.[]0123456789 ax%".charAt(random.nextInt(22)));
            }
            ProxyAddress.of(text.toString(), text.reverse().toString());
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            WinHttpProxy.text(Base64.getEncoder().encodeToString(bytes));
            WinHttpProxy.text(text.toString());
        }
    }

    @Test
    void readsTheProxyOfWinHttp() {
        byte[] value = {40, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 5, 0, 0, 0, 'p', ':', '8', '0', '8', 0, 0, 0, 0};
        assertThat(WinHttpProxy.text(Base64.getEncoder().encodeToString(value))).isEqualTo("p:808");
        assertThat(WinHttpProxy.text("GAAAAAAAAAABAAAAAAAAAAAAAAA=")).isNull();
        assertThat(WinHttpProxy.text(null)).isNull();
    }
}
