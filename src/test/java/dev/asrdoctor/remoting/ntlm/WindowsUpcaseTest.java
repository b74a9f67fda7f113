package dev.asrdoctor.remoting.ntlm;

import static dev.asrdoctor.remoting.ntlm.Handed.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against keys that a program without any code of this one has computed from the table of an NTFS volume. */
class WindowsUpcaseTest {

    @ParameterizedTest
    @CsvSource({
        "y\u0131ld\u0131z, ac992d204cc76c9d4a8e35260a9cf2f8",
        "q\u0131z\u0131l, 9a5f971d4f19314440c26e781d1d70f2",
        "\u00b5-dienst, 29c5ff0b0db4a227325a011b8dea60e3",
        "\u10d2\u10d8\u10dd\u10e0\u10d2\u10d8, 332b5d3154134ec48fe49a11316d172d",
        "stra\u00dfe, bdf95c635020dff90bc86d2065842d45",
        "m\u00fcller, 86c1d58c687b2e7c20da2abb941e5cc0",
        "\u044e\u0437\u0435\u0440, f6d970ca685cac00cc7b8b624ddd390b",
        "\u03bf\u03b4\u03c5\u03c3\u03c3\u03b5\u03cd\u03c2, 4de9ecaf35be3b86377b448613642333",
        "\u017folidus, 43a1c2472d9549332d63e155393ef7a4",
        "\ufb01n, 7179671956e7911f1c87c7325c614890",
        "\u01c6ep, 2b20fddf1370ac63d409289f200fe3cb"
    })
    void keysOfAccountsAreMadeWithWindowsOwnUpperCase(String user, String key) {
        assertThat(NtlmV2.accountKey(NtlmV2.ntHash("Password".toCharArray()), user, "CONTOSO"))
                .isEqualTo(hex(key));
    }

    @Test
    void everyUnitIsAsInTheTableOfAnNtfsVolume() {
        CRC32 checksum = new CRC32();
        for (int unit = 0; unit <= Character.MAX_VALUE; unit++) {
            char upper = WindowsUpcase.of(String.valueOf((char) unit)).charAt(0);
            checksum.update(upper & 0xff);
            checksum.update(upper >> 8);
        }
        assertThat(checksum.getValue()).isEqualTo(0xcee8cffaL);
    }
}
