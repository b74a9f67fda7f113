package dev.asrdoctor.inventory;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Position;
import dev.asrdoctor.config.Problems;
import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.inventory.AnsibleGroups.Variable;
import dev.asrdoctor.inventory.Connection.Authentication;
import dev.asrdoctor.inventory.Connection.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes servers of an Ansible inventory: {@code ansible_host}, {@code _port}, {@code _user}, {@code _password},
 * {@code _connection} and the {@code ansible_winrm_*} and {@code ansible_psrp_*} variables keep their meaning, with
 * {@code group_vars} and {@code host_vars} beside the file; {@code asrdoctor_deployment}, {@code asrdoctor_site} and
 * {@code asrdoctor_tags} add what Ansible does not know.
 */
final class AnsibleReader {
    static final String TAGS = "asrdoctor_tags";
    static final String VAULT = "$ANSIBLE_VAULT";
    private static final List<String> PLAIN_VALUES = List.of(
            "ansible_host",
            "ansible_winrm_host",
            "ansible_psrp_host",
            "ansible_port",
            "ansible_winrm_port",
            "ansible_psrp_port",
            "ansible_user",
            "ansible_winrm_user",
            "ansible_psrp_user",
            "ansible_winrm_scheme",
            "ansible_psrp_protocol",
            "ansible_winrm_path",
            "ansible_psrp_path");
    private static final Pattern ENVIRONMENT = Pattern.compile(
            "\\{\\{\\s*lookup\\(\\s*['\"](?:ansible\\.builtin\\.)?env['\"]\\s*,\\s*['\"](\\w+)['\"]\\s*\\)\\s*}}");

    private final Path source;
    private final Path folder;

    AnsibleReader(Path source) {
        this.source = source;
        Path parent = source.toAbsolutePath().getParent();
        this.folder = parent == null ? Path.of("") : parent;
    }

    Inventory read(AnsibleGroups inventory) throws ConfigException {
        new AnsibleVariableFiles(folder, inventory.problems).addTo(inventory);
        AnsibleFamily family = new AnsibleFamily(inventory, new Position(source.toString(), 1, 1));
        Map<String, Credential> credentials = new LinkedHashMap<>();
        List<Server> servers = new ArrayList<>();
        List<String> assumed = new ArrayList<>();
        inventory.hosts.forEach((name, own) -> {
            Position at = inventory.hostsAt.getOrDefault(name, new Position(source.toString(), 1, 1));
            if (!InventoryReader.validName(name)) {
                inventory.problems.add(at, "a server's name has letters, digits, dots, hyphens and underscores only");
            }
            List<String> groups = family.groupsOf(name);
            Map<String, Variable> variables = variables(inventory, groups);
            variables.putAll(own);
            Host host = new Host(name, at, variables, inventory.problems);
            if (host.text("asrdoctor_deployment").isEmpty()) {
                assumed.add(name);
            }
            Settings settings = host.settings(credentials);
            SequencedSet<String> named = new LinkedHashSet<>(groups);
            named.remove("ungrouped");
            servers.add(InventoryReader.server(name, settings, named));
        });
        if (servers.isEmpty() && inventory.problems.none()) {
            inventory.problems.add(new Position(source.toString(), 1, 1), "the inventory has no hosts");
        }
        inventory.problems.throwIfAny();
        return new Inventory(source, List.copyOf(servers), credentials, List.copyOf(assumed));
    }

    /** As in Ansible, what stands in group_vars wins over what the inventory itself says of any group. */
    private static Map<String, Variable> variables(AnsibleGroups inventory, List<String> groups) {
        Map<String, Variable> variables = new HashMap<>(inventory.group("all").variables);
        groups.forEach(group -> variables.putAll(inventory.group(group).variables));
        variables.putAll(inventory.group("all").fileVariables);
        groups.forEach(group -> variables.putAll(inventory.group(group).fileVariables));
        return variables;
    }

    /** One host with the variables that hold for it. */
    private final class Host {
        private final String name;
        private final Position at;
        private final Map<String, Variable> variables;
        private final Problems problems;

        Host(String name, Position at, Map<String, Variable> variables, Problems problems) {
            this.name = name;
            this.at = at;
            this.variables = variables;
            this.problems = problems;
        }

        Optional<String> text(String... names) {
            return variable(names).map(Variable::text);
        }

        private Optional<Variable> variable(String... names) {
            return Stream.of(names).map(variables::get).filter(Objects::nonNull).findFirst();
        }

        private void wrong(String variable, String message) {
            problems.add(variable(variable).map(Variable::at).orElse(at), message);
        }

        Settings settings(Map<String, Credential> credentials) {
            checkConnection();
            checkTemplates();
            Optional<String> port = plain("ansible_port", "ansible_winrm_port", "ansible_psrp_port");
            Transport transport = transport(port);
            List<Authentication> authentications = authentications();
            return new Settings(
                    checked(SettingsReader::whyNotAddress, "ansible_host", "ansible_winrm_host", "ansible_psrp_host"),
                    port.map(this::port).orElse(null),
                    deployment(),
                    text("asrdoctor_site").orElse(null),
                    role(),
                    tags(),
                    transport,
                    authentications.getFirst(),
                    null,
                    checked(SettingsReader::whyNotUrlPath, "ansible_winrm_path", "ansible_psrp_path"),
                    tls(),
                    credential(credentials),
                    null,
                    access(authentications));
        }

        /** A template is told once, by {@link #checkTemplates}. */
        private Optional<String> plain(String... names) {
            return text(names).filter(text -> !text.contains("{{"));
        }

        private @Nullable String checked(Function<String, Optional<String>> whyNot, String... names) {
            Optional<String> text = plain(names);
            text.flatMap(whyNot)
                    .ifPresent(why ->
                            problems.add(variable(names).map(Variable::at).orElse(at), why));
            return text.orElse(null);
        }

        private void checkConnection() {
            String connection = text("ansible_connection").orElse("winrm");
            if (!Set.of("winrm", "psrp", "ansible.builtin.winrm", "ansible.builtin.psrp")
                    .contains(connection)) {
                wrong(
                        "ansible_connection",
                        name + " is reached by '" + connection
                                + "'; asrdoctor speaks WinRM only (ansible_connection=winrm)");
            }
        }

        private void checkTemplates() {
            for (String variable : PLAIN_VALUES) {
                text(variable)
                        .filter(text -> text.contains("{{"))
                        .ifPresent(text -> wrong(
                                variable,
                                "'" + variable + "' is a template, which only Ansible can evaluate; write its value"));
            }
        }

        private Transport transport(Optional<String> port) {
            String scheme = plain("ansible_winrm_scheme", "ansible_psrp_protocol")
                    .orElse(port.filter("5985"::equals).isPresent() ? "http" : "https");
            Transport transport = SettingsReader.TRANSPORTS.get(scheme);
            if (transport != Transport.HTTPS && transport != Transport.HTTP) {
                wrong("ansible_winrm_scheme", "'" + scheme + "' is neither http nor https");
                return Transport.HTTPS;
            }
            return transport;
        }

        private @Nullable Integer port(String text) {
            if (text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65535) {
                return Integer.parseInt(text);
            }
            wrong("ansible_port", "'" + text + "' is not a port");
            return null;
        }

        private @Nullable Deployment deployment() {
            Optional<String> text = text("asrdoctor_deployment");
            Deployment deployment = text.map(SettingsReader.DEPLOYMENTS::get).orElse(null);
            if (text.isPresent() && deployment == null) {
                wrong(
                        "asrdoctor_deployment",
                        "'" + text.get() + "' is not one of " + String.join(", ", SettingsReader.DEPLOYMENTS.keySet())
                                + Suggestion.didYouMean(text.get(), SettingsReader.DEPLOYMENTS.keySet()));
            }
            return deployment;
        }

        private Replication role() {
            return new Replication(
                    text("asrdoctor_process_server").orElse(null),
                    text("asrdoctor_data_port").map(this::port).orElse(null),
                    checked(SettingsReader::whyNotAddress, "asrdoctor_data_address"),
                    text("asrdoctor_machines").map(this::machines).orElse(null),
                    text("asrdoctor_churn").map(this::churn).orElse(null),
                    text("asrdoctor_cloud").map(this::cloud).orElse(null));
        }

        private @Nullable Integer machines(String text) {
            if (text.matches("\\d{1,5}")) {
                return Integer.valueOf(text);
            }
            wrong("asrdoctor_machines", "'" + text + "' is no number of machines");
            return null;
        }

        private @Nullable Long churn(String text) {
            Optional<Long> bytes = SettingsReader.bytes(text);
            if (bytes.isEmpty()) {
                wrong("asrdoctor_churn", "expected a size such as 800GB or 1.5TB");
            }
            return bytes.orElse(null);
        }

        private Replication.@Nullable Cloud cloud(String text) {
            Replication.Cloud cloud = SettingsReader.CLOUDS.get(text);
            if (cloud == null) {
                wrong(
                        "asrdoctor_cloud",
                        "'" + text + "' is not one of " + String.join(", ", SettingsReader.CLOUDS.keySet()));
            }
            return cloud;
        }

        private Map<String, String> tags() {
            Map<String, String> tags = new LinkedHashMap<>();
            variables.keySet().stream()
                    .filter(n -> n.startsWith(TAGS + "."))
                    .sorted()
                    .forEach(n -> text(n).ifPresent(text -> tags.put(n.substring(TAGS.length() + 1), text)));
            return tags;
        }

        /** Ansible may list several; those that asrdoctor speaks count, in this order. */
        private List<Authentication> authentications() {
            String listed = text("ansible_winrm_transport", "ansible_psrp_auth").orElse("ntlm");
            List<Authentication> spoken = new ArrayList<>();
            for (String scheme : listed.replaceAll("[\\[\\]'\"]", "").split("[,\\s]+")) {
                Authentication known = switch (scheme) {
                    case "kerberos" -> Authentication.KERBEROS;
                    case "ntlm", "negotiate" -> Authentication.NTLM;
                    case "basic", "plaintext", "ssl" -> Authentication.BASIC;
                    default -> null;
                };
                boolean last = spoken.contains(Authentication.BASIC);
                if (known != null && !last && !spoken.contains(known)) {
                    spoken.add(known);
                }
            }
            if (spoken.isEmpty()) {
                wrong(
                        "ansible_winrm_transport",
                        "of '" + listed + "' asrdoctor speaks none; it speaks kerberos, ntlm and basic");
                return List.of(Authentication.NTLM);
            }
            return spoken;
        }

        private AccessSettings access(List<Authentication> authentications) {
            @Nullable String service = plain("ansible_winrm_service", "ansible_psrp_negotiate_service")
                    .filter(Set.of("host", "HTTP", "WSMAN")::contains)
                    .orElse(null);
            return new AccessSettings(
                    authentications.stream().skip(1).toList(),
                    null,
                    List.of(),
                    service,
                    checked(
                            SettingsReader::whyNotAddress,
                            "ansible_winrm_kerberos_hostname_override",
                            "ansible_psrp_negotiate_hostname_override"),
                    null);
        }

        private TlsSettings tls() {
            boolean verify = !text("ansible_winrm_server_cert_validation", "ansible_psrp_cert_validation")
                    .orElse("validate")
                    .equals("ignore");
            Path ca = text("ansible_winrm_ca_trust_path", "ansible_psrp_ca_cert")
                    .map(text -> folder.resolve(text).normalize())
                    .orElse(null);
            return new TlsSettings(List.of(), ca, verify);
        }

        private @Nullable String credential(Map<String, Credential> credentials) {
            Optional<String> user = text("ansible_user", "ansible_winrm_user", "ansible_psrp_user");
            if (user.isEmpty()) {
                return null;
            }
            Credential.Source password = variable(
                            "ansible_password", "ansible_winrm_password", "ansible_winrm_pass", "ansible_psrp_password")
                    .map(this::password)
                    .orElseGet(Credential.Prompt::new);
            for (Credential known : credentials.values()) {
                if (known.user().equals(user.get()) && same(known.password(), password)) {
                    return known.name();
                }
            }
            String key = user.get();
            for (int i = 2; credentials.containsKey(key); i++) {
                key = user.get() + " (" + i + ")";
            }
            credentials.put(key, new Credential(key, user.get(), password));
            return key;
        }

        private static boolean same(Credential.Source one, Credential.Source other) {
            if (one instanceof Credential.Inline a && other instanceof Credential.Inline b) {
                return Arrays.equals(a.password(), b.password());
            }
            return one.equals(other);
        }

        private Credential.Source password(Variable variable) {
            Matcher environment = ENVIRONMENT.matcher(variable.text());
            if (environment.matches()) {
                return new Credential.Environment(environment.group(1));
            }
            if (variable.text().contains("{{")) {
                problems.add(
                        variable.at(),
                        "this password is a template, which only Ansible can evaluate; use {{ lookup('env', 'NAME') }}");
                return new Credential.Prompt();
            }
            if (variable.text().startsWith(VAULT)) {
                problems.add(
                        variable.at(),
                        "this password is encrypted by ansible-vault, which asrdoctor does not open; use"
                                + " {{ lookup('env', 'NAME') }}");
                return new Credential.Prompt();
            }
            SecretFiles.whyNotPrivate(Path.of(variable.at().file()))
                    .ifPresent(why -> problems.add(
                            variable.at(),
                            "a password stands in this file, and " + why + "; better use {{ lookup('env', 'NAME') }}"));
            return new Credential.Inline(variable.text().toCharArray());
        }
    }
}
