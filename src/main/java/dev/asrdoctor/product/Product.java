package dev.asrdoctor.product;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that is true of a product, as its file in {@code products} says it (schema: inventory/schemas/product-1.schema.json).
 *
 * @param id the word for it, lower case with hyphens
 * @param services by short name, in the product's order
 * @param startOrder the vendor's own
 * @param deployments in the product's order
 * @param marks by which a server is told to be of this product rather than of the first one, any of them
 * @param roots where a root is that the registry does not name, by its name
 * @param packages as Windows lists what is installed; their versions are told
 * @param registry keys by what they are for; of several the first that tells is taken
 * @param files by what they are for
 * @param engine what the program that uploads is and counts; by name
 * @param pending which files of the cache wait for their upload, a regular expression; empty where there is no cache
 * @param logs by kind
 * @param clouds by the inventory's word for an Azure
 * @param otherProducts that it should not share its machine with, by a service of each
 */
public record Product(
        String id,
        String title,
        Map<String, ProductService> services,
        List<ProductService> startOrder,
        List<Deployment> deployments,
        Detection detection,
        List<Mark> marks,
        Map<String, String> roots,
        List<String> packages,
        Map<String, Integer> ports,
        Map<String, List<String>> registry,
        Map<String, ProductFile> files,
        Map<String, String> engine,
        String pending,
        Map<String, Log> logs,
        Map<String, CloudUrls> clouds,
        Map<String, String> otherProducts) {
    private static final Pattern PROGRAM = Pattern.compile("([^\\\\/\"]+\\.exe)", Pattern.CASE_INSENSITIVE);

    /** The service that sends the data to Azure, where the product has one. */
    public Optional<ProductService> uploader() {
        return services.values().stream().filter(ProductService::uploads).findFirst();
    }

    /** File names of the programs of its services, without those that Windows runs for many. */
    public List<String> programs() {
        return services.values().stream()
                .map(ProductService::program)
                .filter(Objects::nonNull)
                .map(PROGRAM::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .filter(name -> !name.equalsIgnoreCase("svchost.exe"))
                .distinct()
                .toList();
    }

    /** As the vendor starts them. */
    public Comparator<ProductService> inStartOrder() {
        return Comparator.comparingInt(startOrder::indexOf);
    }

    /** What has to be reached in an Azure; nothing where the file says nothing of it. */
    public CloudUrls urls(String cloud) {
        return clouds.getOrDefault(cloud, CloudUrls.NONE);
    }

    public Optional<ProductService> service(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return services.values().stream()
                .filter(service -> service.name().toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst();
    }
}
