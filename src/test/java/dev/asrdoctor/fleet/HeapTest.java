package dev.asrdoctor.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.RunPolicy;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.ServerMaker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeapTest {
    private static final long MIB = 1024 * 1024;

    private final StringBuilder err = new StringBuilder();

    @Test
    void aHeapThatBearsTheFleetIsNotTalkedAbout() {
        assertThat(bounded(1000, 1000, 512 * MIB)).isEqualTo(1000);
        assertThat(bounded(10_000, 200, 256 * MIB)).isEqualTo(200);
        assertThat(bounded(3, 5000, 64 * MIB)).isEqualTo(5000);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aHeapThatDoesNotIsGivenFewerAtOnceAndItIsSaid() {
        int bears = bounded(1000, 1000, 64 * MIB);
        assertThat(bears).isBetween(100, 500);
        assertThat(err.toString())
                .isEqualTo(bears
                        + " servers are visited at once, not 1000: the memory this Java may use"
                        + " (64 MiB) bears no more; ASRDOCTOR_JAVA_OPTS=-Xmx1g gives it more");
    }

    @Test
    void atLeastOneIsVisited() {
        assertThat(bounded(20_000, 50, 32 * MIB)).isEqualTo(1);
    }

    private int bounded(int servers, int concurrency, long heap) {
        List<Server> all = IntStream.range(0, servers)
                .mapToObj(i -> ServerMaker.server("ps" + i, Deployment.STANDALONE))
                .toList();
        Fleet fleet = new Fleet(
                new Inventory(Path.of("fleet.yaml"), all, Map.of(), List.of()),
                all,
                Policy.DEFAULT,
                new RunPolicy(concurrency, Duration.ofSeconds(90), 2, Duration.ofSeconds(90), Duration.ofSeconds(20)));
        return Heap.bounded(fleet, heap, err::append).limits().concurrency();
    }
}
