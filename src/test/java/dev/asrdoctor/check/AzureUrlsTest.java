package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.inventory.Replication.Cloud;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureUrlsTest {
    @Test
    void triesWhatThePolicyAddsWithOrWithoutAPort() {
        assertThat(AzureUrls.tried(
                        Cloud.COMMERCIAL,
                        new TreeSet<>(
                                Set.of("https://cache1.blob.core.windows.net/x", "relay.example:8443", " plain "))))
                .containsEntry("cache1.blob.core.windows.net", 443)
                .containsEntry("relay.example", 8443)
                .containsEntry("plain", 443)
                .containsEntry("login.microsoftonline.com", 443);
    }

    @Test
    void tellsPatternsOfWhichNoHostIsKnown() {
        assertThat(AzureUrls.untried(Cloud.US_GOVERNMENT, List.of("a.blob.core.usgovcloudapi.net")))
                .containsExactly("*.backup.windowsazure.us", "*.hypervrecoverymanager.windowsazure.us");
    }

    @ParameterizedTest
    @CsvSource({
        "*.windows.net, true",
        "*.blob.core.windows.net, true",
        "cache1.blob.core.windows.net, true",
        "*, true",
        "login.microsoftonline.com, true",
        "*.contoso.example, false",
        "<local>, false",
        "'', false",
        "10.*, false"
    })
    void knowsWhichBypassEntriesHideAzure(String entry, boolean hides) {
        assertThat(AzureUrls.hides(Cloud.COMMERCIAL, entry)).isEqualTo(hides);
    }
}
