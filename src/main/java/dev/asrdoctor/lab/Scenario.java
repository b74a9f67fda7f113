package dev.asrdoctor.lab;

import java.util.List;

/** A fleet to simulate. */
record Scenario(String description, Engine engine, List<SimServer> servers) {

    enum Engine {
        /** Java answers, fast. */
        MODEL,
        /** Real PowerShell runs the scripts that arrive. */
        PWSH
    }
}
