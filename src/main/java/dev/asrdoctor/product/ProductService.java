package dev.asrdoctor.product;

import java.util.List;

/**
 * A Windows service of a product.
 *
 * @param name the short name
 * @param displayNames that identify it on every display language; empty where Windows translates the name
 * @param startType as set-up leaves it
 * @param anyStartType whether the vendor does not demand that it starts by itself
 * @param startTypeInferred whether no document tells how it starts, so that Manual is a hint alone
 * @param manualUntilRegistered whether set-up leaves it at Manual until it has registered
 * @param cameLater whether older versions do not have it
 * @param olderThanLater whether a version without those that came later has it nevertheless
 * @param uploads whether it sends the data to Azure
 * @param dependsOn short names, as set-up writes them
 * @param program its command line as set-up writes it; {@code {root}} and {@code {agent}} stand for the folders
 */
public record ProductService(
        String name,
        List<String> displayNames,
        Weight weight,
        Start startType,
        boolean anyStartType,
        boolean startTypeInferred,
        boolean manualUntilRegistered,
        boolean cameLater,
        boolean olderThanLater,
        boolean uploads,
        List<String> dependsOn,
        String program) {
    /** How set-up lets it start. YAML: lower case with hyphens. */
    public enum Start {
        AUTOMATIC,
        AUTOMATIC_DELAYED,
        MANUAL
    }

    public ProductService {
        displayNames = List.copyOf(displayNames);
        dependsOn = List.copyOf(dependsOn);
    }

    public boolean hasDisplayName(String displayName) {
        return displayNames.stream().anyMatch(displayName::equalsIgnoreCase);
    }
}
