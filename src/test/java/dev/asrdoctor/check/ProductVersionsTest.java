package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductVersionsTest {
    @ParameterizedTest
    @CsvSource({
        "2.0.9072.0, true",
        "2.0.9082.9, true",
        "2.0.9083.0, false",
        "2.0.9083, false",
        "2.0.10000.0, false",
        "1.9.99999.0, true",
        "2.0, true",
        "3.0, false",
        "' 2.0.9072.0 ', true",
        "2.0.x, false",
        "'', false",
        ", false",
        "2.0.99999999999999999999, false",
    })
    void comparesVersionsNumberByNumberAndOnlyWhatIsAVersion(String version, boolean older) {
        assertThat(ProductVersions.older(version, List.of(2, 0, 9083))).isEqualTo(older);
    }
}
