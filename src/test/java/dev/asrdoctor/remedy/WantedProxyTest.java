package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.FirewallFacts;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.ServerMaker;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WantedProxyTest {
    private final Patient patient = mock();
    private final Facts facts = ServerMaker.healthy(Deployment.STANDALONE).facts();

    private void urls(Status status, @Nullable String proxy, @Nullable String of) {
        Finding finding = mock();
        when(finding.status()).thenReturn(status);
        when(patient.findings("firewall.urls")).thenReturn(List.of(finding));
        when(patient.fails("firewall.urls")).thenReturn(status == Status.FAIL);
        when(patient.facts())
                .thenReturn(facts.with(
                        FactArea.FIREWALL,
                        new Area.Read<>(
                                new FirewallFacts(List.of(), List.of(), null, proxy, of, null, null, List.of()))));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "PASS,    -,             -,       -",
                "WARN,    -,             -,       -",
                "PASS,    old.test:3128, mars,    azure-unreachable",
                "PASS,    old.test:3128, product, proxy-untried",
                "PASS,    old.test:3128, -,       proxy-untried",
                "FAIL,    -,             -,       azure-unreachable",
                "UNKNOWN, -,             -,       proxy-untried",
            })
    void noProxyIsSetOnlyWhereAzureAnsweredWithoutOne(
            Status status, @Nullable String proxy, @Nullable String of, @Nullable String guard) {
        urls(status, proxy, of);
        assertThat(WantedProxy.objection(patient, AlignProxy.NONE, true).map(Objection::guard))
                .isEqualTo(Optional.ofNullable(guard));
    }

    @Test
    void noProxyIsSetWhereTheUrlsWereNotTriedThatWay() {
        urls(Status.PASS, null, null);
        assertThat(WantedProxy.objection(patient, AlignProxy.NONE, false).map(Objection::guard))
                .contains("proxy-untried");
        when(patient.findings("firewall.urls")).thenReturn(List.of());
        assertThat(WantedProxy.objection(patient, AlignProxy.NONE, true).map(Objection::guard))
                .contains("proxy-untried");
    }
}
