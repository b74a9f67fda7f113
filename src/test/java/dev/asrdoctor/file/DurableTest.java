package dev.asrdoctor.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DurableTest {
    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void waitsUntilNobodyHoldsTheFileAnyMore() throws Exception {
        Durable.patiently(
                () -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new AccessDeniedException("window.json");
                    }
                },
                Duration.ofSeconds(30));

        assertThat(tries).hasValue(3);
    }

    @Test
    void tellsWhatTheFileSystemSaidWhenPatienceEnds() {
        assertThatThrownBy(() -> Durable.patiently(
                        () -> {
                            tries.incrementAndGet();
                            throw new AccessDeniedException("window.json");
                        },
                        Duration.ofMillis(50)))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(tries).hasValueGreaterThan(1);
    }

    @Test
    void isNotPatientWithWhatPatienceDoesNotMend() {
        assertThatThrownBy(() -> Durable.patiently(
                        () -> {
                            tries.incrementAndGet();
                            throw new NoSuchFileException("window.json");
                        },
                        Duration.ofSeconds(30)))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(tries).hasValue(1);
    }
}
