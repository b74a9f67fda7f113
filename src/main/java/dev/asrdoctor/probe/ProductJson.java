package dev.asrdoctor.probe;

import dev.asrdoctor.product.Log;
import dev.asrdoctor.product.Mark;
import dev.asrdoctor.product.Product;
import dev.asrdoctor.product.ProductFile;
import dev.asrdoctor.product.ProductService;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a probe is told of the product, members of the request in JSON: the scripts know nothing of it themselves. */
final class ProductJson {
    private static volatile @Nullable ProductJson last;

    private final Product product;
    private final String text;

    private ProductJson(Product product) {
        this.product = product;
        text = services(product) + ",\"logs\":" + object(product.logs(), ProductJson::log) + rest(product);
    }

    private static String rest(Product product) {
        return ",\"otherProducts\":"
                + Ascii.quoted(
                        product.otherProducts().keySet().stream().sorted().toList())
                + ","
                + places(product);
    }

    private static String services(Product product) {
        return "\"services\":"
                + product.services().values().stream()
                        .map(ProductJson::service)
                        .collect(Collectors.joining(",", "[", "]"));
    }

    /** What stands in place of the members of the first product where one of its marks is found; logs that are alike stay. */
    static String instead(Product product, Product first) {
        Map<String, Log> logs = new LinkedHashMap<>(product.logs());
        logs.entrySet().removeIf(log -> log.getValue().equals(first.logs().get(log.getKey())));
        return "\"marks\":"
                + product.marks().stream().map(ProductJson::mark).collect(Collectors.joining(",", "[", "]"))
                + "," + services(product) + ",\"logs\":" + object(logs, ProductJson::log) + rest(product);
    }

    /** The same for every server of a product. */
    static String of(Product product) {
        ProductJson known = last;
        if (known == null || !known.product.equals(product)) {
            known = new ProductJson(product);
            last = known;
        }
        return known.text;
    }

    /** Where it keeps what. */
    static String places(Product product) {
        Map<String, String> engine = new LinkedHashMap<>(product.engine());
        engine.put("service", product.uploader().map(ProductService::name).orElse(""));
        return "\"product\":{\"ports\":" + object(product.ports(), String::valueOf)
                + ",\"registry\":" + object(product.registry(), Ascii::quoted)
                + ",\"roots\":" + object(product.roots(), Ascii::quoted)
                + ",\"files\":" + object(product.files(), ProductJson::file)
                + ",\"engine\":" + object(engine, Ascii::quoted)
                + ",\"packages\":" + Ascii.quoted(product.packages())
                + ",\"programs\":" + Ascii.quoted(product.programs()) + ",\"pending\":"
                + Ascii.quoted(product.pending()) + "}";
    }

    private static String mark(Mark mark) {
        return "{\"key\":" + Ascii.quoted(mark.key()) + ",\"value\":" + Ascii.quoted(mark.value()) + ",\"is\":"
                + Ascii.quoted(mark.is()) + ",\"file\":" + Ascii.quoted(mark.file()) + "}";
    }

    private static String file(ProductFile file) {
        return "{\"root\":" + Ascii.quoted(file.root()) + ",\"path\":" + Ascii.quoted(file.path()) + ",\"section\":"
                + Ascii.quoted(file.section()) + "}";
    }

    private static String place(Log.Place place) {
        return "{\"root\":" + Ascii.quoted(place.root()) + ",\"folder\":" + Ascii.quoted(place.folder()) + ",\"files\":"
                + Ascii.quoted(place.files()) + "}";
    }

    private static String service(ProductService service) {
        return "{\"name\":" + Ascii.quoted(service.name()) + ",\"displayNames\":" + Ascii.quoted(service.displayNames())
                + "}";
    }

    private static String log(Log log) {
        return "{\"entry\":" + Ascii.quoted(log.entry()) + ",\"bad\":" + Ascii.quoted(log.bad()) + ",\"good\":"
                + Ascii.quoted(log.good()) + ",\"places\":"
                + log.places().stream().map(ProductJson::place).collect(Collectors.joining(",", "[", "]")) + "}";
    }

    private static <T> String object(Map<String, T> members, Function<T, String> json) {
        return members.entrySet().stream()
                .map(member -> Ascii.quoted(member.getKey()) + ":" + json.apply(member.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
