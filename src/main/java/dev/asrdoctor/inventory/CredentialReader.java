package dev.asrdoctor.inventory;

import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.config.Table;
import dev.asrdoctor.config.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code credentials}: named accounts whose passwords come from elsewhere. */
final class CredentialReader {
    private static final List<String> PROOFS = List.of("keytab", "ticketCache", "certificate");
    private static final String WHERE =
            "write where it comes from: {environment: NAME}, {prompt: true}, {command: [program, argument]}, {file: path} or"
                    + " {keystore: {file: path, entry: NAME, password: a source}}";

    private static final List<String> SOURCES = List.of("environment", "prompt", "command", "file", "keystore");

    private final SettingsReader paths;

    CredentialReader(SettingsReader paths) {
        this.paths = paths;
    }

    Map<String, Credential> read(Table table) {
        Map<String, Credential> credentials = new LinkedHashMap<>();
        for (Table.Entry entry : table.entries()) {
            entry.value()
                    .table()
                    .flatMap(fields -> credential(entry.name(), fields))
                    .ifPresent(credential -> credentials.put(entry.name(), credential));
        }
        return credentials;
    }

    private Optional<Credential> credential(String name, Table fields) {
        Optional<Credential.Proof> proof = proof(fields);
        if (proof.isEmpty() && PROOFS.stream().anyMatch(key -> fields.get(key).isPresent())) {
            fields.get("user");
            fields.get("password");
            fields.rejectUnknown();
            return Optional.empty();
        }
        boolean named = proof.isEmpty() || proof.get() instanceof Credential.Keytab;
        boolean secret = proof.isEmpty() || proof.get() instanceof Credential.ClientCertificate;
        Optional<String> user = named
                ? fields.require("user").flatMap(CredentialReader::user)
                : Optional.of(fields.get("user").flatMap(Value::text).orElse(""));
        Optional<Credential.Source> password =
                secret ? fields.require("password").flatMap(this::source) : Optional.of(new Credential.None());
        fields.rejectUnknown();
        if (proof.isPresent() && user.isPresent() && password.isPresent()) {
            return Optional.of(new Credential(name, user.get(), password.get(), proof.get()));
        }
        return user.isPresent() && password.isPresent()
                ? Optional.of(new Credential(name, user.get(), password.get()))
                : Optional.empty();
    }

    private static Optional<String> user(Value given) {
        return given.text().filter(text -> {
            if (text.isBlank()) {
                given.wrong("the account has no name here, such as CONTOSO\\svc-asrdoctor");
            }
            boolean slash = text.indexOf('/') >= 0 && text.indexOf('@') < 0;
            if (slash) {
                given.wrong("an account has no slash in it; write '" + text.replace('/', '\\') + "', or as user@REALM");
            }
            return !text.isBlank() && !slash;
        });
    }

    /** What stands in the place of a password, or opens with one. */
    private Optional<Credential.Proof> proof(Table fields) {
        Optional<Value> keytab = fields.get("keytab");
        Optional<Value> cache = fields.get("ticketCache");
        Optional<Value> certificate = fields.get("certificate");
        List<Value> given =
                PROOFS.stream().map(fields::get).flatMap(Optional::stream).toList();
        if (given.size() > 1) {
            given.get(1).wrong("only one of keytab, ticketCache and certificate can prove an account");
        }
        if (keytab.isPresent()) {
            return keytab.flatMap(paths::path).map(Credential.Keytab::new);
        }
        if (certificate.isPresent()) {
            return certificate.flatMap(paths::path).map(Credential.ClientCertificate::new);
        }
        return cache.flatMap(this::cache);
    }

    private Optional<Credential.Proof> cache(Value given) {
        if (Boolean.TRUE.equals(given.plain())) {
            return Optional.of(new Credential.TicketCache(null));
        }
        if (!given.isText() || Boolean.FALSE.equals(given.plain())) {
            given.wrong("'ticketCache' is true, for your own tickets, or the path of a cache file");
            return Optional.empty();
        }
        return paths.path(given).map(Credential.TicketCache::new);
    }

    private Optional<Credential.Source> source(Value value) {
        if (!value.isTable()) {
            value.wrong("a password never stands in the inventory; " + WHERE);
            return Optional.empty();
        }
        List<Table.Entry> entries = value.table().map(Table::entries).orElse(List.of());
        if (entries.size() != 1) {
            value.wrong("exactly one source is expected; " + WHERE);
            return Optional.empty();
        }
        Table.Entry only = entries.getFirst();
        Value given = only.value();
        return switch (only.name()) {
            case "environment" -> given.text().map(Credential.Environment::new);
            case "prompt" -> prompt(given);
            case "command" -> command(given);
            case "file" -> paths.path(given).map(Credential.SecretFile::new);
            case "keystore" -> given.table().flatMap(this::keystore);
            default -> {
                // What stands there may be the password itself.
                given.wrong(
                        "unknown source of a password" + Suggestion.didYouMean(only.name(), SOURCES) + "; " + WHERE);
                yield Optional.empty();
            }
        };
    }

    private Optional<Credential.Source> keystore(Table fields) {
        Optional<Path> file = fields.require("file").flatMap(paths::path);
        Optional<String> entry = fields.require("entry").flatMap(Value::text);
        Optional<Credential.Source> opener = fields.require("password").flatMap(value -> {
            Optional<Credential.Source> source = source(value);
            if (source.filter(Credential.Keystore.class::isInstance).isPresent()) {
                value.wrong("a keystore's password cannot come from a keystore");
                return Optional.empty();
            }
            return source;
        });
        fields.rejectUnknown();
        return file.isPresent() && entry.isPresent() && opener.isPresent()
                ? Optional.of(new Credential.Keystore(file.get(), entry.get(), opener.get()))
                : Optional.empty();
    }

    private static Optional<Credential.Source> prompt(Value given) {
        if (!Boolean.TRUE.equals(given.plain())) {
            given.wrong("'prompt' can only be true");
            return Optional.empty();
        }
        return Optional.of(new Credential.Prompt());
    }

    private static Optional<Credential.Source> command(Value given) {
        List<String> arguments = given.texts();
        if (!given.isList() || arguments.isEmpty()) {
            given.wrong("a command is a list: [program, argument, ...]; it is started without a shell");
            return Optional.empty();
        }
        return Optional.of(new Credential.Command(arguments));
    }
}
