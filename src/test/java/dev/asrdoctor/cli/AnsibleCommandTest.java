package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.cli.Commands.Ended;
import dev.asrdoctor.testing.Yaml;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands on an inventory of Ansible's. */
class AnsibleCommandTest {
    private static final String MIXED = """
            localhost ansible_connection=local
            [linux]
            web01
            [windows]
            ps1 ansible_user=svc
            ps2 ansible_user="{{ account }}"
            [windows:vars]
            ansible_connection=winrm
            """;

    @TempDir
    private Path folder;

    private Ended run(String command, String inventory, String... more) {
        Path hosts = Yaml.write(folder, "hosts", inventory);
        return new Commands()
                .run(Stream.concat(
                                Stream.of(command.split(" ")),
                                Stream.concat(Stream.of("-i", hosts.toString()), Stream.of(more)))
                        .toArray(String[]::new));
    }

    @Test
    void aValueThatCannotBeKnownRefusesItsHostOnlyWhereItIsChosen() {
        Ended one = run("inventory list", MIXED, "ps1");
        assertThat(one.code()).isZero();
        assertThat(one.out()).contains("ps1").doesNotContain("ps2");
        Ended all = run("inventory list", MIXED);
        assertThat(all.code()).isEqualTo(2);
        assertThat(all.err()).hasLineCount(1).contains("hosts:6:1: 'ansible_user' is a template", "(for ps2)");
        assertThat(run("inventory list", MIXED, "all", "!ps2").code()).isZero();
        assertThat(run("inventory list", MIXED, "-l", "all:!ps2").code()).isZero();
        assertThat(run("check", MIXED, "windows").err()).contains("(for ps2)");
        assertThat(run("doctor", MIXED, "ps2").err()).contains("(for ps2)");
    }

    @Test
    void hostsOfOtherConnectionsAreLeftOutAndTold() {
        Ended list = run("inventory list", MIXED, "!ps2");
        assertThat(list.out()).contains("ps1").doesNotContain("web01", "localhost");
        assertThat(list.err())
                .contains(
                        "left out, since Ansible does not reach them by WinRM: localhost by local; web01 by ssh, since"
                                + " ansible_connection is not set");
        Ended none = run("inventory list", MIXED, "linux");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("select no server", "web01 by ssh");
    }

    @Test
    void validateTellsMistakesAndWhatIsLeftOutAndPassedOver() {
        Ended bad = run("inventory validate", MIXED);
        assertThat(bad.code()).isEqualTo(2);
        assertThat(bad.err()).contains("hosts:6:1: 'ansible_user' is a template", "web01 by ssh");
        Ended good =
                run("inventory validate", "ps1 ansible_connection=winrm ansible_winrm_server_cert_validaton=ignore\n");
        assertThat(good.code()).isZero();
        assertThat(good.err())
                .contains(
                        "'ansible_winrm_server_cert_validaton' is nothing that Ansible knows, so it is passed over; did you"
                                + " mean 'ansible_winrm_server_cert_validation'?");
        assertThat(good.out()).contains("OK: 1 server");
    }

    @Test
    void adviceIsInAnsiblesWords() {
        Ended ended = run("check", """
                ps1 ansible_connection=winrm ansible_host=127.0.0.1 ansible_port=5985 ansible_winrm_transport=basic \
                ansible_user=u ansible_password="{{ lookup('env', 'ASR_PASSWORD') }}"
                """);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("ASR_PASSWORD");
        Ended without = run("check", "ps1 ansible_connection=winrm\n");
        assertThat(without.err()).contains("set ansible_user").doesNotContain("'credential'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inventory.py | #!/usr/bin/env python3              | this is a program",
                "aws_ec2.yml  | plugin: amazon.aws.aws_ec2           | this asks Ansible's inventory plugin 'amazon.aws.aws_ec2'",
                "hosts.json   | {\"_meta\": {\"hostvars\": {}}}      | this is what a program or 'ansible-inventory --list' prints",
                "hosts.toml   | [ps.hosts.ps1]                       | this is an inventory in TOML",
                "hosts        | $ANSIBLE_VAULT;1.1;AES256            | this file is encrypted by ansible-vault",
                "x/hosts      | dir                                  | ",
            })
    void whatIsNoInventoryFileIsToldInOneLineWithTheWayOut(String name, String text, String told) {
        Path file = Yaml.write(folder, name, text + "\n");
        Path asked = told == null ? file.getParent() : file;
        Ended ended = new Commands().run("inventory", "validate", "-i", asked.toString());
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .hasLineCount(1)
                .contains(told == null ? "this is a folder" : told)
                .contains("ansible-inventory -i " + asked, "--list --yaml --output FILE.yml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a:!b  | patterns as Ansible writes them stand behind -l",
                "a,b   | patterns as Ansible writes them stand behind -l",
                "~a.*  | patterns as Ansible writes them stand behind -l",
            })
    void anAnsiblePatternAsAnArgumentIsToldWhereItBelongs(String pattern, String told) {
        assertThat(run("inventory list", MIXED, pattern).err()).contains(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wave=2      | write it without -l",
                "PS1         | did you mean 'ps1'?",
                "all:!nosuch | '!nosuch' of the limit matches no host and no group",
                "@nosuch.txt | cannot be read",
                "~ps(        | is no regular expression",
                "''          | names nobody",
            })
    void aLimitThatMeansNothingIsRefused(String limit, String told) {
        Ended ended = run("inventory list", MIXED, "-l", limit);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains(told);
    }

    @Test
    void aLimitMayStandInAFile() {
        Path limit = Yaml.write(folder, "limit.txt", "ps1\n\nlocalhost\n");
        assertThat(run("inventory list", MIXED, "-l", "@" + limit).out())
                .contains("ps1")
                .doesNotContain("ps2");
    }
}
