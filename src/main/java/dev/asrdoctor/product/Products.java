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

/**
 * The products that are known. One is added by its file in {@code products} and its name in {@link #NAMES}; one that shares
 * services with another stands before it.
 */
public final class Products {
    private static final List<String> NAMES = List.of("classic");

    private final List<Product> all;
    private final List<Deployment> deployments;
    private final Map<String, Deployment> words = new LinkedHashMap<>();

    Products(List<Product> all) {
        this.all = List.copyOf(all);
        deployments =
                all.stream().flatMap(product -> product.deployments().stream()).toList();
        deployments.forEach(deployment -> words.put(deployment.id(), deployment));
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

    /** Without the word for an unknown one. */
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

    Deployment named(String id) {
        Deployment deployment = words.get(id);
        if (deployment == null) {
            throw new IllegalStateException("no product has a deployment " + id);
        }
        return deployment;
    }
}
