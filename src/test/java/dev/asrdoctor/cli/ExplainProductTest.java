package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.product.Product;
import dev.asrdoctor.product.Products;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExplainProductTest {
    @Test
    void allThatIsKnownOfAProductIsPrinted() {
        Commands.Ended ended = new Commands().run("explain", "product", "classic", "-o", "markdown");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).startsWith("# classic: ").contains("## Deployment standalone", "TCP 9443");
        Product classic = Products.shipped().first();
        String words = plain(ended.out());
        Stream.of(
                        classic.services().keySet().stream().map(name -> "\n- " + name),
                        classic.clouds().values().stream().flatMap(urls -> urls.patterns().stream()),
                        classic.registry().values().stream().flatMap(List::stream),
                        classic.logs().values().stream().flatMap(log -> Stream.of(log.bad(), log.good())))
                .flatMap(Function.identity())
                .forEach(told -> assertThat(words).contains(plain(told)));
    }

    /** Markdown escapes with backslashes, of which the product has its own. */
    private static String plain(String text) {
        return text.replace("\\", "");
    }

    @Test
    void theCheckOfThatNameIsStillExplained() {
        assertThat(new Commands().run("explain", "product", "-o", "markdown").out())
                .startsWith("# product.");
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
