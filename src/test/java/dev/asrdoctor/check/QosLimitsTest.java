package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.facts.BandwidthFacts.QosPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QosLimitsTest {
    @ParameterizedTest
    @CsvSource({
        "cbengine.exe, *, *, , , 1024, true",
        "'C:\\Program Files\\Microsoft Azure Recovery Services Agent\\bin\\CBEngine.exe', TCP, 443, , , 1024, true",
        "cbengine.exe, *, 400:500, , , 1024, true",
        "cbengine.exe, *, 80, , , 1024, false",
        "cbengine.exe, UDP, *, , , 1024, false",
        "notcbengine.exe, *, *, , , 1024, false",
        "'', , , , , 512, true",
        "*, *, *, 10.1.2.3, , 512, false",
        "cbengine.exe, *, *, 10.1.2.3, , 512, true",
        "*, , , , https://intranet, 512, false",
        "cbengine.exe, *, *, , , 125000, false",
    })
    void countsPoliciesThatCanHitTheUploadEngine(
            String application, String protocol, String port, String address, String url, long rate, boolean hits) {
        QosPolicy policy = new QosPolicy("one", application, protocol, null, port, address, url, rate);
        assertThat(QosLimits.of(List.of(policy))).hasSize(hits ? 1 : 0);
    }

    @Test
    void findsNothingWhereTheyWereNotRead() {
        assertThat(QosLimits.of(null)).isEmpty();
    }
}
