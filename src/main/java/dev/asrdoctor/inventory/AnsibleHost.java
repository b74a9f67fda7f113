package dev.asrdoctor.inventory;

import dev.asrdoctor.config.Position;
import dev.asrdoctor.config.Problems;
import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.inventory.AnsibleOption.Plugin;
import dev.asrdoctor.inventory.Connection.Authentication;
import dev.asrdoctor.inventory.Connection.Transport;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The connection of one host, as the options of its own connection plugin say it. */
final class AnsibleHost {
    /** What requests, which Ansible's plugins use, takes to mean the system's own choice. */
    private static final String LEGACY = "legacy_requests";

    private static final Pattern PROXY = Pattern.compile("http://([\\p{L}\\p{N}._-]{1,253}):(\\d{1,5})/?");
    private static final List<String> WINRM_TRANSPORTS =
            List.of("basic", "certificate", "ntlm", "kerberos", "plaintext", "ssl", "credssp");
    private static final List<String> PSRP_AUTHS =
            List.of("basic", "certificate", "negotiate", "kerberos", "ntlm", "credssp");

    private final Plugin plugin;
    private final Position at;
    private final AnsibleVariables variables;
    private final Problems problems;

    AnsibleHost(Plugin plugin, Position at, AnsibleVariables variables, Problems problems) {
        this.plugin = plugin;
        this.at = at;
        this.variables = variables;
        this.problems = problems;
    }

    /** @param notes what is told and does no harm */
    Settings settings(AnsibleCredentials credentials, Problems notes) {
        Optional<Integer> port = port();
        Transport transport = transport(port);
        List<Authentication> authentications = authentications();
        AnsibleWords words = new AnsibleWords(at, variables, problems);
        tellStrangers(notes);
        if (plugin == Plugin.WINRM && port.isEmpty() && transport == Transport.HTTP) {
            notes.add(
                    variables.at(names(AnsibleOption.SCHEME), at),
                    "http without ansible_port goes to port 5986 in Ansible; set ansible_port=5985");
        }
        return new Settings(
                checked(SettingsReader::whyNotAddress, AnsibleOption.ADDRESS),
                port.orElse(plugin == Plugin.WINRM || transport == Transport.HTTPS ? 5986 : 5985),
                words.deployment(),
                words.text("asrdoctor_site").orElse(null),
                words.role(),
                words.tags(),
                transport,
                authentications.getFirst(),
                words.truth(AnsibleOption.BASIC_OVER_HTTP),
                path(),
                tls(),
                credentials.name(text(AnsibleOption.USER), password(authentications)),
                null,
                access(authentications));
    }

    private List<String> names(AnsibleOption option) {
        return option.variables(plugin);
    }

    /** Ansible takes one pair of quotation marks off an option that is a text. */
    private Optional<String> text(AnsibleOption option) {
        Optional<String> text = variables.text(names(option));
        return option.keepsQuotationMarks(plugin) ? text : text.map(PythonLiteral::unquoted);
    }

    private void wrong(AnsibleOption option, String message) {
        problems.add(variables.at(names(option), at), message);
    }

    private @Nullable String checked(Function<String, Optional<String>> whyNot, AnsibleOption option) {
        Optional<String> text = text(option);
        text.flatMap(whyNot).ifPresent(why -> wrong(option, why));
        return text.orElse(null);
    }

    private Optional<Integer> port() {
        return text(AnsibleOption.PORT).flatMap(text -> {
            Optional<Integer> port = AnsibleWords.port(text);
            if (port.isEmpty()) {
                wrong(AnsibleOption.PORT, "'" + text + "' is not a port");
            }
            return port;
        });
    }

    private Transport transport(Optional<Integer> port) {
        String scheme =
                text(AnsibleOption.SCHEME).orElse(port.filter(p -> p == 5985).isPresent() ? "http" : "https");
        return switch (scheme) {
            case "http" -> Transport.HTTP;
            case "https" -> Transport.HTTPS;
            default -> {
                wrong(AnsibleOption.SCHEME, "'" + scheme + "' is neither http nor https");
                yield Transport.HTTPS;
            }
        };
    }

    /** Both plugins put the slash before it where it is missing. */
    private @Nullable String path() {
        return text(AnsibleOption.PATH)
                .map(path -> path.startsWith("/") ? path : "/" + path)
                .flatMap(path -> {
                    Optional<String> why = SettingsReader.whyNotUrlPath(path);
                    why.ifPresent(message -> wrong(AnsibleOption.PATH, message));
                    return why.isPresent() ? Optional.empty() : Optional.of(path);
                })
                .orElse(null);
    }

    /** Ansible may list several; those that asrdoctor speaks count, in this order. */
    private List<Authentication> authentications() {
        List<String> listed = listed();
        List<String> words = plugin == Plugin.WINRM ? WINRM_TRANSPORTS : PSRP_AUTHS;
        List<Authentication> spoken = new ArrayList<>();
        for (String word : listed) {
            if (!words.contains(word)) {
                wrong(
                        AnsibleOption.AUTHENTICATION,
                        "'" + word + "' is not one of " + String.join(", ", words)
                                + Suggestion.didYouMean(word, words));
                return List.of(Authentication.NTLM);
            }
            for (Authentication known : known(word)) {
                if (!spoken.contains(Authentication.BASIC) && !spoken.contains(known)) {
                    spoken.add(known);
                }
            }
        }
        if (spoken.isEmpty()) {
            wrong(
                    AnsibleOption.AUTHENTICATION,
                    "of '" + String.join(",", listed) + "' asrdoctor speaks none; it speaks kerberos, ntlm and basic");
            return List.of(Authentication.NTLM);
        }
        return spoken;
    }

    /** Where nothing is said, NTLM shows the password to nobody, which Ansible's winrm does then. */
    private List<String> listed() {
        Optional<List<String>> said = variables.texts(names(AnsibleOption.AUTHENTICATION));
        if (said.isEmpty()) {
            return List.of(plugin == Plugin.WINRM ? "ntlm" : "negotiate");
        }
        if (plugin == Plugin.PSRP || said.get().size() != 1) {
            return said.get().stream().map(PythonLiteral::unquoted).toList();
        }
        return Pattern.compile(",")
                .splitAsStream(said.get().getFirst())
                .map(word -> PythonLiteral.unquoted(word.strip()))
                .toList();
    }

    private List<Authentication> known(String word) {
        boolean certificate = variables.last(names(AnsibleOption.CERTIFICATE)).isPresent();
        return switch (word) {
            case "kerberos" -> List.of(Authentication.KERBEROS);
            case "ntlm" -> List.of(Authentication.NTLM);
            case "negotiate" -> List.of(Authentication.KERBEROS, Authentication.NTLM);
            case "basic", "plaintext" -> List.of(Authentication.BASIC);
            case "ssl" -> certificate ? List.of() : List.of(Authentication.BASIC);
            default -> List.of();
        };
    }

    private AccessSettings access(List<Authentication> authentications) {
        Optional<String> service = text(AnsibleOption.SERVICE);
        service.filter(word -> !Set.of("host", "HTTP", "WSMAN").contains(word))
                .ifPresent(word -> wrong(
                        AnsibleOption.SERVICE,
                        "'" + word + "' is not one of host, HTTP, WSMAN, which asrdoctor asks for"));
        return new AccessSettings(
                authentications.stream().skip(1).toList(),
                null,
                List.of(),
                service.orElse(null),
                checked(SettingsReader::whyNotAddress, AnsibleOption.SERVICE_HOST),
                proxy());
    }

    private @Nullable String proxy() {
        Optional<String> said = text(AnsibleOption.PROXY).filter(text -> !text.equals(LEGACY) && !text.isEmpty());
        if (said.isEmpty()) {
            return null;
        }
        Matcher proxy = PROXY.matcher(said.get());
        if (proxy.matches() && AnsibleWords.port(proxy.group(2)).isPresent()) {
            return proxy.group(1) + ":" + proxy.group(2);
        }
        // A password may stand in it.
        wrong(AnsibleOption.PROXY, "asrdoctor knows proxies as http://HOST:PORT, without a password");
        return null;
    }

    private TlsSettings tls() {
        String validation = text(AnsibleOption.VALIDATION).orElse("validate");
        if (!validation.equals("validate") && !validation.equals("ignore")) {
            wrong(
                    AnsibleOption.VALIDATION,
                    "'" + validation + "' is neither validate nor ignore"
                            + Suggestion.didYouMean(validation, List.of("validate", "ignore")));
        }
        return new TlsSettings(List.of(), authorities(), !validation.equals("ignore"));
    }

    /** Relative to where the program is started, as Ansible reads it; ~ is known to psrp only. */
    private @Nullable Path authorities() {
        Optional<String> said = text(AnsibleOption.AUTHORITIES)
                .filter(text -> plugin == Plugin.PSRP || (!text.isEmpty() && !text.equals(LEGACY)));
        if (said.isEmpty()) {
            return null;
        }
        String text = said.get();
        if (plugin == Plugin.PSRP && (text.equals("~") || text.startsWith("~/"))) {
            text = System.getProperty("user.home", "") + text.substring(1);
        }
        if (text.startsWith("~") || text.contains("$")) {
            wrong(
                    AnsibleOption.AUTHORITIES,
                    "'" + text + "' is not the whole path of a file; write it without ~ and $");
            return null;
        }
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            wrong(AnsibleOption.AUTHORITIES, "'" + text + "' is not a path");
            return null;
        }
    }

    private AnsibleCredentials.Secret password(List<Authentication> authentications) {
        Optional<String> tickets = text(AnsibleOption.TICKETS);
        tickets.filter(mode -> !mode.equals("manual") && !mode.equals("managed"))
                .ifPresent(mode -> wrong(AnsibleOption.TICKETS, "'" + mode + "' is neither managed nor manual"));
        if (tickets.filter("manual"::equals).isPresent() && authentications.equals(List.of(Authentication.KERBEROS))) {
            return new AnsibleCredentials.Secret(new Credential.None(), new Credential.TicketCache(null));
        }
        return new AnsibleCredentials.Secret(
                variables.password(names(AnsibleOption.PASSWORD)).orElseGet(Credential.Prompt::new),
                new Credential.Password());
    }

    /** Variables that look like the plugin's own and are not: Ansible passes them over. */
    private void tellStrangers(Problems notes) {
        List<String> known = new ArrayList<>(AnsibleOption.WITHOUT_MEANING);
        for (AnsibleOption option : AnsibleOption.values()) {
            known.addAll(option.variables(plugin));
        }
        String prefix = plugin == Plugin.WINRM ? "ansible_winrm_" : "ansible_psrp_";
        variables.beginningWith(prefix).forEach(entry -> {
            String name = entry.getKey();
            if (!known.contains(name)) {
                notes.add(
                        entry.getValue().at(),
                        "'" + name + "' is nothing that Ansible knows, so it is passed over"
                                + (name.equals("ansible_psrp_password")
                                        ? "; psrp reads ansible_password"
                                        : Suggestion.didYouMean(name, known)));
            }
        });
    }
}
