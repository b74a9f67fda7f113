package dev.asrdoctor.inventory;

import dev.asrdoctor.config.Position;
import dev.asrdoctor.config.Problems;
import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.product.Deployment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables {@code asrdoctor_...}, which say of a host what Ansible does not know. */
final class AnsibleWords {
    private final Position at;
    private final AnsibleVariables variables;
    private final Problems problems;

    AnsibleWords(Position at, AnsibleVariables variables, Problems problems) {
        this.at = at;
        this.variables = variables;
        this.problems = problems;
        tellUnknown();
    }

    /** As Python reads a whole number. */
    static Optional<Integer> port(String text) {
        String digits = text.strip().replaceFirst("^\\+", "").replaceAll("(?<=\\d)_(?=\\d)", "");
        return digits.matches("0*[1-9]\\d{0,4}") && Integer.parseInt(digits) <= 65535
                ? Optional.of(Integer.valueOf(digits))
                : Optional.empty();
    }

    private void tellUnknown() {
        variables.beginningWith("asrdoctor_").forEach(entry -> {
            String name = entry.getKey();
            if (!AnsibleOption.OWN.contains(name) && !name.startsWith(AnsibleOption.TAGS + ".")) {
                problems.add(
                        entry.getValue().at(),
                        "asrdoctor knows no '" + name + "'" + Suggestion.didYouMean(name, AnsibleOption.OWN));
            }
        });
    }

    Optional<String> text(String name) {
        return variables.text(List.of(name));
    }

    private void wrong(String name, String message) {
        problems.add(variables.at(List.of(name), at), message);
    }

    @Nullable Deployment deployment() {
        return oneOf("asrdoctor_deployment", SettingsReader.DEPLOYMENTS);
    }

    Replication role() {
        return new Replication(
                text("asrdoctor_process_server").orElse(null),
                text("asrdoctor_data_port").map(this::dataPort).orElse(null),
                address("asrdoctor_data_address"),
                text("asrdoctor_machines").map(this::machines).orElse(null),
                text("asrdoctor_churn").map(this::churn).orElse(null),
                oneOf("asrdoctor_cloud", SettingsReader.CLOUDS));
    }

    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        String prefix = AnsibleOption.TAGS + ".";
        variables
                .beginningWith(prefix)
                .forEach(entry -> text(entry.getKey())
                        .ifPresent(text -> tags.put(entry.getKey().substring(prefix.length()), text)));
        return tags;
    }

    @Nullable Boolean truth(String name) {
        Optional<String> text = text(name).map(word -> word.toLowerCase(Locale.ROOT));
        if (text.isEmpty()) {
            return null;
        }
        if (Set.of("yes", "true", "on", "1").contains(text.get())) {
            return true;
        }
        if (!Set.of("no", "false", "off", "0").contains(text.get())) {
            wrong(name, "expected true or false, not '" + text.get() + "'");
        }
        return false;
    }

    private <E> @Nullable E oneOf(String name, Map<String, E> words) {
        Optional<String> text = text(name);
        E meant = text.map(words::get).orElse(null);
        if (text.isPresent() && meant == null) {
            wrong(
                    name,
                    "'" + text.get() + "' is not one of " + String.join(", ", words.keySet())
                            + Suggestion.didYouMean(text.get(), words.keySet()));
        }
        return meant;
    }

    private @Nullable String address(String name) {
        Optional<String> text = text(name);
        text.flatMap(SettingsReader::whyNotAddress).ifPresent(why -> wrong(name, why));
        return text.orElse(null);
    }

    private @Nullable Integer dataPort(String text) {
        Optional<Integer> port = port(text);
        if (port.isEmpty()) {
            wrong("asrdoctor_data_port", "'" + text + "' is not a port");
        }
        return port.orElse(null);
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
}
