package dev.asrdoctor.cli;

import dev.asrdoctor.lab.Lab;
import java.nio.file.Path;
import java.time.Clock;

/** A lab of a few lines, with its inventory written. */
record LabFixture(Lab lab, Path inventory) implements AutoCloseable {

    static LabFixture start(Path folder, String servers) throws Exception {
        return of(folder, "version: 1\nservers:\n" + servers.indent(2));
    }

    /** @param scenario its whole text */
    static LabFixture of(Path folder, String scenario) throws Exception {
        Lab lab = Lab.start(scenario, "test", Lab.Options.NONE, "secret-42", Clock.systemUTC());
        Path inventory = folder.resolve("lab.yaml");
        lab.writeInventory(inventory);
        return new LabFixture(lab, inventory);
    }

    @Override
    public void close() {
        lab.close();
    }
}
