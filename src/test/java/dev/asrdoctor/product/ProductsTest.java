package dev.asrdoctor.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.check.Checks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Two products side by side, of which each has source machines. */
class ProductsTest {
    private static final Products SHIPPED = Products.shipped();
    private static final Product CLASSIC = SHIPPED.byId("classic").orElseThrow();
    private static final Product APPLIANCE = SHIPPED.byId("appliance").orElseThrow();

    @Test
    void aWordThatSeveralProductsHaveStandsForTheFirstOnesAndMayMeanTheOthers() {
        assertThat(Deployment.SOURCE_MACHINE.product()).isSameAs(CLASSIC);
        assertThat(SHIPPED.others(Deployment.SOURCE_MACHINE)).containsExactly(APPLIANCE);
        assertThat(Products.meant(Deployment.SOURCE_MACHINE, APPLIANCE))
                .singleElement()
                .satisfies(joined -> {
                    assertThat(joined.is(Trait.JOINED)).isTrue();
                    assertThat(joined.isCalledLike(Deployment.SOURCE_MACHINE)).isTrue();
                    assertThat(joined).isNotSameAs(Deployment.SOURCE_MACHINE);
                });
        assertThat(SHIPPED.deployments()).extracting(Deployment::id).doesNotHaveDuplicates();
    }

    @Test
    void aServerOfWhichNothingIsKnownIsAskedAboutTheFirstUnlessItHasAMark() {
        assertThat(Deployment.AUTO.product()).isSameAs(CLASSIC);
        assertThat(SHIPPED.others(Deployment.AUTO)).containsExactly(APPLIANCE);
        assertThat(SHIPPED.others(Deployment.STANDALONE)).isEmpty();
        assertThat(SHIPPED.others(Deployment.REPLICATION_APPLIANCE)).isEmpty();
        assertThat(SHIPPED.inOrderOfDetection(Deployment.STANDALONE)).containsExactly(APPLIANCE, CLASSIC);
    }

    @Test
    void theApplianceIsToldByItsRegistryBeforeItsServices() {
        Detection detection = APPLIANCE.detection();
        assertThat(detection.told(Map.of("applianceType", "inmagercm"), service -> false))
                .contains(Deployment.REPLICATION_APPLIANCE);
        assertThat(detection.told(Map.of("csMode", "Rcm"), service -> false))
                .contains(Deployment.REPLICATION_APPLIANCE);
        assertThat(detection.told(Map.of("applianceType", "Physical", "csMode", "LegacyCS"), service -> false))
                .isEmpty();
        assertThat(detection.told(Map.of(), service -> service.name().equals("rcmproxyagent")))
                .contains(Deployment.REPLICATION_APPLIANCE);
        assertThat(detection.told(Map.of(), service -> service.name().equals("obengine")))
                .isEmpty();
        assertThat(detection.told(Map.of("joinedTo", List.of()), service -> false))
                .get()
                .extracting(Deployment::id)
                .isEqualTo("source-machine");
    }

    @Test
    void whatIsLeftOutIsACheckAndHasItsReason() {
        Map<String, String> leftOut = Deployment.REPLICATION_APPLIANCE.leavesOut();
        assertThat(Set.copyOf(Checks.ids())).containsAll(leftOut.keySet());
        assertThat(Checks.all().stream()
                        .filter(check -> check.about().meant(Deployment.REPLICATION_APPLIANCE))
                        .map(check -> check.id())
                        .collect(Collectors.toSet()))
                .doesNotContainAnyElementsOf(leftOut.keySet());
        assertThat(Checks.byId("practices.address").orElseThrow().about().leftOut())
                .containsOnlyKeys("replication-appliance");
    }

    @Test
    void theCredentialStoreIsNoPlaceOfTheProduct() {
        assertThat(APPLIANCE.files().values()).noneMatch(file -> file.path().contains("CredStore"));
        assertThat(APPLIANCE.startOrder())
                .containsExactlyInAnyOrderElementsOf(APPLIANCE.services().values());
    }
}
