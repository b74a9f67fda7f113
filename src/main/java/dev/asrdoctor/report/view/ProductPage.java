package dev.asrdoctor.report.view;

import dev.asrdoctor.product.CapacityRow;
import dev.asrdoctor.product.CloudUrls;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Detection;
import dev.asrdoctor.product.Exclusions;
import dev.asrdoctor.product.Log;
import dev.asrdoctor.product.Product;
import dev.asrdoctor.product.ProductService;
import dev.asrdoctor.product.Trait;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.text.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that is known of a product: what {@code explain product} prints. */
public final class ProductPage {
    private static final long GB = 1L << 30;

    private final Pages page;

    private ProductPage(Pages page) {
        this.page = page;
    }

    public static Document of(Product product) {
        ProductPage page = new ProductPage(new Pages(product.id() + ": " + product.title()));
        page.section("Services", product.services().values(), ProductPage::service);
        page.section("Start order", product.startOrder(), ProductService::name);
        product.deployments().forEach(page::deployment);
        page.section(
                "What tells the deployment",
                Stream.concat(
                                product.detection().registry().stream().map(ProductPage::rule),
                                product.detection().services().stream().map(ProductPage::rule))
                        .toList(),
                Function.identity());
        page.section("Ports", product.ports().entrySet(), port -> port.getKey() + ": TCP " + port.getValue());
        page.section(
                "Registry",
                product.registry().entrySet(),
                key -> key.getKey() + ": " + String.join("; ", key.getValue()));
        page.section(
                "Files",
                product.files().entrySet(),
                file -> file.getKey() + ": " + file.getValue().root() + "\\"
                        + file.getValue().path());
        page.section("Engine", product.engine().entrySet(), engine -> engine.getKey() + ": " + engine.getValue());
        product.logs().forEach(page::log);
        product.clouds().forEach(page::cloud);
        page.section(
                "Products that it does not share a machine with",
                product.otherProducts().entrySet(),
                other -> other.getValue() + " (service " + other.getKey() + ")");
        return page.page.document();
    }

    private <T> void section(String heading, Collection<T> items, Function<T, String> words) {
        page.list(heading, items.stream().map(words).toList());
    }

    private static String service(ProductService service) {
        List<String> words = new ArrayList<>();
        words.add(Words.word(service.weight()));
        words.add(
                service.anyStartType()
                        ? "any start type"
                        : "starts " + Words.word(service.startType()).replace('-', ' '));
        if (service.manualUntilRegistered()) {
            words.add("manual until it has registered");
        }
        if (service.cameLater()) {
            words.add("not in older versions");
        }
        if (service.uploads()) {
            words.add("sends to Azure");
        }
        if (!service.dependsOn().isEmpty()) {
            words.add("depends on " + String.join(", ", service.dependsOn()));
        }
        List<String> others = service.displayNames().stream()
                .filter(name -> !name.equals(service.name()))
                .toList();
        return service.name() + (others.isEmpty() ? "" : " (" + String.join("; ", others) + ")") + ": "
                + String.join(", ", words);
    }

    private void deployment(Deployment deployment) {
        List<String> items = new ArrayList<>();
        List<String> traits = Stream.of(Trait.values())
                .filter(deployment::is)
                .map(Trait::word)
                .toList();
        items.add("Is: " + (traits.isEmpty() ? "nothing in particular" : String.join(", ", traits)));
        items.add("Must run: " + names(deployment.required()));
        if (!deployment.expected().isEmpty()) {
            items.add("Should run: " + names(deployment.expected()));
        }
        Exclusions exclusions = deployment.exclusions();
        if (!exclusions.all().isEmpty()) {
            items.add("Virus scanners leave alone: " + String.join("; ", exclusions.all()));
        }
        if (!exclusions.anyOf().isEmpty()) {
            items.add("Virus scanners leave alone one of: " + String.join("; ", exclusions.anyOf()));
        }
        deployment.capacity().forEach(row -> items.add(capacity(row)));
        page.list("Deployment " + deployment.id(), items);
    }

    private static String capacity(CapacityRow row) {
        return row.cores() + " cores, " + row.memoryGigabytes() + " GB of memory and " + row.cacheBytes() / GB
                + " GB of cache carry " + row.machines() + " machines and " + row.churnBytes() / GB
                + " GB of changes a day";
    }

    private static String rule(Detection.ByRegistry rule) {
        List<String> words = new ArrayList<>();
        rule.where()
                .forEach((name, numbers) -> words.add(
                        name + " is " + numbers.stream().map(String::valueOf).collect(Collectors.joining(" or "))));
        rule.has().forEach(name -> words.add(name + " is there"));
        rule.lacks().forEach(name -> words.add(name + " is not there"));
        return rule.deployment().id() + ", where " + String.join(", ", words);
    }

    private static String rule(Detection.ByServices rule) {
        return rule.deployment().id() + ", where the registry tells nothing and one of "
                + names(rule.any()) + " is installed"
                + (rule.also().isEmpty() ? "" : ", and one of " + names(rule.also()));
    }

    private void log(String kind, Log log) {
        List<String> items = new ArrayList<>();
        log.places()
                .forEach(place -> items.add(
                        place.root() + "\\" + (place.folder().isEmpty() ? "" : place.folder() + "\\") + place.files()));
        items.add("Begins an entry: `" + log.entry() + "`");
        items.add("Counts as trouble: `" + log.bad() + "`");
        items.add("Counts as success: `" + log.good() + "`");
        page.list("Logs: " + kind, items);
    }

    private void cloud(String name, CloudUrls urls) {
        List<String> items = new ArrayList<>();
        urls.hosts().forEach(hosts -> items.add(String.join(" or ", hosts)));
        items.addAll(urls.patterns());
        page.list("URLs: " + name, items);
    }

    private static String names(List<ProductService> services) {
        return services.stream().map(ProductService::name).collect(Collectors.joining(", "));
    }
}
