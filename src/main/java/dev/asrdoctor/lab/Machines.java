package dev.asrdoctor.lab;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.product.Deployment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What simulated machines have beside their services, put together from lab/machines and a scenario's own words: names
 * merge with names, without regard to case; anything else replaces; an empty value takes away.
 */
final class Machines {
    private static final String USUAL_ADDRESS = "10.20.0.10";
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Map<List<String>, ObjectNode> SHARED = new ConcurrentHashMap<>();

    /** What lies above a plain Windows, by deployment; nothing for those that are not modelled. */
    private static final Map<String, List<String>> LAYERS = Map.of(
            "configuration-server", List.of("server", "agent", "configuration-server"),
            "standalone", List.of("server", "agent"),
            "auto", List.of("server", "agent"),
            "azure-failback", List.of("server", "azure-failback"),
            "replication-appliance", List.of("appliance"),
            "source-machine", List.of("source-machine"));

    private Machines() {}

    /** The healthy machine of a deployment; to be read only. */
    static ObjectNode healthy(Deployment deployment, WindowsVersion os) {
        List<String> layers = new ArrayList<>(List.of("base"));
        layers.addAll(LAYERS.getOrDefault(deployment.id(), List.of()));
        if (os == WindowsVersion.WINDOWS_2012_R2) {
            layers.add("windows-2012r2");
        }
        return SHARED.computeIfAbsent(List.copyOf(layers), Machines::together);
    }

    /** The name under which source machines reach a process server of the lab. */
    static String address(String processServer) {
        return processServer.toLowerCase(Locale.ROOT) + ".lab.test";
    }

    /** The machine with an address of its own. */
    static ObjectNode at(String address, ObjectNode machine) {
        return (ObjectNode) MAPPER.readTree(
                machine.toString().replaceAll("(?<![\\d.])" + Pattern.quote(USUAL_ADDRESS) + "(?![\\d.])", address));
    }

    /**
     * A machine that reaches its process server, also by the address for data that the inventory says.
     *
     * @param itself null where the lab has no such server
     */
    static ObjectNode reaching(ObjectNode machine, String processServer, @Nullable SimServer itself) {
        String address = itself == null || itself.address() == null ? USUAL_ADDRESS : itself.address();
        String said = itself == null ? null : itself.inventory().dataAddress();
        ObjectNode change = MAPPER.createObjectNode();
        ObjectNode network = change.putObject("network");
        for (String host : said == null ? List.of(address(processServer)) : List.of(address(processServer), said)) {
            network.withObjectProperty("names").putArray(host).add(address);
            ObjectNode port = network.withObjectProperty("endpoints").putObject(host + ":9443");
            port.put("address", address).put("http", 400);
            port.put("server", processServer).put("service", "cxprocessserver");
            port.putObject("tls")
                    .put("issuer", "CN=scout")
                    .put("subject", "CN=Scout")
                    .put("protocol", "Tls12")
                    .put("problems", 6);
        }
        // Of an appliance alone, to which agents speak on a second port.
        for (String host : List.of(address(processServer), address)) {
            network.withObjectProperty("endpoints")
                    .putObject(host + ":443")
                    .put("address", address)
                    .putObject("tls")
                    .put("issuer", "CN=appliance")
                    .put("subject", "CN=appliance")
                    .put("protocol", "Tls12")
                    .put("problems", 6)
                    .put("thumbprint", "44aa0000000000000000000000000000000000b2");
        }
        return merged(machine, change);
    }

    private static ObjectNode together(List<String> layers) {
        ObjectNode machine = MAPPER.createObjectNode();
        for (String layer : layers) {
            machine = merged(machine, read(layer));
        }
        return machine;
    }

    private static ObjectNode read(String layer) {
        String name = "/lab/machines/" + layer + ".yaml";
        try (InputStream in = Machines.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in this build");
            }
            return json(YamlFile.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name)
                    .plain());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    static ObjectNode json(@Nullable Object plain) {
        return MAPPER.valueToTree(plain) instanceof ObjectNode object ? object : MAPPER.createObjectNode();
    }

    /** A new machine: {@code base} with {@code change} in it. */
    static ObjectNode merged(ObjectNode base, JsonNode change) {
        return merged(base, change, false);
    }

    /** Two changes as one: what is taken away stays so. */
    static ObjectNode overlaid(ObjectNode change, JsonNode later) {
        return merged(change, later, true);
    }

    private static ObjectNode merged(ObjectNode base, JsonNode change, boolean keepNull) {
        ObjectNode result = base.deepCopy();
        for (Map.Entry<String, JsonNode> entry : change.properties()) {
            Optional<String> same = result.propertyStream()
                    .map(Map.Entry::getKey)
                    .filter(name -> name.equalsIgnoreCase(entry.getKey()))
                    .findFirst();
            String name = same.orElse(entry.getKey());
            JsonNode value = entry.getValue();
            if (value.isNull() && !keepNull) {
                result.remove(name);
            } else if (value.isObject() && result.get(name) instanceof ObjectNode inner) {
                result.set(name, merged(inner, value, keepNull));
            } else {
                result.set(name, value);
            }
        }
        return result;
    }
}
