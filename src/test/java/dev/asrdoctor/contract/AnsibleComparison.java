package dev.asrdoctor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.inventory.AccessSettings;
import dev.asrdoctor.inventory.Connection;
import dev.asrdoctor.inventory.Connection.Authentication;
import dev.asrdoctor.inventory.Credential;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Holds what asrdoctor reads of a host against the options that Ansible's own connection plugin gets for it. */
final class AnsibleComparison {
    private static final Map<String, List<Authentication>> WINRM = Map.of(
            "basic", List.of(Authentication.BASIC),
            "plaintext", List.of(Authentication.BASIC),
            "ssl", List.of(Authentication.BASIC),
            "ntlm", List.of(Authentication.NTLM),
            "kerberos", List.of(Authentication.KERBEROS),
            "negotiate", List.of(Authentication.KERBEROS, Authentication.NTLM),
            "credssp", List.of(),
            "certificate", List.of());

    private AnsibleComparison() {}

    static void compare(Inventory inventory, Server server, JsonNode host, String what) {
        JsonNode options = host.get("options");
        boolean winrm = host.get("plugin").asString().equals("winrm");
        SoftAssertions softly = new SoftAssertions();
        Connection ours = server.connection();
        softly.assertThat(List.copyOf(server.groups()))
                .as(what + ": groups by precedence")
                .isEqualTo(
                        host.get("groups").valueStream().map(JsonNode::asString).toList());
        softly.assertThat(server.address()).as(what + ": address").isEqualTo(text(options, "remote_addr"));
        Endpoint endpoint = winrm ? winrm(options) : psrp(options);
        softly.assertThat(new Endpoint(ours.transport().name().toLowerCase(Locale.ROOT), server.port()))
                .as(what + ": scheme and port")
                .isEqualTo(endpoint);
        String path = Objects.requireNonNull(text(options, "path"));
        softly.assertThat(ours.path()).as(what + ": path").isEqualTo(path.startsWith("/") ? path : "/" + path);
        softly.assertThat(authentications(ours)).as(what + ": authentication").isEqualTo(spoken(options, winrm));
        account(inventory, ours, options, what, softly);
        trust(ours, options, winrm, what, softly);
        access(ours.access(), options, winrm, what, softly);
        softly.assertAll();
    }

    private record Endpoint(String scheme, int port) {}

    private static Endpoint winrm(JsonNode options) {
        int port = options.get("port").asInt();
        String scheme = text(options, "scheme");
        return new Endpoint(scheme != null ? scheme : port == 5985 ? "http" : "https", port);
    }

    private static Endpoint psrp(JsonNode options) {
        String protocol = text(options, "protocol");
        JsonNode port = options.get("port");
        if (port.isNull()) {
            return new Endpoint(protocol == null ? "https" : protocol, "http".equals(protocol) ? 5985 : 5986);
        }
        return new Endpoint(protocol != null ? protocol : port.asInt() == 5985 ? "http" : "https", port.asInt());
    }

    private static List<Authentication> authentications(Connection connection) {
        List<Authentication> all = new ArrayList<>(List.of(connection.authentication()));
        all.addAll(connection.access().fallbacks());
        return all;
    }

    /** Where nothing is said, winrm would show the password; asrdoctor takes NTLM (docs/ansible.md). */
    private static List<Authentication> spoken(JsonNode options, boolean winrm) {
        List<String> said;
        if (!winrm) {
            said = List.of(Objects.requireNonNull(text(options, "auth")));
        } else if (options.get("transport").isNull()) {
            said = List.of("ntlm");
        } else {
            said = options.get("transport")
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
        }
        List<Authentication> spoken = new ArrayList<>();
        for (String word : said) {
            for (Authentication known : WINRM.get(word)) {
                if (!spoken.contains(known) && !spoken.contains(Authentication.BASIC)) {
                    spoken.add(known);
                }
            }
        }
        return spoken;
    }

    private static void account(
            Inventory inventory, Connection ours, JsonNode options, String what, SoftAssertions softly) {
        Optional<Credential> credential = Optional.ofNullable(ours.credential()).map(inventory.credentials()::get);
        softly.assertThat(credential.map(Credential::user).orElse(null))
                .as(what + ": user")
                .isEqualTo(text(options, "remote_user"));
        if (credential.isPresent()) {
            boolean manual = "manual".equals(text(options, "kerberos_mode"));
            String password = manual ? null : text(options, "remote_password");
            softly.assertThat(password(credential.get()))
                    .as(what + ": password")
                    .isEqualTo(password);
            softly.assertThat(credential.get().proof() instanceof Credential.TicketCache)
                    .as(what + ": tickets of the user's own")
                    .isEqualTo(manual);
        }
    }

    private static @Nullable String password(Credential credential) {
        return switch (credential.password()) {
            case Credential.Inline inline -> new String(inline.password());
            case Credential.Environment environment
            when environment.variable().equals(AnsibleTruth.PASSWORD_VARIABLE) -> AnsibleTruth.PASSWORD;
            default -> null;
        };
    }

    private static void trust(Connection ours, JsonNode options, boolean winrm, String what, SoftAssertions softly) {
        JsonNode extras = options.get("extras");
        String validation =
                winrm ? text(extras, "ansible_winrm_server_cert_validation") : text(options, "cert_validation");
        softly.assertThat(ours.tls().verify())
                .as(what + ": certificates are verified")
                .isEqualTo(!"ignore".equals(validation));
        String authorities = winrm ? text(extras, "ansible_winrm_ca_trust_path") : text(options, "ca_cert");
        softly.assertThat(ours.tls().caFile())
                .as(what + ": authorities")
                .isEqualTo(
                        authorities == null || authorities.equals("legacy_requests")
                                ? null
                                : Path.of(authorities).toAbsolutePath());
    }

    private static void access(
            AccessSettings ours, JsonNode options, boolean winrm, String what, SoftAssertions softly) {
        JsonNode extras = options.get("extras");
        String host = winrm
                ? text(extras, "ansible_winrm_kerberos_hostname_override")
                : text(options, "negotiate_hostname_override");
        softly.assertThat(ours.serviceHost()).as(what + ": name for Kerberos").isEqualTo(host);
        if (ours.spn() != null) {
            softly.assertThat(ours.spn())
                    .as(what + ": service for Kerberos")
                    .isEqualTo(winrm ? text(extras, "ansible_winrm_service") : text(options, "negotiate_service"));
        }
        String proxy = winrm ? text(extras, "ansible_winrm_proxy") : text(options, "proxy");
        softly.assertThat(ours.proxy())
                .as(what + ": proxy")
                .isEqualTo(
                        proxy == null || proxy.equals("legacy_requests")
                                ? null
                                : proxy.replaceFirst("^http://", "").replaceFirst("/$", ""));
    }

    private static @Nullable String text(JsonNode options, String name) {
        JsonNode value = options.get(name);
        return value == null || value.isNull() ? null : value.asString();
    }

    /** What cannot be compared is a mistake of the test. */
    static JsonNode plugin(JsonNode host, String what) {
        assertThat(host.has("options")).as(what + " " + host).isTrue();
        return host;
    }
}
