package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.product.CloudUrls;
import dev.asrdoctor.product.Products;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureUrlsTest {
    private static final CloudUrls COMMERCIAL = Products.shipped().first().urls("commercial");
    private static final CloudUrls US_GOVERNMENT = Products.shipped().first().urls("us-government");
    private static final CloudUrls CHINA = Products.shipped().first().urls("china");

    @Test
    void triesWhatThePolicyAddsWithOrWithoutAPort() {
        assertThat(AzureUrls.tried(
                        COMMERCIAL,
                        new TreeSet<>(
                                Set.of("https://cache1.blob.core.windows.net/x", "relay.example:8443", " plain "))))
                .containsEntry("cache1.blob.core.windows.net", 443)
                .containsEntry("relay.example", 8443)
                .containsEntry("plain", 443)
                .containsEntry("login.microsoftonline.com", 443);
    }

    @Test
    void tellsPatternsOfWhichNoHostIsKnown() {
        assertThat(AzureUrls.untried(US_GOVERNMENT, List.of("a.blob.core.usgovcloudapi.net")))
                .containsExactly("*.backup.windowsazure.us", "*.hypervrecoverymanager.windowsazure.us");
    }

    @ParameterizedTest
    @CsvSource({
        "*.windows.net, true",
        "*.blob.core.windows.net, true",
        "cache1.blob.core.windows.net, true",
        "*, true",
        "login.microsoftonline.com, true",
        "*.store.core.windows.net, true",
        "*.accesscontrol.windows.net, false",
        "*.contoso.example, false",
        "<local>, false",
        "'', false",
        "10.*, false"
    })
    void knowsWhichBypassEntriesHideAzure(String entry, boolean hides) {
        assertThat(AzureUrls.hides(COMMERCIAL, entry)).isEqualTo(hides);
    }

    @ParameterizedTest
    @ValueSource(strings = {"login.chinacloudapi.cn", "login.microsoftonline.cn", "login.partner.microsoftonline.cn"})
    void oneLogonHostOfChinaIsEnough(String answers) {
        assertThat(AzureUrls.judged(
                        CHINA,
                        AzureUrls.tried(CHINA, Set.of()).keySet().stream()
                                .map(host -> url(host, host.equals(answers) ? "connected" : "failed"))
                                .toList()))
                .extracting(ConnectionFacts::host)
                .containsExactly(answers);
    }

    @Test
    void whereNoLogonHostOfChinaAnswersTheFirstIsTold() {
        assertThat(AzureUrls.judged(
                        CHINA,
                        AzureUrls.tried(CHINA, Set.of("x.example")).keySet().stream()
                                .map(host -> url(host, "failed"))
                                .toList()))
                .extracting(ConnectionFacts::host)
                .containsExactly("login.chinacloudapi.cn", "x.example");
    }

    /** Facts that were kept before names were tried once only. */
    @Test
    void aHostThatWasTriedTwiceCountsOnce() {
        assertThat(AzureUrls.judged(
                        COMMERCIAL,
                        List.of(
                                url("login.microsoftonline.com", "connected"),
                                url("login.microsoftonline.com", "connected"))))
                .hasSize(1);
    }

    private static ConnectionFacts url(String host, String outcome) {
        boolean connected = outcome.equals("connected");
        return new ConnectionFacts(
                "azure",
                host,
                443,
                outcome,
                connected ? 0 : 11001,
                1,
                null,
                connected ? "done" : "tcp",
                null,
                null,
                null,
                null);
    }
}
