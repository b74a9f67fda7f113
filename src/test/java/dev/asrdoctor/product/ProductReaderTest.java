package dev.asrdoctor.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.testing.Peers;
import dev.asrdoctor.testing.Schemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ProductReaderTest {
    private static final String SCHEMA = "inventory/schemas/product-1.schema.json";
    private static final Product PRODUCT = Products.shipped().first();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"classic", "appliance"})
    void theShippedProductsAgreeWithTheSchema(String product) throws Exception {
        // With its aliases written out, which the validator does not follow.
        String plain = new JsonMapper()
                .writeValueAsString(YamlFile.read(Peers.project("src/main/resources/products/" + product + ".yaml"))
                        .plain());
        assertThat(Schemas.complaints(SCHEMA, Files.writeString(folder.resolve("plain.yaml"), plain)))
                .isEmpty();
    }

    @Test
    void everyMistakeIsToldWithItsPlace() throws Exception {
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                version: 1
                id: p
                title: P
                services:
                  one: {severity: fatal}
                  two: {severity: high, starttype: manual}
                deployments:
                  alone:
                    is: [process-sever]
                    requires: [one, three]
                    capacity: [{cores: 0, memoryGB: 1, cacheGB: 1, churnGB: 1, machines: 1}]
                detection:
                  registry:
                    - {deployment: alone, has: [serverroot]}
                    - {deployment: nowhere, has: [serverRoot]}
                  services:
                    - {deployment: alone}
                ports: {data: 94430}
                logs:
                  l: {entry: '(', bad: x, good: y, places: [{root: root, files: '*'}]}
                colour: red
                """);
        ConfigException told = catchThrowableOfType(ConfigException.class, () -> ProductReader.read(file));
        assertThat(told.problems().stream()
                        .map(problem -> problem.at().line() + ":" + problem.at().column()))
                .containsExactly(
                        "5:19", "6:25", "9:10", "10:21", "11:24", "14:33", "15:20", "17:7", "18:15", "20:14", "20:52",
                        "21:1");
        assertThat(told.problems().stream().map(Object::toString))
                .anyMatch(text -> text.contains("'process-sever' is not one of") && text.contains("'process-server'?"))
                .anyMatch(text -> text.contains("'starttype'") && text.contains("did you mean 'startType'?"))
                .anyMatch(text -> text.contains("this is not a regular expression"));
    }

    @Test
    void aNewerVersionIsToldAsSuch() throws Exception {
        Path file = Files.writeString(
                folder.resolve("p.yaml"),
                "version: 2\nid: p\ntitle: P\nservices: {a: {severity: low}}\ndeployments: {d: {requires: [a]}}\n");
        assertThat(catchThrowableOfType(ConfigException.class, () -> ProductReader.read(file)))
                .hasMessageContaining("a newer one is needed");
    }

    @Test
    void eachDeploymentKnowsItsProductAndIsOne() {
        assertThat(PRODUCT.deployments()).allSatisfy(deployment -> {
            assertThat(deployment.product()).isSameAs(PRODUCT);
            assertThat(Deployment.byId(deployment.id())).containsSame(deployment);
        });
        assertThat(Products.shipped().words().keySet())
                .containsExactly(
                        "configuration-server",
                        "standalone",
                        "azure-failback",
                        "source-machine",
                        "replication-appliance",
                        "auto");
        assertThat(Deployment.AUTO.required()).isEmpty();
        assertThat(Deployment.AUTO.product()).isSameAs(PRODUCT);
    }

    @Test
    void everyServiceHasAPlaceInTheStartOrderAndIsRequiredSomewhere() {
        assertThat(PRODUCT.startOrder())
                .containsExactlyInAnyOrderElementsOf(PRODUCT.services().values());
        assertThat(PRODUCT.services().values())
                .allMatch(service -> PRODUCT.deployments().stream()
                        .anyMatch(deployment -> deployment.required().contains(service)));
        assertThat(PRODUCT.uploader()).map(ProductService::name).contains("obengine");
        assertThat(PRODUCT.service("svagents").orElseThrow().displayNames())
                .contains("InMage Scout VX Agent \u2013 Sentinel/Outpost");
    }

    @Test
    void everyLogNamesTheSuccessesThatAreWeighedAgainstItsFailures() {
        PRODUCT.logs()
                .forEach((kind, log) -> assertThat(Pattern.compile(log.good()).namedGroups())
                        .as(kind)
                        .containsKeys("who", "what"));
        assertThat(PRODUCT.logs()).containsOnlyKeys("heartbeat", "transport", "mars");
    }

    @ParameterizedTest
    @CsvSource({
        "3,    root, agent, '',   false, configuration-server",
        "1,    root, '',    '',   false, configuration-server",
        "2,    root, '',    '',   true,  azure-failback",
        "2,    root, agent, '',   true,  standalone",
        "2,    '',   '',    mars, false, standalone",
        ",     root, '',    '',   true,  configuration-server",
        ",     root, agent, '',   false, standalone",
        ",     '',   agent, '',   true,  source-machine",
        ",     '',   '',    mars, true,  ",
    })
    void theRegistryTellsTheDeployment(
            Long type, String root, String agent, String mars, boolean registered, String deployment) {
        Map<String, Object> found = new java.util.HashMap<>();
        found.put("cxType", type);
        found.put("serverRoot", root.isEmpty() ? null : root);
        found.put("agentRoot", agent.isEmpty() ? null : agent);
        found.put("marsRoot", mars.isEmpty() ? null : mars);
        found.put("registered", registered);
        assertThat(PRODUCT.detection()
                        .told(found, service -> false)
                        .map(Deployment::id)
                        .orElse(null))
                .isEqualTo(deployment);
    }

    @ParameterizedTest
    @CsvSource({
        "dra,                                configuration-server",
        "cxprocessserver,                    azure-failback",
        "'ProcessServer obengine',           standalone",
        "'cxprocessserver svagents',         standalone",
        "'svagents obengine',                source-machine",
        "'obengine MySQL',                   ",
    })
    void servicesTellItWhereTheRegistryDoesNot(String installed, String deployment) {
        Set<String> there = Set.copyOf(List.of(installed.split(" ")));
        assertThat(PRODUCT.detection()
                        .told(Map.of(), service -> there.contains(service.name()))
                        .map(Deployment::id)
                        .orElse(null))
                .isEqualTo(deployment);
    }
}
