package dev.asrdoctor.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** Inventories drawn by seed: groups in groups with priorities, variables at every level, ranges, texts in quotation marks. */
final class AnsibleByChance {
    private static final List<String> PIECES = List.of(
            "svc",
            "CONTOSO\\\\",
            "CONTOSO\\",
            "\"",
            "'",
            "\\n",
            "\\x41",
            "#",
            " ",
            " # ",
            "=",
            "é",
            "007",
            "1_0",
            "0x1f",
            "5",
            "True",
            "None",
            "[",
            "]",
            "(",
            ")",
            ",",
            ":",
            "{",
            "}",
            "1.5",
            "e3",
            "-",
            "r",
            "yes",
            "~",
            "null",
            "''",
            "\\");
    private static final List<String> HOSTS =
            List.of("ps1", "ps[1:3]", "cs[a:c]", "x[01:03].contoso.example", "lone", "y[0:4:2]", "z[:2]", "q:5985");

    private final Random random;
    private final List<String> groups = new ArrayList<>();
    private final Map<String, List<String>> children = new LinkedHashMap<>();
    private final Map<String, List<String>> hosts = new LinkedHashMap<>();

    AnsibleByChance(long seed) {
        random = new Random(seed);
        int count = 2 + random.nextInt(7);
        for (int i = 0; i < count; i++) {
            groups.add((random.nextBoolean() ? "g" : "h") + i);
        }
        for (int i = 0; i < count; i++) {
            List<String> below = new ArrayList<>();
            for (int j = i + 1; j < count; j++) {
                if (random.nextInt(3) == 0) {
                    below.add(groups.get(j));
                }
            }
            children.put(groups.get(i), below);
            List<String> inside = new ArrayList<>();
            for (int n = random.nextInt(3); n > 0; n--) {
                inside.add(one(HOSTS));
            }
            hosts.put(groups.get(i), inside.stream().distinct().toList());
        }
        hosts.computeIfPresent(groups.getLast(), (g, inside) -> inside.isEmpty() ? List.of("ps[1:2]") : inside);
    }

    /** Writes the inventory and its folders of variables; gives the inventory's file. */
    Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        boolean ini = random.nextInt(3) > 0;
        Path file = folder.resolve(ini ? "hosts" : "hosts.yml");
        write(file, ini ? ini() : yaml());
        for (String group : groups) {
            if (random.nextInt(4) == 0) {
                String ending = one(List.of("", ".yml", ".yaml", "/main.yml", "/10.x.yaml"));
                write(folder.resolve("group_vars/" + group + ending), yamlVariables("", 3));
            }
        }
        if (random.nextInt(3) == 0) {
            write(folder.resolve("group_vars/all.yml"), yamlVariables("", 3));
        }
        if (random.nextInt(3) == 0) {
            write(folder.resolve("host_vars/ps1.yml"), yamlVariables("", 3));
        }
        return file;
    }

    /** Patterns for --limit. */
    List<String> limits() {
        List<String> limits = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            int parts = 1 + random.nextInt(3);
            List<String> pattern = new ArrayList<>();
            for (int i = 0; i < parts; i++) {
                pattern.add(one(List.of("", "", "!", "&")) + term());
            }
            limits.add(String.join(one(List.of(",", ":")), pattern));
        }
        return limits;
    }

    private String term() {
        return switch (random.nextInt(8)) {
            case 0 -> one(List.of("all", "ungrouped", "*", "ps*", "[px]*", "?s?", "cs[!a]", "*.example"));
            case 1 -> "~" + one(List.of("ps[12]", "(ps|cs)", "x0\\d", ".*e$", "g[0-3]"));
            case 2 -> one(groups) + one(List.of("[0]", "[-1]", "[0:1]", "[1:]", "[2:9]", "[0:0]"));
            case 3 -> one(List.of("ps1", "ps2", "csa", "lone", "q", "x02.contoso.example"));
            case 4 -> one(groups).substring(0, 1) + "*" + one(List.of("", "[0]", "[1:2]"));
            default -> one(groups);
        };
    }

    private String ini() {
        StringBuilder text = new StringBuilder();
        List<String> order = new ArrayList<>(groups);
        Collections.shuffle(order, random);
        if (random.nextBoolean()) {
            text.append("alone ansible_connection=winrm\n");
        }
        for (String group : order) {
            text.append("[").append(group).append("]\n");
            for (String host : hosts.get(group)) {
                text.append(host);
                variables(2)
                        .forEach((name, value) ->
                                text.append(' ').append(name).append('=').append(value));
                text.append("\n");
            }
            if (!children.get(group).isEmpty()) {
                text.append("[").append(group).append(":children]\n");
                children.get(group).forEach(child -> text.append(child).append("\n"));
            }
        }
        for (String group : order) {
            text.append("[").append(group).append(":vars]\n");
            variables(4)
                    .forEach((name, value) -> text.append(name)
                            .append(one(List.of("=", " = ")))
                            .append(value)
                            .append("\n"));
            priority()
                    .ifPresent(priority -> text.append("ansible_group_priority=")
                            .append(priority)
                            .append("\n"));
        }
        text.append("[all:vars]\nansible_connection=")
                .append(one(List.of("winrm", "psrp")))
                .append("\n");
        return text.toString();
    }

    private Optional<Integer> priority() {
        return random.nextInt(3) == 0 ? Optional.of(random.nextInt(20) - 5) : Optional.empty();
    }

    private String yaml() {
        StringBuilder text = new StringBuilder("all:\n  vars: { ansible_connection: ")
                .append(one(List.of("winrm", "psrp")))
                .append(" }\n");
        for (String group : groups) {
            text.append(group).append(":\n");
            if (!hosts.get(group).isEmpty()) {
                text.append("  hosts:\n");
                for (String host : hosts.get(group)) {
                    text.append("    \"").append(host).append("\":\n").append(yamlVariables("      ", 2));
                }
            }
            text.append("  vars:\n").append(yamlVariables("    ", 3));
            priority()
                    .ifPresent(priority -> text.append("    ansible_group_priority: ")
                            .append(priority)
                            .append("\n"));
            if (!children.get(group).isEmpty()) {
                text.append("  children:\n");
                children.get(group)
                        .forEach(child -> text.append("    ").append(child).append(":\n"));
            }
        }
        return text.toString();
    }

    private String yamlVariables(String indent, int most) {
        return variables(most).entrySet().stream()
                .map(each -> indent + each.getKey() + ": " + yamlValue(each.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private String yamlValue(String value) {
        if (value.matches("[\\w.,]+") && random.nextInt(3) > 0) {
            return value;
        }
        return random.nextInt(10) == 0 ? one(List.of("~", "null", "", "NULL")) : "'" + value.replace("'", "''") + "'";
    }

    private Map<String, String> variables(int most) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int n = random.nextInt(most + 1); n > 0; n--) {
            String plugin = one(List.of("winrm", "psrp"));
            switch (random.nextInt(9)) {
                case 0 ->
                    variables.put(one(List.of("ansible_port", "ansible_winrm_port", "ansible_psrp_port")), port());
                case 1 ->
                    variables.put(
                            one(List.of("ansible_host", "ansible_" + plugin + "_host")),
                            one(List.of("10.0.0.1", "a.example", "B-2")));
                case 2, 3, 4 -> variables.put(one(List.of("ansible_user", "ansible_" + plugin + "_user")), text());
                case 5 ->
                    variables.put(
                            "ansible_connection",
                            one(List.of("winrm", "psrp", "ssh", "local", "ansible.builtin.psrp")));
                case 6 ->
                    variables.put(
                            "ansible_winrm_transport",
                            one(List.of("ntlm", "kerberos,basic", "basic", "kerberos", "credssp,ntlm")));
                case 7 -> variables.put("ansible_psrp_auth", one(List.of("ntlm", "kerberos", "basic", "negotiate")));
                default ->
                    variables.put(
                            plugin.equals("winrm") ? "ansible_winrm_scheme" : "ansible_psrp_protocol",
                            one(List.of("http", "https")));
            }
        }
        return variables;
    }

    private String port() {
        return one(List.of("5985", "5986", "\"5985\"", "'5986'", "05985", "5_985", "15985", "0x1761"));
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            text.append(one(PIECES));
        }
        String quote = one(List.of("", "", "\"", "'"));
        return quote + text + quote;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private <E> E one(List<E> from) {
        return from.get(random.nextInt(from.size()));
    }
}
