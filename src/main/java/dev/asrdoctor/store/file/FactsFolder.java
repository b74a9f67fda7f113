package dev.asrdoctor.store.file;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.facts.SafeJson;
import dev.asrdoctor.file.Access;
import dev.asrdoctor.file.Durable;
import dev.asrdoctor.inventory.Connection;
import dev.asrdoctor.inventory.Replication;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.inventory.TlsSettings;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.store.FactSet;
import dev.asrdoctor.store.Visit;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder with one JSON document for each visited server: its facts, or why there are none, and what the inventory said
 * of it, so that the folder alone is enough to judge again (schemas/facts-1.schema.json).
 */
public final class FactsFolder implements FactSet {
    public static final String SCHEMA = "https://asrdoctor.dev/schemas/facts-1.schema.json";

    /** In bytes; file systems take 255 with endings. */
    private static final int LONGEST_NAME = 200;

    private static final Pattern WINDOWS_DEVICE = Pattern.compile("(con|prn|aux|nul|com.|lpt.)(\\..*)?");

    private final Path folder;

    public FactsFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public String place() {
        return folder.toString();
    }

    @Override
    public String fingerprint() throws IOException {
        return Fingerprint.ofFolder(folder);
    }

    @Override
    public void save(List<Visit> visits) throws IOException {
        Durable.makeFolder(folder);
        for (Visit visit : visits) {
            Durable.write(
                    folder.resolve(fileName(visit.server().name())),
                    SafeJson.of(document(visit).toPrettyString()) + "\n",
                    Access.PRIVATE);
        }
    }

    @Override
    public List<Visit> load() throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(FactsFolder::isDocument).sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new IOException("there is no folder " + folder, e);
        }
        if (files.isEmpty()) {
            throw new IOException("the folder " + folder + " holds no facts (*.json)");
        }
        List<Visit> visits = new ArrayList<>();
        for (Path file : files) {
            try {
                visits.add(visit(FactsJson.parse(Files.readString(file))));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            } catch (CharacterCodingException e) {
                throw new IOException(file + ": it is not a text in UTF-8", e);
            } catch (IOException e) {
                throw new IOException(file + ": it cannot be read (" + e.getMessage() + ")", e);
            }
        }
        return visits;
    }

    /** Hidden files are those of other programs, and are in no fingerprint of the folder. */
    private static boolean isDocument(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".json") && !name.startsWith(".");
    }

    @Override
    public Optional<Facts> facts(String server) {
        Path file = folder.resolve(fileName(server));
        try {
            return Files.exists(file) && visit(FactsJson.parse(Files.readString(file))) instanceof Visit.Read read
                    ? Optional.of(read.facts())
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Names differ for file systems that ignore case (upper case letters are marked), avoid Windows' device names,
     * hidden files and whatever a name in a path may not hold, and are never too long; no server's name holds ^ or %.
     */
    static String fileName(String server) {
        StringBuilder name = new StringBuilder();
        server.codePoints().forEach(c -> {
            boolean hides = c == '.' && name.isEmpty();
            if (hides || (!Character.isLetterOrDigit(c) && "._-".indexOf(c) < 0)) {
                name.append('%').append(Integer.toHexString(c)).append('%');
                return;
            }
            if (Character.isUpperCase(c)) {
                name.append('^');
            }
            name.appendCodePoint(c);
        });
        if (WINDOWS_DEVICE.matcher(name).matches()) {
            name.insert(0, '%');
        }
        byte[] bytes = name.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_NAME) {
            name.setLength(name.offsetByCodePoints(0, LONGEST_NAME / 8));
            name.append('%').append(UUID.nameUUIDFromBytes(bytes));
        }
        return name.append(".json").toString();
    }

    private static ObjectNode document(Visit visit) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schema", SCHEMA);
        root.put("version", Facts.VERSION);
        Server server = visit.server();
        ObjectNode inventory = root.putObject("inventory");
        inventory.put("name", server.name());
        inventory.put("address", server.address());
        inventory.put("port", server.port());
        inventory.put("deployment", server.deployment().id());
        inventory.put("site", server.site());
        Replication role = server.role();
        if (!role.equals(Replication.UNSAID)) {
            ObjectNode said = inventory.putObject("replication");
            said.put("processServer", role.processServer());
            said.put("dataPort", role.dataPort());
            said.put("dataAddress", role.dataAddress());
            said.put("machines", role.machines());
            said.put("churnBytes", role.churnBytes());
            said.put("cloud", role.cloudOrDefault().id());
        }
        server.groups().forEach(inventory.putArray("groups")::add);
        server.tags().forEach(inventory.putObject("tags")::put);
        switch (visit) {
            case Visit.Read read -> root.set("facts", FactsJson.toDocument(read.facts()));
            case Visit.Unread unread ->
                root.putObject("trouble")
                        .put("stage", unread.stage())
                        .put("kind", unread.kind())
                        .put("message", unread.message())
                        .put("advice", unread.advice());
        }
        return root;
    }

    private static Visit visit(JsonNode root) {
        int version = root.path("version").asInt(0);
        if (version > Facts.VERSION) {
            throw new IllegalArgumentException("these facts are of version " + version
                    + "; this asrdoctor reads version " + Facts.VERSION + ", a newer one is needed");
        }
        JsonNode inventory = root.path("inventory");
        if (!inventory.path("name").isString()) {
            throw new IllegalArgumentException("this is no document of 'check --save-facts'");
        }
        Server server = server(inventory);
        JsonNode trouble = root.path("trouble");
        if (trouble.isObject()) {
            return new Visit.Unread(
                    server,
                    trouble.path("stage").asString(""),
                    trouble.path("kind").asString(""),
                    trouble.path("message").asString(""),
                    trouble.path("advice").asString(""));
        }
        return new Visit.Read(server, FactsJson.fromDocument(root.path("facts")).packed());
    }

    private static Replication role(JsonNode node) {
        if (!node.isObject()) {
            return Replication.UNSAID;
        }
        JsonNode processServer = node.path("processServer");
        JsonNode dataAddress = node.path("dataAddress");
        return new Replication(
                processServer.isString() ? processServer.asString() : null,
                node.path("dataPort").isInt() ? (Integer) node.path("dataPort").asInt() : null,
                dataAddress.isString() ? dataAddress.asString() : null,
                node.path("machines").isInt() ? (Integer) node.path("machines").asInt() : null,
                node.path("churnBytes").isIntegralNumber()
                        ? (Long) node.path("churnBytes").asLong()
                        : null,
                Stream.of(Replication.Cloud.values())
                        .filter(cloud -> cloud.id().equals(node.path("cloud").asString("")))
                        .findFirst()
                        .orElse(null));
    }

    private static Server server(JsonNode node) {
        LinkedHashSet<String> groups = new LinkedHashSet<>();
        node.path("groups").forEach(group -> groups.add(group.asString()));
        Map<String, String> tags = new LinkedHashMap<>();
        node.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString()));
        String deployment = node.path("deployment").asString("");
        JsonNode site = node.path("site");
        return new Server(
                node.path("name").asString(),
                node.path("address").asString(""),
                node.path("port").asInt(0),
                Deployment.byId(deployment)
                        .orElseThrow(() -> new IllegalArgumentException("'" + deployment + "' is no deployment")),
                site.isString() ? site.asString() : null,
                role(node.path("replication")),
                groups,
                tags,
                new Connection(
                        Connection.Transport.HTTPS,
                        Connection.Authentication.NTLM,
                        false,
                        "/wsman",
                        TlsSettings.SYSTEM,
                        null));
    }
}
