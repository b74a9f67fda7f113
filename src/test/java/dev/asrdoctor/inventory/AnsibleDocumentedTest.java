package dev.asrdoctor.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.inventory.AnsibleOption.Plugin;
import dev.asrdoctor.testing.Peers;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/ansible.md says what the code does, no more and no less. */
class AnsibleDocumentedTest {
    private static String page() throws Exception {
        return Files.readString(Peers.project("docs/ansible.md"));
    }

    private static String cell(List<String> variables) {
        return variables.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @EnumSource
    void everyOptionHasItsRowWithTheVariablesInTheOrderInWhichTheyCount(AnsibleOption option) throws Exception {
        String winrm = cell(option.variables(Plugin.WINRM));
        String psrp = cell(option.variables(Plugin.PSRP));
        assertThat(page().lines())
                .anyMatch(line -> line.contains("| " + winrm + " | " + psrp + (psrp.isEmpty() ? "|" : " |")));
    }

    @Test
    void everyVariableOfThePageIsKnownAndEveryKnownOneIsOnThePage() throws Exception {
        Set<String> documented = Pattern.compile("`(?:\\{\\{ )?((?:ansible_(?:winrm|psrp)|asrdoctor)_\\w+)`")
                .matcher(page())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(AnsibleOption.WITHOUT_MEANING);
        known.addAll(AnsibleOption.OWN);
        Stream.of(AnsibleOption.values())
                .flatMap(option -> Stream.of(Plugin.values()).flatMap(plugin -> option.variables(plugin).stream()))
                .filter(name -> name.startsWith("ansible_winrm_") || name.startsWith("ansible_psrp_"))
                .forEach(known::add);
        assertThat(documented).isEqualTo(known);
    }
}
