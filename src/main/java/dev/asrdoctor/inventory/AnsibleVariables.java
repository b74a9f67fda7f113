package dev.asrdoctor.inventory;

import dev.asrdoctor.config.Position;
import dev.asrdoctor.config.Problems;
import dev.asrdoctor.inventory.AnsibleValue.Items;
import dev.asrdoctor.inventory.AnsibleValue.Nothing;
import dev.asrdoctor.inventory.AnsibleValue.Odd;
import dev.asrdoctor.inventory.AnsibleValue.Text;
import dev.asrdoctor.inventory.AnsibleValue.Variable;
import dev.asrdoctor.inventory.AnsibleValue.Vaulted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables that hold for one host. Of Ansible's templates those are evaluated that only name another variable of the
 * inventory or the host itself; what any other one is can only Ansible know.
 */
final class AnsibleVariables {
    private static final int DEEPEST = 10;
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{\\s*([A-Za-z_]\\w*)\\s*}}");
    private static final Pattern ENVIRONMENT = Pattern.compile(
            "\\{\\{\\s*lookup\\(\\s*['\"](?:ansible\\.builtin\\.)?env['\"]\\s*,\\s*['\"](\\w+)['\"]\\s*\\)\\s*}}");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

    private final String host;
    private final Map<String, Variable> variables;
    private final Set<String> vaults;
    private final Problems problems;

    /**
     * @param vaults encrypted files that may say more
     * @param problems of this host alone
     */
    AnsibleVariables(String host, Map<String, Variable> variables, Set<String> vaults, Problems problems) {
        this.host = host;
        this.variables = variables;
        this.vaults = vaults;
        this.problems = problems;
    }

    /** The last of them that is set to more than nothing, as Ansible's plugins choose. */
    Optional<Variable> last(List<String> names) {
        return names.reversed().stream()
                .map(variables::get)
                .filter(variable -> variable != null && !(variable.value() instanceof Nothing))
                .findFirst();
    }

    /** The text of {@link #last}; where it cannot be known, that is told. */
    Optional<String> text(List<String> names) {
        return last(names).flatMap(variable -> {
            String name = nameOf(variable, names);
            return switch (known(name, variable, 0).value()) {
                case Text text -> Optional.of(text.text());
                case Items items -> {
                    problems.add(variable.at(), "'" + name + "' is a list; it takes one value");
                    yield Optional.empty();
                }
                default -> Optional.empty();
            };
        });
    }

    /** One text or several; where they cannot be known, that is told. */
    Optional<List<String>> texts(List<String> names) {
        return last(names).flatMap(variable -> switch (known(nameOf(variable, names), variable, 0)
                .value()) {
            case Text text -> Optional.of(List.of(text.text()));
            case Items items -> Optional.of(items.texts());
            default -> Optional.empty();
        });
    }

    /** A password, which alone may come from the environment. */
    Optional<Credential.Source> password(List<String> names) {
        return last(names).map(found -> {
            Variable variable = followed(found, 0);
            if (variable.value() instanceof Text text && text.isTemplate()) {
                Matcher environment = ENVIRONMENT.matcher(text.text().strip());
                if (environment.matches()) {
                    return new Credential.Environment(environment.group(1));
                }
            }
            return known(nameOf(found, names), variable, 0).value() instanceof Text text
                    ? inline(text.text(), variable.at())
                    : new Credential.Prompt();
        });
    }

    private Credential.Source inline(String password, Position at) {
        SecretFiles.whyNotPrivate(Path.of(at.file()))
                .ifPresent(why -> problems.add(
                        at, "a password stands in this file, and " + why + "; better use {{ lookup('env', 'NAME') }}"));
        return new Credential.Inline(password.toCharArray());
    }

    /** Where it stands, or the host's own place. */
    Position at(List<String> names, Position otherwise) {
        return last(names).map(Variable::at).orElse(otherwise);
    }

    Map<String, Variable> all() {
        return variables;
    }

    private String nameOf(Variable variable, List<String> names) {
        return names.reversed().stream()
                .filter(name -> variable.equals(variables.get(name)))
                .findFirst()
                .orElse(names.getFirst());
    }

    /** Through templates that are the name of another variable and no more. */
    private Variable followed(Variable variable, int depth) {
        if (depth < DEEPEST && variable.value() instanceof Text text && text.isTemplate()) {
            Matcher reference = REFERENCE.matcher(text.text().strip());
            if (reference.matches() && variables.get(reference.group(1)) != null) {
                return followed(variables.get(reference.group(1)), depth + 1);
            }
        }
        return variable;
    }

    /** The variable with a text or a list that is known; else with nothing, and why is told. */
    private Variable known(String name, Variable variable, int depth) {
        if (variable.value() instanceof Text text && text.isTemplate()) {
            Optional<String> evaluated = evaluated(text.text(), depth);
            if (evaluated.isPresent()) {
                return new Variable(new Text(evaluated.get(), true), variable.at());
            }
        }
        String why = whyUnknown(name, variable);
        if (why.isEmpty()) {
            return variable;
        }
        problems.add(variable.at(), (isPassword(name) ? "this password " : "'" + name + "' ") + why);
        return new Variable(new Nothing(), variable.at());
    }

    private String whyUnknown(String name, Variable variable) {
        return switch (variable.value()) {
            case Text text
            when text.isTemplate() ->
                "is a template, which only Ansible can evaluate" + vaultHint(text.text()) + "; " + wayOut(name);
            case Vaulted ignored -> "is encrypted by ansible-vault, which asrdoctor does not open; " + wayOut(name);
            case Odd odd -> "is " + odd.what() + "; write it as a text in quotation marks";
            default -> "";
        };
    }

    private static boolean isPassword(String name) {
        return AnsibleOption.PASSWORD.variables(AnsibleOption.Plugin.WINRM).contains(name);
    }

    private static String wayOut(String name) {
        return isPassword(name) ? "use {{ lookup('env', 'NAME') }}" : "write its value";
    }

    private String vaultHint(String template) {
        Matcher reference = REFERENCE.matcher(template);
        while (reference.find()) {
            Variable other = variables.get(reference.group(1));
            if (other != null && followed(other, 0).value() instanceof Vaulted) {
                return ", since '" + reference.group(1) + "' is encrypted by ansible-vault";
            }
            if (other == null && !vaults.isEmpty() && magic(reference.group(1)).isEmpty()) {
                return ", since '" + reference.group(1) + "' stands nowhere but perhaps in " + String.join(", ", vaults)
                        + ", which ansible-vault has encrypted";
            }
        }
        return "";
    }

    private Optional<String> evaluated(String text, int depth) {
        Matcher reference = REFERENCE.matcher(text);
        StringBuilder all = new StringBuilder();
        while (reference.find()) {
            Optional<String> part = part(reference.group(1), depth + 1);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            reference.appendReplacement(all, Matcher.quoteReplacement(part.get()));
        }
        reference.appendTail(all);
        return new Text(all.toString()).isTemplate() ? Optional.empty() : Optional.of(all.toString());
    }

    private Optional<String> part(String name, int depth) {
        Optional<String> magic = magic(name);
        if (magic.isPresent() || depth > DEEPEST) {
            return magic;
        }
        if (variables.get(name) instanceof Variable(Text text, Position at)) {
            return text.isTemplate() ? evaluated(text.text(), depth) : Optional.of(text.text());
        }
        return Optional.empty();
    }

    private Optional<String> magic(String name) {
        return switch (name) {
            case "inventory_hostname" -> Optional.of(host);
            case "inventory_hostname_short" ->
                Optional.of(IPV4.matcher(host).matches() ? host : host.replaceFirst("\\..*", ""));
            default -> Optional.empty();
        };
    }

    /** Names that begin so, with where they stand. */
    List<Map.Entry<String, Variable>> beginningWith(String prefix) {
        List<Map.Entry<String, Variable>> found = new ArrayList<>();
        variables.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .sorted(Map.Entry.comparingByKey())
                .forEach(found::add);
        return found;
    }
}
