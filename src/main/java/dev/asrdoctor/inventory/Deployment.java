package dev.asrdoctor.inventory;

import java.util.Arrays;
import java.util.Optional;

/** What role a server plays, which decides the services that it must run (docs/facts.md, "Deployment kinds"). */
public enum Deployment {
    CONFIGURATION_SERVER("configuration-server"),
    STANDALONE("standalone"),
    AZURE_FAILBACK("azure-failback"),
    SOURCE_MACHINE("source-machine"),
    /** Whatever the server itself says that it is. */
    AUTO("auto");

    private final String id;

    Deployment(String id) {
        this.id = id;
    }

    /** The word used in inventories and reports. */
    public String id() {
        return id;
    }

    public static Optional<Deployment> byId(String id) {
        return Arrays.stream(values()).filter(d -> d.id.equals(id)).findFirst();
    }
}
