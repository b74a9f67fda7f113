package dev.asrdoctor.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.Yaml;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryWordsTest {
    /** What only asrdoctor's own inventory has. */
    private static final Pattern OWN = Pattern.compile(
            "'(address|caFile|allowBasicOverHttp|proxy|authentication|kerberos|kdc|spn|serviceHost)'|transport:? https?");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Use NTLM or transport https; for a closed test network set 'allowBasicOverHttp' in the inventory. |"
                        + " Use NTLM or ansible_winrm_scheme=https; for a closed test network set asrdoctor_allow_basic_over_http=true"
                        + " in the inventory.",
                "Name your certificate authority in the inventory (tls 'caFile'), or compare |"
                        + " Name your certificate authority in the inventory (ansible_winrm_ca_trust_path), or compare",
                "Check the spelling in the inventory, or set 'address' to a name | Check the spelling in the inventory, or set"
                        + " ansible_host to a name",
                "set transport http (port 5985; NTLM encrypts its messages there too) |"
                        + " set ansible_winrm_scheme=http and ansible_port=5985 (NTLM encrypts its messages there too)",
                "Check 'proxy' in the inventory | Check ansible_winrm_proxy in the inventory",
                "transport: http | ansible_winrm_scheme: http",
            })
    void adviceIsGivenInTheVariablesOfThePlugin(String own, String ansible) {
        assertThat(InventoryWords.WINRM.of(own)).isEqualTo(ansible).doesNotContainPattern(OWN);
        assertThat(InventoryWords.PSRP.of(own)).doesNotContainPattern(OWN).doesNotContain("ansible_winrm_");
        assertThat(InventoryWords.OWN.of(own)).isEqualTo(own);
    }

    @Test
    void everyServerHasTheWordsOfItsInventory() throws Exception {
        Inventory ansible = InventoryLoader.load(
                Yaml.write(folder, "hosts", "ps1 ansible_connection=winrm\nps2 ansible_connection=psrp\n"));
        assertThat(ansible.servers())
                .extracting(server -> server.connection().words())
                .containsExactly(InventoryWords.WINRM, InventoryWords.PSRP);
        assertThat(Yaml.inventory(folder, "version: 1\nservers: { a: }\n").servers())
                .extracting(server -> server.connection().words())
                .containsExactly(InventoryWords.OWN);
    }
}
