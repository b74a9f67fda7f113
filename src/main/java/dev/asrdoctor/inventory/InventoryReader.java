package dev.asrdoctor.inventory;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Position;
import dev.asrdoctor.config.Problems;
import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.config.Table;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.product.Deployment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads asrdoctor's own inventory, version 1: {@code credentials}, {@code settings} that everything inherits,
 * {@code servers}, and {@code groups} with settings, servers, further groups, and {@code members} that are described
 * elsewhere. The nearest word wins: server, its group, the group around it, the file.
 */
final class InventoryReader {
    private static final int DEEPEST_GROUP = 16;

    /** A server as it stands in the file, before the groups that only mention it are known. */
    private record Described(Position at, Settings settings, SequencedSet<String> groups) {}

    private final Path source;
    private final Problems problems;
    private final SettingsReader settingsReader;
    private final Map<String, Described> described = new LinkedHashMap<>();
    private final Map<String, Position> groups = new LinkedHashMap<>();
    private final Map<String, List<Value>> members = new LinkedHashMap<>();
    private final Map<String, SequencedSet<String>> around = new LinkedHashMap<>();

    InventoryReader(Path source, Problems problems) {
        this.source = source;
        this.problems = problems;
        Path parent = source.toAbsolutePath().getParent();
        this.settingsReader = new SettingsReader(parent == null ? Path.of("") : parent);
    }

    Inventory read(Table file) throws ConfigException {
        file.requireVersion(1);
        Optional<Table> accounts = file.get("credentials").flatMap(Value::table);
        Map<String, Credential> credentials =
                accounts.map(new CredentialReader(settingsReader)::read).orElse(Map.of());
        Set<String> named = accounts.map(Table::entries).orElse(List.of()).stream()
                .map(Table.Entry::name)
                .collect(Collectors.toSet());
        readBody(file, Settings.NONE, new LinkedHashSet<>(), 0);
        addMembers();
        List<Server> servers = new ArrayList<>();
        List<String> assumed = new ArrayList<>();
        checkCase();
        described.forEach((name, server) -> {
            checkCredential(server, named);
            checkProcessServer(server);
            if (server.settings().deployment() == null) {
                assumed.add(name);
            }
            servers.add(server(name, server.settings(), server.groups()));
        });
        if (described.isEmpty() && problems.none()) {
            problems.add(file.at(), "the inventory has no servers");
        }
        problems.throwIfAny();
        return new Inventory(source, List.copyOf(servers), credentials, List.copyOf(assumed));
    }

    static Server server(String name, Settings settings, SequencedSet<String> groups) {
        return new Server(
                name,
                settings.address() != null ? settings.address() : name,
                settings.portOrDefault(),
                settings.deployment() != null ? settings.deployment() : Deployment.AUTO,
                settings.site(),
                settings.role(),
                groups,
                settings.tags(),
                settings.connection());
    }

    private void readBody(Table table, Settings inherited, SequencedSet<String> path, int depth) {
        Settings settings = table.get("settings")
                .flatMap(Value::table)
                .map(own -> {
                    Settings read = settingsReader.read(own);
                    own.rejectUnknown();
                    return read;
                })
                .orElse(Settings.NONE)
                .within(inherited);
        for (Table.Entry entry : entries(table, "servers")) {
            readServer(entry, settings, path);
        }
        if (!path.isEmpty()) {
            members.computeIfAbsent(path.getLast(), g -> new ArrayList<>())
                    .addAll(table.get("members").map(Value::list).orElse(List.of()));
        }
        for (Table.Entry entry : entries(table, "groups")) {
            readGroup(entry, settings, path, depth);
        }
        table.rejectUnknown();
    }

    private static List<Table.Entry> entries(Table table, String name) {
        return table.get(name).flatMap(Value::table).map(Table::entries).orElse(List.of());
    }

    private void readGroup(Table.Entry entry, Settings inherited, SequencedSet<String> path, int depth) {
        if (entry.name().equals("all")) {
            problems.add(entry.at(), "a group cannot be called 'all': that word selects every server");
        }
        Position earlier = groups.putIfAbsent(entry.name(), entry.at());
        if (entry.at().equals(earlier)) {
            // The same place again can only be reached by an alias; following aliases in aliases would never end.
            problems.add(entry.at(), "group '" + entry.name() + "' is reached twice through an alias");
            return;
        }
        if (earlier != null) {
            problems.add(entry.at(), "group '" + entry.name() + "' stands already in line " + earlier.line());
        }
        if (depth >= DEEPEST_GROUP) {
            problems.add(entry.at(), "groups are nested more than " + DEEPEST_GROUP + " deep");
            return;
        }
        SequencedSet<String> inner = new LinkedHashSet<>(path);
        inner.add(entry.name());
        around.putIfAbsent(entry.name(), inner);
        entry.value().table().ifPresent(body -> readBody(body, inherited, inner, depth + 1));
    }

    private void readServer(Table.Entry entry, Settings inherited, SequencedSet<String> path) {
        if (!validName(entry.name())) {
            problems.add(entry.at(), "a server's name has letters, digits, dots, hyphens and underscores only");
        }
        Optional<Table> fields = entry.value().table();
        Settings settings =
                fields.map(settingsReader::readServer).orElse(Settings.NONE).within(inherited);
        fields.ifPresent(Table::rejectUnknown);
        Described earlier =
                described.putIfAbsent(entry.name(), new Described(entry.at(), settings, new LinkedHashSet<>(path)));
        if (earlier != null) {
            problems.add(
                    entry.at(),
                    "duplicate server '" + entry.name() + "': it stands already in line "
                            + earlier.at().line() + "; to put it into a second group, list it there under 'members'");
        }
    }

    static boolean validName(String name) {
        return name.matches("[\\p{L}\\p{N}._-]{1,253}");
    }

    private void addMembers() {
        members.forEach((group, names) -> names.forEach(value -> value.text().ifPresent(name -> {
            Described server = described.get(name);
            if (server == null) {
                value.wrong("no server is called '" + name + "'" + Suggestion.didYouMean(name, described.keySet()));
            } else {
                server.groups().addAll(around.getOrDefault(group, new LinkedHashSet<>()));
            }
        })));
    }

    /** Windows, DNS and whoever reads a report take such names for one. */
    private void checkCase() {
        Map<String, String> known = new HashMap<>();
        described.forEach((name, server) -> {
            String other = known.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                problems.add(
                        server.at(),
                        "server '" + name + "' differs from '" + other + "' in line "
                                + Objects.requireNonNull(described.get(other))
                                        .at()
                                        .line()
                                + " in upper and lower case alone, which Windows and DNS do not tell apart");
            }
        });
    }

    private void checkProcessServer(Described server) {
        String name = server.settings().role().processServer();
        if (name != null && !described.containsKey(name)) {
            problems.add(
                    server.at(),
                    "no server is called '" + name + "', which is named as processServer"
                            + Suggestion.didYouMean(name, described.keySet()));
        }
    }

    private void checkCredential(Described server, Set<String> credentials) {
        String name = server.settings().credential();
        Value at = server.settings().credentialAt();
        if (name != null && at != null && !credentials.contains(name)) {
            at.wrong("no credential is called '" + name + "'" + Suggestion.didYouMean(name, credentials));
        }
    }
}
