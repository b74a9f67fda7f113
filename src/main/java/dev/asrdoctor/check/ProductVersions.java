package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ProductFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.lang3.math.NumberUtils;
import org.jspecify.annotations.Nullable;

/** Nothing is so old that Microsoft demands an update (docs/facts.md, "Versions"). */
final class ProductVersions extends AreaCheck<ProductFacts> {
    private static final Pattern NUMBERS = Pattern.compile("\\d{1,9}(\\.\\d{1,9}){1,5}");
    private static final List<Integer> MARS_LEAST = List.of(2, 0, 9083);
    private static final List<Integer> SERVER_WATCHED = List.of(9, 24);

    ProductVersions() {
        super(
                FactArea.PRODUCT,
                new About(
                        "product.versions",
                        "The product and its MARS agent are new enough",
                        0,
                        List.of(FactArea.PRODUCT),
                        Profile.QUICK,
                        About.PROCESS_SERVERS,
                        "MARS agents older than 2.0.9083 log on with Azure's access control service, which Microsoft has switched off."
                                + " Process servers older than 9.24 send no health to the portal, and updates leave out at most four"
                                + " versions.",
                        "Update the MARS agent (the newest set-up is at https://aka.ms/azurebackup_agent) and register the server again"
                                + " if it asks for it. Update the configuration server first, then its process servers, then the mobility"
                                + " agents, by way of the versions that Microsoft names.",
                        List.of()));
    }

    @Override
    List<Finding> judge(ProductFacts product, Context context) {
        List<Finding> findings = new ArrayList<>();
        if (older(product.marsVersion(), MARS_LEAST)) {
            findings.add(
                    finding("mars")
                            .evidence("version", product.marsVersion())
                            .evidence("least", "2.0.9083")
                            .is(
                                    Status.WARN,
                                    Severity.MEDIUM,
                                    "the MARS agent's version " + product.marsVersion()
                                            + " is older than 2.0.9083: Microsoft demands an update",
                                    "Update the MARS agent (https://aka.ms/azurebackup_agent) and register the server again if it asks for it."));
        }
        if (older(product.version(), SERVER_WATCHED)) {
            findings.add(finding("server")
                    .evidence("version", product.version())
                    .evidence("least", "9.24")
                    .is(
                            Status.WARN,
                            Severity.LOW,
                            "the process server's version " + product.version()
                                    + " is older than 9.24, from which on the portal shows its health",
                            "Update the configuration server first, then its process servers, then the mobility agents, by way of the"
                                    + " versions that Microsoft names."));
        }
        if (!findings.isEmpty()) {
            return findings;
        }
        if (product.version() == null && product.marsVersion() == null) {
            return skipped("no version of the product is written on this server");
        }
        return pass(
                finding("")
                        .evidence("server", product.version())
                        .evidence("mars", product.marsVersion())
                        .evidence("agent", product.agentVersion()),
                "the product and its MARS agent are new enough, as far as their versions were read");
    }

    /** Not where a version is missing or is no row of numbers. */
    static boolean older(@Nullable String version, List<Integer> least) {
        return numbers(version)
                .map(numbers -> {
                    for (int i = 0; i < least.size(); i++) {
                        int number = i < numbers.size() ? numbers.get(i) : 0;
                        if (number != least.get(i)) {
                            return number < least.get(i);
                        }
                    }
                    return false;
                })
                .orElse(false);
    }

    private static Optional<List<Integer>> numbers(@Nullable String version) {
        if (version == null || !NUMBERS.matcher(version.strip()).matches()) {
            return Optional.empty();
        }
        return Optional.of(List.of(version.strip().split("\\.", -1)).stream()
                .map(NumberUtils::toInt)
                .toList());
    }
}
