package dev.asrdoctor.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.inventory.Connection.Authentication;
import dev.asrdoctor.inventory.Connection.Transport;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.Peers;
import dev.asrdoctor.testing.Yaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryTest {
    private static final String PRINT = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4";

    @TempDir
    Path folder;

    private Inventory read(String text) throws ConfigException {
        return Yaml.inventory(folder, "version: 1\n" + text);
    }

    private Server server(String text) throws ConfigException {
        return read(text).servers().getFirst();
    }

    private List<String> problems(String text) {
        return Yaml.problems(folder, "version: 1\n" + text);
    }

    @Test
    void aServerThatSaysNothingGetsTheDefaults() throws Exception {
        Inventory inventory = read("servers: { ps1: }");
        Server server = inventory.servers().getFirst();
        assertThat(server.name()).isEqualTo("ps1");
        assertThat(server.address()).isEqualTo("ps1");
        assertThat(server.port()).isEqualTo(5986);
        assertThat(server.deployment()).isEqualTo(Deployment.AUTO);
        assertThat(server.site()).isNull();
        assertThat(server.groups()).isEmpty();
        assertThat(server.tags()).isEmpty();
        assertThat(server.connection())
                .isEqualTo(new Connection(
                        Transport.HTTPS, Authentication.NTLM, false, "/wsman", TlsSettings.SYSTEM, null));
        assertThat(inventory.assumedDeployments()).containsExactly("ps1");
    }

    @Test
    void aServerCanSayEverything() throws Exception {
        Server server = server("""
                credentials: { c: { user: u, password: { prompt: true } } }
                servers:
                  ps1: { address: 10.0.0.1, port: 15985, deployment: azure-failback, site: paris, tags: { wave: 1, lab: true },
                         transport: http, authentication: basic, allowBasicOverHttp: true, path: /other, credential: c,
                         tls: { verify: false, caFile: ca.pem, fingerprints: [] } }
                """);
        assertThat(server.address()).isEqualTo("10.0.0.1");
        assertThat(server.port()).isEqualTo(15985);
        assertThat(server.deployment()).isEqualTo(Deployment.AZURE_FAILBACK);
        assertThat(server.site()).isEqualTo("paris");
        assertThat(server.tags()).isEqualTo(Map.of("wave", "1", "lab", "true"));
        assertThat(server.connection())
                .isEqualTo(new Connection(
                        Transport.HTTP,
                        Authentication.BASIC,
                        true,
                        "/other",
                        new TlsSettings(List.of(), folder.resolve("ca.pem"), false),
                        "c"));
    }

    @Test
    void theNearestWordWins() throws Exception {
        Inventory inventory = read("""
                settings: { site: file, port: 1, transport: http, tags: { a: file, b: file, c: file } }
                groups:
                  outer:
                    settings: { site: outer, port: 2, tags: { b: outer, c: outer } }
                    groups:
                      inner:
                        settings: { site: inner, tags: { c: inner } }
                        servers:
                          own: { site: own, tags: { d: own } }
                          heir:
                    servers: { middle: }
                servers: { top: }
                """);
        assertThat(inventory.servers()).extracting(Server::name).containsExactly("top", "middle", "own", "heir");
        assertThat(inventory.servers()).extracting(Server::site).containsExactly("file", "outer", "own", "inner");
        assertThat(inventory.servers()).extracting(Server::port).containsExactly(1, 2, 2, 2);
        assertThat(inventory.servers())
                .extracting(s -> s.connection().transport())
                .containsOnly(Transport.HTTP);
        assertThat(inventory.servers().get(2).tags())
                .isEqualTo(Map.of("a", "file", "b", "outer", "c", "inner", "d", "own"));
        assertThat(inventory.servers().get(2).groups()).containsExactly("outer", "inner");
    }

    @Test
    void membersBelongToTheGroupAndThoseAroundItButInheritNothing() throws Exception {
        Inventory inventory = read("""
                servers: { cs01: { site: here } }
                groups:
                  outer:
                    groups:
                      inner: { settings: { site: there, port: 7 }, members: [cs01] }
                """);
        Server server = inventory.servers().getFirst();
        assertThat(server.groups()).containsExactly("outer", "inner");
        assertThat(server.site()).isEqualTo("here");
        assertThat(server.port()).isEqualTo(5986);
    }

    @Test
    void aMemberThatIsDescribedNowhereIsTold() {
        assertThat(problems("servers: { cs01: }\ngroups: { g: { members: [cs10] } }\n"))
                .containsExactly("3:26: no server is called 'cs10'; did you mean 'cs01'?");
    }

    @Test
    void aDuplicateServerIsToldWithBothPlaces() {
        assertThat(problems("servers:\n  ps1:\ngroups:\n  g:\n    servers:\n      ps1:\n"))
                .singleElement()
                .asString()
                .startsWith("7:7: duplicate server 'ps1': it stands already in line 3;")
                .contains("'members'");
        assertThat(problems("servers:\n  ps1:\n  ps1:\n"))
                .containsExactly("4:3: 'ps1' is given twice; it stands already in line 3");
    }

    @Test
    void aGroupStandsOnceAndIsNotCalledAll() {
        assertThat(problems("servers: { a: }\ngroups:\n  g:\n  h:\n    groups:\n      g:\n"))
                .containsExactly("7:7: group 'g' stands already in line 4");
        assertThat(problems("servers: { a: }\ngroups: { all: }\n"))
                .containsExactly("3:11: a group cannot be called 'all': that word selects every server");
    }

    @Test
    void groupsNestedTooDeeplyAreTold() {
        String text = "servers: { a: }\ngroups: " + "{ g%d: { groups: ".repeat(20) + "{}" + " } }".repeat(20);
        Object[] numbers = java.util.stream.IntStream.range(0, 20).boxed().toArray();
        assertThat(problems(text.formatted(numbers)))
                .singleElement()
                .asString()
                .contains("groups are nested more than 16 deep");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'adress: x'                       | 'unknown key ''adress''; did you mean ''address''?'",
                "'tls: { fingerprint: x }'         | 'unknown key ''fingerprint''; did you mean ''fingerprints''?'",
                "'password: x'                     | 'unknown key ''password'''",
                "'port: 0'                         | 'expected a whole number from 1 to 65535, not ''0'''",
                "'port: 65536'                     | 'expected a whole number'",
                "'transport: ssh'                  | 'is not one of https, http'",
                "'authentication: credssp'         | 'is not one of ntlm, kerberos, negotiate, certificate, basic'",
                "'deployment: Standalone'          | 'did you mean ''standalone''?'",
                "'allowBasicOverHttp: yes'         | 'expected true or false'",
                "'path: wsman'                     | 'a path starts with /'",
                "'path: \"/ws man\"'               | 'a path starts with /'",
                "'path: \"/a\\r\\nHost: b\"'       | 'a path starts with /'",
                "'address: https://ps1/wsman'      | 'is not a host name or an IP address'",
                "'address: \"ps 1\"'               | 'is not a host name or an IP address'",
                "'address: \"ps1\\n\"'             | 'is not a host name or an IP address'",
                "'address: ps1:5985'               | 'ends in a port; the port is given on its own'",
                "'address: [ps1]'                  | 'expected a text here, not a list'",
                "'tags: [a]'                       | 'expected names with values here, not a list'",
                "'tags: { a: [b] }'                | 'expected a text here, not a list'",
                "'tls: x'                          | 'expected names with values here'",
                "'tls: { verify: maybe }'          | 'expected true or false'",
                "'credential: nobody'              | 'no credential is called ''nobody'''",
                "'authentication: [kerberos, kerberos]'        | '''kerberos'' stands there twice'",
                "'authentication: [negotiate, ntlm]'           | '''ntlm'' stands there twice'",
                "'authentication: [basic, ntlm]'               | 'nothing can follow ''basic'''",
                "'authentication: [certificate, kerberos]'     | 'nothing can follow ''certificate'''",
                "'authentication: []'                          | 'name at least one of ntlm, kerberos'",
                "'authentication: [kerberos, digest]'          | 'is not one of ntlm, kerberos'",
                "'authentication: { kerberos: yes }'           | 'expected a text here'",
                "'kerberos: CONTOSO.LOCAL'                     | 'expected names with values here'",
                "'kerberos: { relam: X }'                      | 'unknown key ''relam''; did you mean ''realm''?'",
                "'kerberos: { realm: CONTOSO/LOCAL }'          | 'is not a realm such as CONTOSO.LOCAL'",
                "'kerberos: { realm: \"A\\nB\" }'               | 'is not a realm such as CONTOSO.LOCAL'",
                "'kerberos: { kdc: [\"dc 01\"] }'              | 'is not a host or host:port'",
                "'kerberos: { kdc: [\"dc = x\"] }'             | 'is not a host or host:port'",
                "'kerberos: { kdc: [\"dc01:99999\"] }'         | 'is not a host or host:port'",
                "'kerberos: { spn: cifs }'                     | 'is not one of host, HTTP, WSMAN'",
                "'kerberos: { serviceHost: \"http://ps1\" }'   | 'is not a host name or an IP address'",
                "'proxy: \"http://proxy:3128\"'                | 'a proxy is written host:port, without http://'",
                "'proxy: \"user:secret@proxy:3128\"'           | 'without a password'",
                "'proxy: proxy'                                | 'a proxy is written host:port'",
                "'proxy: \"proxy:65536\"'                      | 'a proxy is written host:port'",
                "'proxy: \"proxy:0\"'                          | 'a proxy is written host:port'",
                "'tls: { minVersion: TLSv1.1 }'                | 'is not one of TLSv1.2, TLSv1.3'",
                "'tls: { minVersion: 1.3 }'                    | 'is not one of TLSv1.2, TLSv1.3'",
            })
    void aWrongSettingIsToldWithItsPlace(String setting, String message) {
        assertThat(problems("servers:\n  ps1: { " + setting + " }\n"))
                .singleElement()
                .asString()
                .matches("(?s)3:\\d+: .*")
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource({"2001:db8::1", "fe80::1%eth0", "10.0.0.1", "ps_1.example", "bücher.example", "75"})
    void namesAndAddressesOfBothKindsAreTaken(String address) throws Exception {
        assertThat(server("servers: { ps1: { address: '" + address + "' } }").address())
                .isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({"'a b'", "a/b", "'!a'", "a=b", "'a*'", "''", "'\\ea'"})
    void namesOfServersHaveNoSignsThatPatternsOrTerminalsUnderstand(String name) {
        assertThat(problems("servers:\n  \"" + name + "\":\n"))
                .singleElement()
                .asString()
                .contains("letters, digits, dots, hyphens and underscores only");
    }

    @Test
    void aPasswordInTheFileIsRefusedWithWhatToWriteInstead() {
        List<String> problems =
                problems("credentials:\n  c: { user: u, password: hunter2 }\nservers: { ps1: { credential: c } }\n");
        assertThat(problems)
                .containsExactly("3:27: a password never stands in the inventory; write where it comes from:"
                        + " {environment: NAME}, {prompt: true}, {command: [program, argument]}, {file: path} or"
                        + " {keystore: {file: path, entry: NAME, password: a source}}");
        assertThat(problems.getFirst()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                     | exactly one source is expected",
                "'{ prompt: true, environment: X }'     | exactly one source is expected",
                "'{ enviroment: X }'                    | unknown source",
                "'{ prompt: false }'                    | can only be true",
                "'{ command: pass show x }'             | a command is a list",
                "'{ command: [] }'                      | a command is a list",
                "'{ environment: [a] }'                 | expected a text here",
                "'{ file: \"a\\0b\" }'                  | is not a path",
                "'[a]'                                  | a password never stands in the inventory",
                "12                                     | a password never stands in the inventory",
            })
    void aSourceOfAPasswordThatCannotBeIsTold(String source, String message) {
        assertThat(problems(
                        "servers: { a: { credential: c } }\ncredentials: { c: { user: u, password: " + source + " } }"))
                .singleElement()
                .asString()
                .contains(message);
    }

    @Test
    void everySourceOfAPasswordIsRead() throws Exception {
        Map<String, Credential> credentials = read("""
                        servers: { a: }
                        credentials:
                          e: { user: u1, password: { environment: NAME } }
                          p: { user: u2, password: { prompt: true } }
                          c: { user: u3, password: { command: [pass, show, x] } }
                          f: { user: u4, password: { file: secret.txt } }
                        """).credentials();
        assertThat(credentials.values())
                .containsExactly(
                        new Credential("e", "u1", new Credential.Environment("NAME")),
                        new Credential("p", "u2", new Credential.Prompt()),
                        new Credential("c", "u3", new Credential.Command(List.of("pass", "show", "x"))),
                        new Credential("f", "u4", new Credential.SecretFile(folder.resolve("secret.txt"))));
    }

    @Test
    void howToLogOnIsRead() throws Exception {
        Connection connection = server("""
                servers:
                  ps1:
                    authentication: [kerberos, ntlm, basic]
                    kerberos: { realm: CONTOSO.LOCAL, kdc: [dc01, "dc02:8888"], spn: WSMAN, serviceHost: ps1.contoso.local }
                    proxy: proxy.contoso.local:3128
                    tls: { minVersion: TLSv1.3 }
                """).connection();
        assertThat(connection.authentication()).isEqualTo(Connection.Authentication.KERBEROS);
        assertThat(connection.access())
                .isEqualTo(new AccessSettings(
                        List.of(Connection.Authentication.NTLM, Connection.Authentication.BASIC),
                        "CONTOSO.LOCAL",
                        List.of("dc01", "dc02:8888"),
                        "WSMAN",
                        "ps1.contoso.local",
                        "proxy.contoso.local:3128"));
        assertThat(connection.tls().minimumVersion()).isEqualTo("TLSv1.3");
    }

    @Test
    void theOldestTlsOfTheSurroundingsHoldsWhereAServerSaysWhomToTrust() throws Exception {
        String surroundings =
                "settings: { tls: { verify: false, minVersion: TLSv1.3 } }\nservers: { ps1: { tls: { %s } } }";
        TlsSettings own =
                server(surroundings.formatted("caFile: ca.pem")).connection().tls();
        assertThat(own.minimumVersion()).isEqualTo("TLSv1.3");
        assertThat(own.verify()).isTrue();
        assertThat(server(surroundings.formatted("minVersion: TLSv1.2"))
                        .connection()
                        .tls()
                        .minimumVersion())
                .isEqualTo("TLSv1.2");
    }

    @Test
    void anAccountWithoutANameIsAMistake() {
        assertThat(problems("credentials:\n  c: { user: '', password: { prompt: true } }\nservers: { ps1: {} }\n"))
                .asString()
                .contains("the account has no name");
    }

    @Test
    void negotiateIsKerberosAndThenNtlm() throws Exception {
        Connection connection =
                server("servers: { ps1: { authentication: negotiate } }").connection();
        assertThat(connection.authentication()).isEqualTo(Connection.Authentication.KERBEROS);
        assertThat(connection.access().fallbacks()).containsExactly(Connection.Authentication.NTLM);
        assertThat(connection.tls().minimumVersion()).isEqualTo("TLSv1.2");
    }

    @Test
    void aServerOverridesHowItsGroupLogsOnOneSettingAtATime() throws Exception {
        Connection connection = server("""
                groups:
                  g:
                    settings:
                      authentication: negotiate
                      proxy: proxy:3128
                      kerberos: { realm: CONTOSO.LOCAL, kdc: [dc01], spn: HTTP }
                    servers:
                      ps1: { authentication: kerberos, proxy: none, kerberos: { spn: host } }
                """).connection();
        assertThat(connection.access())
                .isEqualTo(new AccessSettings(List.of(), "CONTOSO.LOCAL", List.of("dc01"), "host", null, null));
    }

    @Test
    void aServerOfAnotherRealmDoesNotAskTheDomainControllersOfItsGroup() throws Exception {
        Connection connection = server("""
                groups:
                  g:
                    settings: { kerberos: { realm: CONTOSO.LOCAL, kdc: [dc01] } }
                    servers:
                      ps1: { kerberos: { realm: FABRIKAM.LOCAL } }
                """).connection();
        assertThat(connection.access().realm()).isEqualTo("FABRIKAM.LOCAL");
        assertThat(connection.access().kdcs()).isEmpty();
    }

    @Test
    void whatProvesAnAccountInPlaceOfAPasswordIsRead() throws Exception {
        assertThat(read("""
                        servers: { a: }
                        credentials:
                          k: { user: asr@CONTOSO.LOCAL, keytab: asr.keytab }
                          o: { ticketCache: true }
                          t: { user: asr, ticketCache: krb5cc }
                          c: { certificate: client.p12, password: { environment: NAME } }
                        """).credentials().values())
                .containsExactly(
                        new Credential(
                                "k",
                                "asr@CONTOSO.LOCAL",
                                new Credential.None(),
                                new Credential.Keytab(folder.resolve("asr.keytab"))),
                        new Credential("o", "", new Credential.None(), new Credential.TicketCache(null)),
                        new Credential(
                                "t",
                                "asr",
                                new Credential.None(),
                                new Credential.TicketCache(folder.resolve("krb5cc"))),
                        new Credential(
                                "c",
                                "",
                                new Credential.Environment("NAME"),
                                new Credential.ClientCertificate(folder.resolve("client.p12"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{ keytab: a.keytab }'                           | '4:6: ''user'' is missing here'",
                "'{ certificate: a.p12 }'                         | '4:6: ''password'' is missing here'",
                "'{ user: u, keytab: a, ticketCache: true }'      | '4:41: only one of keytab, ticketCache and certificate'",
                "'{ ticketCache: false }'                         | '4:21: ''ticketCache'' is true'",
                "'{ ticketCache: [a] }'                           | '4:21: ''ticketCache'' is true'",
                "'{ user: u, keytab: [a] }'                       | '4:25: expected a text here'",
                "'{ user: u, keytab: \"a\\0b\" }'                  | '4:25: '",
                "'{ user: u, keytab: a, password: { prompt: true } }' | '4:28: unknown key ''password'''",
            })
    void aProofOfAnAccountThatCannotBeIsToldWithItsPlace(String credential, String told) {
        assertThat(problems("servers: { a: }\ncredentials:\n  x: " + credential + "\n"))
                .singleElement()
                .asString()
                .startsWith(told);
    }

    @Test
    void aCredentialWithoutUserOrPasswordIsTold() {
        assertThat(problems("servers: { a: }\ncredentials:\n  x: {}\n"))
                .containsExactly("4:6: 'user' is missing here", "4:6: 'password' is missing here");
    }

    @ParameterizedTest
    @CsvSource({
        PRINT,
        "8F:43:43:46:64:8F:6B:96:DF:89:DD:A9:01:C5:17:6B:10:A6:D8:39:61:DD:3C:1A:C8:8B:59:B2:DC:32:7A:A4",
        "sha256:" + PRINT,
        "SHA256=" + PRINT,
        "sha-256=" + PRINT,
        "8f434346 648f6b96 df89dda9 01c5176b 10a6d839 61dd3c1a c88b59b2 dc327aa4",
    })
    void fingerprintsAreReadInEveryUsualForm(String written) throws Exception {
        Server server = server("servers: { a: { tls: { fingerprints: '" + written + "' } } }");
        assertThat(server.connection().tls().fingerprints()).containsExactly(PRINT);
    }

    @Test
    void aThumbprintOfTheOldKindIsToldAsSuch() {
        assertThat(problems("servers: { a: { tls: { fingerprints: [" + "ab".repeat(20) + "] } } }"))
                .singleElement()
                .asString()
                .contains("SHA-1 thumbprint");
        assertThat(problems("servers: { a: { tls: { fingerprints: [xyz] } } }"))
                .singleElement()
                .asString()
                .contains("64 hex digits");
    }

    @Test
    void anUnknownCredentialIsToldWhereItIsNamed() {
        assertThat(problems("""
                        credentials: { fleet: { user: u, password: { prompt: true } } }
                        settings: { credential: flet }
                        servers: { a: , b: }
                        """)).containsExactly("3:25: no credential is called 'flet'; did you mean 'fleet'?");
    }

    @Test
    void allMistakesAreToldAtOnceInTheOrderOfTheFile() {
        assertThat(problems("""
                        credentials: { c: { user: u } }
                        settings: { prot: 1, credential: c }
                        servers:
                          a: { port: x }
                          a b: { transport: ftp }
                        groups:
                          g: { member: [a] }
                        extra: 1
                        """))
                .extracting(told -> told.substring(0, told.lastIndexOf(": ") < 0 ? 3 : told.indexOf(": ")))
                .containsExactly("2:19", "3:13", "5:14", "6:3", "6:21", "8:8", "9:1");
    }

    @Test
    void anInventoryWithoutServersOrVersionIsTold() {
        assertThat(problems("servers: {}")).containsExactly("1:1: the inventory has no servers");
        assertThat(Yaml.problems(folder, "servers: { a: }")).containsExactly("1:1: 'version' is missing here");
    }

    @Test
    void theSampleIsRead() throws Exception {
        Inventory inventory = InventoryLoader.load(Peers.project("inventory/fleet.yaml"));
        assertThat(inventory.servers())
                .extracting(Server::name)
                .containsExactly("cs01", "ps-par-01", "ps-par-02", "ps-azure-01", "srv-erp-01");
        assertThat(inventory.assumedDeployments()).containsExactly("ps-par-01", "ps-par-02");
        assertThat(inventory.groups()).containsExactly("azure", "paris", "sources");
        assertThat(inventory.servers()).allMatch(s -> s.connection().credential() != null);
    }

    @Test
    void jsonIsYamlToo() throws Exception {
        Path json = Yaml.write(folder, "fleet", "{\n  \"version\": 1,\n  \"servers\": { \"a\": null } }\n");
        assertThat(InventoryLoader.load(json).servers()).hasSize(1);
    }
}
