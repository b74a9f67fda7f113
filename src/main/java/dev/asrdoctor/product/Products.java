package dev.asrdoctor.product;

import dev.asrdoctor.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The products that are known. One is added by its file in {@code products} and its name in {@link #NAMES}. A server of which
 * nothing is known is asked about the first, unless it has a mark of another.
 */
public final class Products {
    private static final List<String> NAMES = List.of("classic", "appliance");

    private final List<Product> all;
    private final List<Deployment> deployments;
    private final Map<String, Deployment> words = new LinkedHashMap<>();

    Products(List<Product> all) {
        this.all = List.copyOf(all);
        all.stream()
                .flatMap(product -> product.deployments().stream())
                .forEach(deployment -> words.putIfAbsent(deployment.id(), deployment));
        deployments = List.copyOf(words.values());
        words.put(KnownDeployment.UNDECIDED.id(), KnownDeployment.UNDECIDED);
    }

    /** Read when first asked for. */
    public static Products shipped() {
        return Shipped.PRODUCTS;
    }

    private static final class Shipped {
        private static final Products PRODUCTS = load();

        private static Products load() {
            List<Product> read = new ArrayList<>();
            for (String name : NAMES) {
                String path = "/products/" + name + ".yaml";
                try (InputStream in = Products.class.getResourceAsStream(path)) {
                    if (in == null) {
                        throw new IllegalStateException("the product " + path + " is missing in this build");
                    }
                    read.add(ProductReader.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), path));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (ConfigException e) {
                    throw new IllegalStateException(e);
                }
            }
            return new Products(read);
        }
    }

    public List<Product> all() {
        return all;
    }

    public Product first() {
        return all.getFirst();
    }

    /** One for each word: the first product's, where several have it. Without the word for an unknown one. */
    public List<Deployment> deployments() {
        return deployments;
    }

    /** What an inventory may say, in the order of the files, {@code auto} last. */
    public Map<String, Deployment> words() {
        return Collections.unmodifiableMap(words);
    }

    public Optional<Product> byId(String id) {
        return all.stream().filter(product -> product.id().equals(id)).findFirst();
    }

    /** Those beside its own product that a server which is so called in an inventory may belong to, by their marks. */
    public List<Product> others(Deployment said) {
        return all.stream()
                .filter(product -> !product.id().equals(said.product().id())
                        && !product.marks().isEmpty())
                .filter(product -> said == Deployment.AUTO
                        || product.deployments().stream().anyMatch(said::isCalledLike))
                .toList();
    }

    /** What a server may be that is so called in an inventory and belongs to this product. */
    public static List<Deployment> meant(Deployment said, Product product) {
        return said == Deployment.AUTO
                ? product.deployments()
                : product.deployments().stream().filter(said::isCalledLike).toList();
    }

    /**
     * In the order in which they are asked what a server is: those that have marks of their own, the one that the inventory
     * means, the rest.
     */
    public List<Product> inOrderOfDetection(Deployment said) {
        return Stream.of(
                        all.stream().filter(product -> !product.marks().isEmpty()),
                        Stream.of(said.product()),
                        all.stream())
                .flatMap(Function.identity())
                .distinct()
                .toList();
    }

    Deployment named(String id) {
        Deployment deployment = words.get(id);
        if (deployment == null) {
            throw new IllegalStateException("no product has a deployment " + id);
        }
        return deployment;
    }
}
