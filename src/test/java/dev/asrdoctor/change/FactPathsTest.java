package dev.asrdoctor.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactPathsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "product",
                "product/version",
                "product/VERSION",
                "product/*ersion",
                "product/*",
                "services/LogUpload",
                "services/LogUpload/state",
                "services/*/startType",
                "services/svagents/dependsOn/RpcSs",
                "system/volumes/F:\\",
                "system/volumes/F:\\/capacityBytes",
                "proxy/setup/address",
                "proxy/**",
                "**/address",
                "proxy/answers/proxy:8080/outcome",
                "firewall/proxy",
                "firewall/urls/login.microsoftonline.com:443/tls/issuer",
                "antivirus/exclusions/E:\\ASR",
                "upload/bytesPerSecond",
                "upload/*",
                "host/osVersion"
            })
    void knowsWhereDifferencesCome(String path) {
        assertThat(FactPaths.mistake(List.of(path.split("/")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "product/versoin",
                "product/version/x",
                "services/LogUpload/stat",
                "services/services/LogUpload/state",
                "proxy/setup/adress",
                "proxy/setp/address",
                "firewall/urls/login.microsoftonline.com:443/tsl",
                "host/osCaption/x",
                "upload/bytes",
                "*roduct/versoin"
            })
    void knowsWhereNoneCanEverCome(String path) {
        assertThat(FactPaths.mistake(List.of(path.split("/"))).isPresent()).isEqualTo(!path.startsWith("*"));
    }

    @Test
    void saysWhatThereIsAndWhatMayBeMeant() {
        assertThat(FactPaths.mistake(List.of("product", "versoin")))
                .get()
                .asString()
                .startsWith("there is no fact 'product/versoin': 'versoin' is none of ")
                .contains("agentVersion")
                .endsWith("did you mean 'version'?");
        assertThat(FactPaths.mistake(List.of("host", "osCaption", "x")))
                .contains("there is no fact 'host/osCaption/x': nothing stands below 'osCaption'");
    }
}
