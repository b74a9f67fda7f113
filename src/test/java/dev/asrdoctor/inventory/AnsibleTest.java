package dev.asrdoctor.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.inventory.Connection.Authentication;
import dev.asrdoctor.inventory.Connection.Transport;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnsibleTest {
    @TempDir
    Path folder;

    /** Where an inventory does not say a connection, Ansible takes ssh. */
    private Path hosts(String text) {
        return Yaml.write(folder, "hosts", text + "\n[all:vars]\nansible_connection=winrm\n");
    }

    private Path hostsYml(String text) {
        Yaml.write(folder, "group_vars/all.yml", "ansible_connection: winrm\n");
        return Yaml.write(folder, "hosts.yml", text);
    }

    private Inventory ini(String text) throws ConfigException {
        return InventoryLoader.load(hosts(text));
    }

    private Inventory yaml(String text) throws ConfigException {
        return InventoryLoader.load(hostsYml(text));
    }

    private List<String> iniProblems(String text) {
        return Yaml.problems(hosts(text));
    }

    private Server host(String variables) throws ConfigException {
        return ini("[ps]\nps1 " + variables + "\n").servers().getFirst();
    }

    private static Server server(Inventory inventory, String name) {
        return inventory.servers().stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void readsTheIniForm() throws Exception {
        Inventory inventory = ini("""
                # everything
                lone ansible_host=10.0.0.9

                [paris]
                ps[01:03].example asrdoctor_site=paris   # three
                ; and one more
                ps-z asrdoctor_tags.wave=2 asrdoctor_deployment=azure-failback

                [asr:children]
                paris # and no other

                [asr:vars]
                ansible_user = svc
                ansible_port = 5985 # http
                """);
        assertThat(inventory.servers())
                .extracting(Server::name)
                .containsExactly("lone", "ps01.example", "ps02.example", "ps03.example", "ps-z");
        assertThat(server(inventory, "lone").address()).isEqualTo("10.0.0.9");
        assertThat(server(inventory, "lone").groups()).isEmpty();
        assertThat(server(inventory, "ps02.example").groups()).containsExactly("asr", "paris");
        assertThat(server(inventory, "ps02.example").site()).isEqualTo("paris");
        assertThat(server(inventory, "ps02.example").port()).isEqualTo(5985);
        assertThat(server(inventory, "ps-z").tags()).isEqualTo(Map.of("wave", "2"));
        assertThat(server(inventory, "ps-z").deployment()).isEqualTo(Deployment.AZURE_FAILBACK);
        assertThat(inventory.assumedDeployments())
                .containsExactly("lone", "ps01.example", "ps02.example", "ps03.example");
        assertThat(inventory.credentials().values())
                .containsExactly(new Credential("svc", "svc", new Credential.Prompt()));
    }

    @Test
    void readsTheYamlForm() throws Exception {
        Inventory inventory = yaml("""
                ---
                asr:
                  vars: { ansible_user: svc }
                  children:
                    paris:
                      hosts:
                        ps[a:c]: { asrdoctor_tags: { wave: 1 }, ansible_winrm_transport: [kerberos, basic] }
                    lyon:
                      hosts: { ps9: { ansible_host: 10.0.0.9, asrdoctor_deployment: source-machine } }
                """);
        assertThat(inventory.servers()).extracting(Server::name).containsExactly("psa", "psb", "psc", "ps9");
        assertThat(server(inventory, "psb").groups()).containsExactly("asr", "paris");
        assertThat(server(inventory, "psb").tags()).isEqualTo(Map.of("wave", "1"));
        assertThat(server(inventory, "psb").connection().authentication()).isEqualTo(Authentication.KERBEROS);
        assertThat(server(inventory, "psb").connection().access().fallbacks()).containsExactly(Authentication.BASIC);
        assertThat(server(inventory, "ps9").deployment()).isEqualTo(Deployment.SOURCE_MACHINE);
        assertThat(server(inventory, "ps9").connection().credential()).isEqualTo("svc");
    }

    @Test
    void aFileWithoutAnEndingIsReadAsWhatItLooksLike() throws Exception {
        String yaml = "ps:\n  hosts:\n    ps1:\n";
        for (String text : List.of(
                yaml,
                "---\n" + yaml,
                "# c\n\n---\n" + yaml,
                "{ps: {hosts: {ps1: }}}",
                "[ps]\nps1\n",
                "ps1 asrdoctor_site=\"a: b\"\n",
                "; c\nps1\n")) {
            Yaml.write(folder, "group_vars/all.yml", "ansible_connection: winrm\n");
            assertThat(InventoryLoader.load(Yaml.write(folder, "hosts", text)).servers())
                    .as(text)
                    .extracting(Server::name)
                    .containsExactly("ps1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ps1          | ps1",
                "ps[1:3]      | ps1 ps2 ps3",
                "ps[08:10]    | ps08 ps09 ps10",
                "ps[0:6:3].x  | ps0.x ps3.x ps6.x",
                "p[a:b][1:2]  | pa1 pa2 pb1 pb2",
            })
    void rangesAreManyHosts(String pattern, String names) throws Exception {
        assertThat(AnsibleRange.of(pattern).names()).containsExactly(names.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"ps[3:1]", "ps[a:3]", "ps[:]", "ps[x]", "ps[1:]", "ps[]"})
    void aRangeOfNothingIsTold(String pattern) {
        assertThat(iniProblems("[g]\nok\n" + pattern + "\n"))
                .containsExactly("3:1: '" + pattern + "' is not a range such as ps[01:12]");
    }

    @Test
    void aRangeOfFarTooManyHostsIsTold() {
        assertThat(iniProblems("ok\nps[0:999999][0:999999]\n"))
                .containsExactly("2:1: 'ps[0:999999][0:999999]' is more than 100000 hosts");
    }

    @Test
    void theNearestVariableWins() throws Exception {
        Inventory inventory = ini("""
                [child]
                own asrdoctor_site=host
                heir
                [parent]
                middle
                [parent:children]
                child
                [other]
                far
                [child:vars]
                asrdoctor_site=child
                [parent:vars]
                asrdoctor_site=parent
                [all:vars]
                asrdoctor_site=all
                """);
        assertThat(server(inventory, "own").site()).isEqualTo("host");
        assertThat(server(inventory, "heir").site()).isEqualTo("child");
        assertThat(server(inventory, "middle").site()).isEqualTo("parent");
        assertThat(server(inventory, "far").site()).isEqualTo("all");
    }

    @Test
    void amongGroupsOfOneDepthTheLaterNameWins() throws Exception {
        Inventory inventory = ini("[b]\nps1\n[a]\nps1\n[a:vars]\nasrdoctor_site=a\n[b:vars]\nasrdoctor_site=b\n");
        assertThat(server(inventory, "ps1").site()).isEqualTo("b");
    }

    @Test
    void foldersOfVariablesWinOverTheInventoryOfTheirKind() throws Exception {
        Yaml.write(folder, "group_vars/all.yml", "asrdoctor_site: all-file\nansible_port: 1111\n");
        Yaml.write(folder, "group_vars/paris/10-site.yml", "---\nasrdoctor_site: paris-file\n");
        Yaml.write(folder, "group_vars/paris/20-empty.yml", "---\n# nothing\n");
        Yaml.write(folder, "group_vars/paris/.swp", "{ not yaml");
        Yaml.write(folder, "host_vars/ps2", "asrdoctor_site: host-file\n");
        Inventory inventory = ini("""
                [paris]
                ps1
                ps2 asrdoctor_site=host
                ps3 asrdoctor_site=host
                [lyon]
                ps4
                [lyon:vars]
                asrdoctor_site=lyon
                """);
        assertThat(server(inventory, "ps1").site()).isEqualTo("paris-file");
        assertThat(server(inventory, "ps1").port()).isEqualTo(1111);
        assertThat(server(inventory, "ps2").site()).isEqualTo("host-file");
        assertThat(server(inventory, "ps3").site()).isEqualTo("host");
        assertThat(server(inventory, "ps4").site())
                .as("Ansible lets group_vars/all win over the inventory's groups")
                .isEqualTo("all-file");
    }

    @Test
    void mistakesInFilesOfVariablesAreToldWithTheRest() {
        Path broken = Yaml.write(folder, "group_vars/all.yml", "a: [\n");
        Yaml.write(folder, "group_vars/ps.yml", "- a list\n");
        Path hosts = hosts("[ps]\nps1 ansible_port=x\n");
        assertThat(Yaml.allProblems(hosts))
                .hasSize(3)
                .anyMatch(p -> p.at().file().equals(broken.toString()))
                .anyMatch(p -> p.message().contains("expected names with values here, not a list"))
                .anyMatch(p -> p.message().equals("'x' is not a port (for ps1)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                               | HTTPS | 5986",
                "ansible_port=5985                                | HTTP  | 5985",
                "ansible_port=15986                               | HTTPS | 15986",
                "ansible_port=5985 ansible_winrm_scheme=https     | HTTPS | 5985",
                "ansible_winrm_scheme=http                        | HTTP  | 5986",
                "ansible_winrm_scheme=http ansible_port=5986      | HTTP  | 5986",
                "ansible_winrm_port=5985 ansible_port=5986        | HTTP  | 5985",
                "ansible_psrp_protocol=http                       | HTTPS | 5986",
                "ansible_psrp_port=5985                           | HTTPS | 5986",
                "ansible_connection=psrp ansible_psrp_protocol=http | HTTP | 5985",
                "ansible_connection=psrp ansible_winrm_port=5985  | HTTPS | 5986",
                "ansible_connection=psrp ansible_psrp_port=5985   | HTTP  | 5985",
            })
    void portAndSchemeMeanWhatTheyMeanInAnsible(String variables, Transport transport, int port) throws Exception {
        Server server = host(variables);
        assertThat(server.connection().transport()).isEqualTo(transport);
        assertThat(server.port()).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                               | NTLM",
                "ansible_winrm_transport=ntlm                     | NTLM",
                "ansible_winrm_transport=kerberos,ntlm            | KERBEROS",
                "ansible_winrm_transport=basic                    | BASIC",
                "ansible_winrm_transport=plaintext                | BASIC",
                "ansible_psrp_auth=kerberos                       | NTLM",
                "ansible_connection=psrp                          | KERBEROS",
                "ansible_connection=psrp ansible_psrp_auth=ntlm ansible_winrm_transport=basic | NTLM",
            })
    void theFirstWayOfLoggingOnThatIsSpokenCounts(String variables, Authentication authentication) throws Exception {
        assertThat(host(variables).connection().authentication()).isEqualTo(authentication);
    }

    @Test
    void certificatesAreJudgedAsTheInventorySays() throws Exception {
        assertThat(host("").connection().tls()).isEqualTo(TlsSettings.SYSTEM);
        assertThat(host("ansible_winrm_server_cert_validation=ignore")
                        .connection()
                        .tls()
                        .verify())
                .isFalse();
        assertThat(host("ansible_winrm_server_cert_validation=validate")
                        .connection()
                        .tls()
                        .verify())
                .isTrue();
        assertThat(host("ansible_winrm_ca_trust_path=ca.pem").connection().tls().caFile())
                .isEqualTo(Path.of("ca.pem").toAbsolutePath());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ansible_connection=ssh                 | Ansible reaches no host of this inventory by WinRM: ps1 by ssh",
                "ansible_connection=winrn               | 'winrn' is no connection; did you mean 'winrm'?",
                "ansible_winrm_transport=credssp        | asrdoctor speaks none",
                "ansible_winrm_scheme=ftp               | 'ftp' is neither http nor https",
                "ansible_port=0                         | '0' is not a port",
                "ansible_port=99999                     | '99999' is not a port",
                "ansible_host=http://x                  | is not a host name or an IP address",
                "ansible_host=ps1:5985                  | ends in a port",
                "'ansible_winrm_path=ws man'            | a path starts with / and has no blanks",
                "'ansible_host={{ ip }}'                | 'ansible_host' is a template, which only Ansible can evaluate",
                "'ansible_port={{ p }}'                 | 'ansible_port' is a template",
                "'ansible_winrm_scheme={{ p }}'         | 'ansible_winrm_scheme' is a template",
                "asrdoctor_deployment=standalon         | did you mean 'standalone'?",
                "ansible_user='x                        | a quotation mark is opened here and not closed",
                "loose                                  | expected NAME=VALUE",
            })
    void whatCannotBeIsToldOnceWithItsPlace(String variables, String message) {
        assertThat(iniProblems("[ps]\nps1 " + variables + "\n"))
                .singleElement()
                .asString()
                .startsWith("2:1: ")
                .contains(message);
    }

    @Test
    void quotesAndBackslashesMeanWhatTheyMeanInAnsible() throws Exception {
        Inventory inventory = ini("""
                [a]
                ps1 ansible_user=CONTOSO\\\\one asrdoctor_site="Paris: 8e"
                ps2 ansible_user='CONTOSO\\two' asrdoctor_site='it is "here"'
                [b]
                ps3
                [b:vars]
                ansible_user=CONTOSO\\three
                asrdoctor_site="Lyon # 1" # second
                """);
        assertThat(inventory.credentials().values())
                .extracting(Credential::user)
                .containsExactly("CONTOSO\\one", "CONTOSO\\two", "CONTOSO\\three");
        assertThat(inventory.servers())
                .extracting(Server::site)
                .containsExactly("Paris: 8e", "it is \"here\"", "Lyon # 1");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "{{ lookup('env'; 'ASR_PW') }}",
                "{{lookup(\"env\"; \"ASR_PW\")}}",
                "{{ lookup('ansible.builtin.env'; 'ASR_PW') }}",
            })
    void aPasswordFromTheEnvironmentIsRead(String template) throws Exception {
        Inventory inventory = yaml("g: { hosts: { ps1: { ansible_user: u, ansible_password: %s } } }"
                .formatted("'" + template.replace(';', ',').replace("'", "''") + "'"));
        assertThat(inventory.credentials().values())
                .containsExactly(new Credential("u", "u", new Credential.Environment("ASR_PW")));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPasswordInTheFileIsTakenOnlyFromAPrivateFile() throws Exception {
        Path hosts = hosts("[ps]\nps1 ansible_user=u ansible_password=hunter2\nps2 ansible_user=u"
                + " ansible_password=hunter2\nps3 ansible_user=u ansible_password=other\n");
        Files.setPosixFilePermissions(hosts, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(Yaml.problems(hosts))
                .hasSize(3)
                .allSatisfy(told -> assertThat(told)
                        .contains("a password stands in this file", "chmod 600", "lookup('env', 'NAME')")
                        .doesNotContain("hunter2"));

        Files.setPosixFilePermissions(hosts, PosixFilePermissions.fromString("rw-------"));
        Inventory inventory = InventoryLoader.load(hosts);
        assertThat(inventory.credentials().keySet()).containsExactly("u", "u (2)");
        assertThat(inventory.servers())
                .extracting(s -> s.connection().credential())
                .containsExactly("u", "u", "u (2)");
        assertThat(inventory.toString()).doesNotContain("hunter2");
    }

    @Test
    void passwordsThatOnlyAnsibleCanOpenAreRefused() {
        assertThat(
                        Yaml.problems(
                                Yaml.write(
                                        folder,
                                        "v.yml",
                                        "g:\n  vars: { ansible_connection: winrm }\n  hosts:\n    ps1:\n      ansible_user: u\n      ansible_password: !vault |\n        $ANSIBLE_VAULT;1.1;AES256\n        6162\n")))
                .containsExactly("6:7: this password is encrypted by ansible-vault, which asrdoctor does not open; use"
                        + " {{ lookup('env', 'NAME') }} (for ps1)");
        assertThat(
                        Yaml.problems(
                                Yaml.write(
                                        folder,
                                        "t.yml",
                                        "g: { hosts: { ps1: { ansible_connection: psrp, ansible_user: u, ansible_password: '{{ vaulted }}' } } }")))
                .singleElement()
                .asString()
                .contains("this password is a template");
    }

    @Test
    void aVaultedFileBesideTheInventoryIsToldAndRefusesNobody() throws Exception {
        Yaml.write(folder, "group_vars/ps/vars.yml", "ansible_user: u\nansible_password: '{{ secret }}'\n");
        Path vault = Yaml.write(folder, "group_vars/ps/vault.yml", "$ANSIBLE_VAULT;1.1;AES256\n6162\n");
        Inventory inventory = ini("[ps]\nps1 ansible_password=\"{{ lookup('env', 'P') }}\"\nps2\n");
        assertThat(inventory.servers()).extracting(Server::name).containsExactly("ps1");
        assertThat(inventory.ansible().notes())
                .singleElement()
                .asString()
                .startsWith(vault + ":1:1: this file is encrypted by ansible-vault");
        assertThat(inventory.ansible().refusals())
                .singleElement()
                .asString()
                .contains("group_vars/ps/vars.yml:2:1", "'secret' stands nowhere but perhaps in " + vault, "(for ps2)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[ps                    | a section ends with ]",
                "[ps:hostvars]          | unknown kind of section ':hostvars'",
                "[g:vars]\\nloose       | expected NAME=VALUE",
                "[nobody:vars]          | [nobody:vars] speaks of the group 'nobody', which the file does not have",
                "[gg:children]\\nh      | [gg:children] names the group 'h', which the file does not have; did you mean 'g'?",
                "[gg:children]\\nok     | 'ok' is a host; in a section ':children' stand groups alone",
                "../../etc              | letters, digits, dots, hyphens and underscores only",
            })
    void aLineThatIsNoAnsibleIsTold(String line, String message) {
        assertThat(iniProblems("[g]\nok\n" + line.replace("\\n", "\n") + "\n"))
                .singleElement()
                .asString()
                .contains(message);
    }

    @Test
    void anInventoryWithoutHostsIsTold() {
        assertThat(iniProblems("[ps]\n")).containsExactly("1:1: the inventory has no hosts");
    }
}
