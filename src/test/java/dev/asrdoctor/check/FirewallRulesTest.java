package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirewallRulesTest {
    private static final String HEAD = "v2.30|Action=Block|Active=TRUE|Dir=Out|";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Protocol=6|RPort=443|Name=x|                                       ; true",
                "Protocol=6|Name=x|                                                 ; true",
                "Name=everything|                                                   ; true",
                "Protocol=6|RPort=80|RPort=443|Name=x|                              ; true",
                "Protocol=6|RPort2_10=400-500|Name=x|                               ; true",
                "Protocol=6|RPort=443|App=C:\\x\\bin\\cbengine.exe|Name=x|          ; true",
                "Protocol=6|RPort=443|App=C:\\Windows\\notepad.exe|Name=x|          ; false",
                "Protocol=17|RPort=443|Name=x|                                      ; false",
                "Protocol=6|RPort=25|Name=x|                                        ; false",
                "Protocol=6|RPort2_10=500-600|Name=x|                               ; false",
                "Protocol=6|RPort=443|RA4=192.0.2.7|Name=x|                         ; false",
                "Protocol=6|RPort=443|Svc=dnscache|Name=x|                          ; false",
                "Protocol=6|RPort=IPTLSOut|Name=x|                                  ; false",
            })
    void knowsARuleThatBlocksHttps(String rest, boolean blocks) {
        assertThat(FirewallRules.blocksHttps(HEAD + rest.strip())).isEqualTo(blocks);
    }

    @Test
    void whateverStandsInARuleIsNeverAFault() {
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder rule = new StringBuilder(HEAD);
            for (int j = random.nextInt(30); j > 0; j--) {
                rule.append("|=-RPort2_10443Protocol6 ".charAt(random.nextInt(24)));
            }
            FirewallRules.blocksHttps(rule.toString());
        }
    }
}
