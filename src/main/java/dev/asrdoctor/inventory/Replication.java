package dev.asrdoctor.inventory;

import org.jspecify.annotations.Nullable;

/**
 * What the inventory says of a server's part in replication; null where it says nothing.
 *
 * @param processServer name of the process server that a source machine sends to
 * @param dataPort of a process server, the product's own if nothing is said
 * @param dataAddress the address under which source machines reach a process server, its own address if nothing is said
 * @param machines how many machines a process server replicates
 * @param churnBytes how much they change in a day, together
 */
public record Replication(
        @Nullable String processServer,
        @Nullable Integer dataPort,
        @Nullable String dataAddress,
        @Nullable Integer machines,
        @Nullable Long churnBytes,
        @Nullable Cloud cloud) {
    public static final Replication UNSAID = new Replication(null, null, null, null, null, null);

    /** Which Azure the vault is in. */
    public enum Cloud {
        COMMERCIAL("commercial"),
        US_GOVERNMENT("us-government"),
        CHINA("china");

        private final String id;

        Cloud(String id) {
            this.id = id;
        }

        /** The word used in inventories. */
        public String id() {
            return id;
        }
    }

    public Cloud cloudOrDefault() {
        return cloud == null ? Cloud.COMMERCIAL : cloud;
    }

    /** These words, with what they leave open taken from the surrounding ones. */
    Replication within(Replication outer) {
        return new Replication(
                processServer == null ? outer.processServer : processServer,
                dataPort == null ? outer.dataPort : dataPort,
                dataAddress == null ? outer.dataAddress : dataAddress,
                machines == null ? outer.machines : machines,
                churnBytes == null ? outer.churnBytes : churnBytes,
                cloud == null ? outer.cloud : cloud);
    }
}
