package dev.asrdoctor.lab;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.config.Table;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.config.YamlFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The scenarios that come with asrdoctor, and those in files. */
public final class Scenarios {
    private static final List<String> SHIPPED = List.of(
            "demo",
            "healthy",
            "stopped",
            "crashing",
            "dependencies",
            "start-types",
            "localised",
            "legacy",
            "unreadable",
            "wire-faults",
            "logon-failures",
            "connections",
            "tls",
            "slow",
            "deployments",
            "appliances",
            "appliance-faults",
            "practices",
            "health",
            "heartbeat",
            "certificates",
            "unread",
            "clocks",
            "history",
            "antivirus",
            "sources",
            "transport",
            "uploads",
            "mars-logs",
            "firewalls",
            "tls-settings",
            "proxies",
            "resolvers",
            "remedies",
            "bandwidth",
            "large");

    private Scenarios() {}

    public static List<String> shipped() {
        return SHIPPED;
    }

    /** One line about each shipped scenario. */
    public static Map<String, String> descriptions() throws IOException, ConfigException {
        Map<String, String> descriptions = new LinkedHashMap<>();
        for (String name : SHIPPED) {
            String description = YamlFile.parse(read(name), name)
                    .table()
                    .flatMap((Table table) -> table.get("description"))
                    .flatMap(Value::text)
                    .orElse("");
            descriptions.put(name, description);
        }
        return descriptions;
    }

    /** The YAML of a shipped scenario, or of a file. */
    public static String source(String nameOrFile) throws IOException, ConfigException {
        if (SHIPPED.contains(nameOrFile)) {
            return read(nameOrFile);
        }
        Path file = Path.of(nameOrFile);
        if (!Files.exists(file)) {
            throw new FileNotFoundException("no scenario is called '" + nameOrFile + "' and there is no such file"
                    + Suggestion.didYouMean(nameOrFile, SHIPPED) + "; 'asrdoctor lab --list' names the shipped ones");
        }
        return YamlFile.text(file);
    }

    private static String read(String name) throws IOException {
        try (InputStream in = Scenarios.class.getResourceAsStream("/lab/scenarios/" + name + ".yaml")) {
            if (in == null) {
                throw new FileNotFoundException("the scenario " + name + " is missing in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
