package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.product.Product;
import dev.asrdoctor.product.Products;
import org.junit.jupiter.api.Test;

class ExplainProductTest {
    @Test
    void allThatIsKnownOfAProductIsPrinted() {
        Commands.Ended ended = new Commands().run("explain", "product", "classic");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).startsWith("# classic: ").contains("## Deployment standalone", "TCP 9443");
        Product classic = Products.shipped().first();
        classic.services().keySet().forEach(name -> assertThat(ended.out()).contains("\n- " + name));
        classic.clouds().values().forEach(urls -> assertThat(ended.out()).contains(urls.patterns()));
        classic.registry().values().forEach(keys -> assertThat(ended.out()).contains(keys));
        classic.logs().values().forEach(log -> assertThat(ended.out()).contains(log.bad(), log.good()));
    }

    @Test
    void theCheckOfThatNameIsStillExplained() {
        assertThat(new Commands().run("explain", "product").out()).startsWith("# product.");
    }

    @Test
    void aProductThatNobodyKnowsIsBadInput() {
        Commands.Ended ended = new Commands().run("explain", "product", "clasic");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("no product is called 'clasic'", "did you mean 'classic'?");
    }

    @Test
    void twoNamesAtOnceAreBadInput() {
        Commands.Ended ended = new Commands().run("explain", "services.running", "time.offset");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("one name is explained at a time");
    }
}
