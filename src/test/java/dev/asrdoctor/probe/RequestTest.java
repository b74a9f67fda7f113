package dev.asrdoctor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.assess.ProbePlan;
import dev.asrdoctor.check.CheckSelection;
import dev.asrdoctor.check.Profile;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Products;
import dev.asrdoctor.testing.AsrService;
import dev.asrdoctor.testing.Peers;
import dev.asrdoctor.testing.ServerMaker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is asked for arrives as it was meant, whatever the services are called. */
class RequestTest {
    private static final Nonce NONCE = new Nonce("0123456789abcdef");
    private static final String HEAD = "$AsrRequest = '";
    private static final JsonMapper JSON = new JsonMapper();
    /** Standard input is sent in pieces of this size (docs/facts.md). */
    private static final int ONE_PIECE = 111 * 1024;

    private static final List<String> NAMES = List.of(
            "svagents",
            "it's",
            "''",
            "say \"hello\"",
            "back\\slash\\",
            "\\u0027",
            "$(Stop-Service W3SVC) `n $AsrRequest ${x}",
            "'; Stop-Service W3SVC; '",
            "\u2018; Stop-Service W3SVC; \u2018",
            "\u2019; Stop-Service W3SVC; \u2019",
            "\u201a\u201b; Stop-Service W3SVC; \u201b\u201a",
            "\u201c\u201d\u201e",
            "Sentinel \u2013 Outpost",
            "d\u00e9p\u00f4t \u65e5\u672c \ud83d\ude00",
            "line\r\nline\u2028\u0085\u0000\u007f",
            "'@\n@'",
            " ");

    @TempDir
    Path folder;

    static Stream<Request> requests() {
        List<String> all =
                Arrays.stream(AsrService.values()).map(AsrService::serviceName).toList();
        return Stream.of(
                new Request.ReadFacts(Products.shipped().first(), 24),
                wholeOf(Deployment.CONFIGURATION_SERVER),
                wholeOf(Deployment.REPLICATION_APPLIANCE),
                wholeOf(Deployment.SOURCE_MACHINE),
                starting(all),
                new Request.Remedy(
                        Products.shipped().first(),
                        Stream.of(
                                        "start",
                                        "resume",
                                        "restart",
                                        "set-start-type",
                                        "resync-time",
                                        "set-mars-proxy",
                                        "set-product-proxy",
                                        "exclude-folders")
                                .map(action -> new Request.Step(action, "'; x", "\u2019", "a|b", "n", true))
                                .toList(),
                        Duration.ofSeconds(90),
                        Duration.ofSeconds(20),
                        false),
                starting(NAMES),
                starting(List.of()));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void isPrintableAsciiThatFitsIntoOnePiece(Request request) {
        String script = request.script(NONCE);
        assertThat(script.chars()).allMatch(c -> c == '\n' || (c >= ' ' && c <= '~'));
        assertThat(script).endsWith("\n").hasSizeBetween(1024, ONE_PIECE);
    }

    /** A whole check of a server that nobody knows may take one piece more; a quick one does not. */
    @Test
    void isHardlyLongerWhereTheServerHasToTellItsProduct() {
        assertThat(unknown(Profile.QUICK)).hasSizeLessThan(ONE_PIECE);
        assertThat(unknown(Profile.FULL)).hasSizeLessThan(2 * ONE_PIECE);
    }

    private static String unknown(Profile profile) {
        return request(Deployment.AUTO, profile).script(NONCE);
    }

    private static Request wholeOf(Deployment deployment) {
        return request(deployment, Profile.FULL);
    }

    private static Request request(Deployment deployment, Profile profile) {
        Server server = ServerMaker.server("ps-01", deployment);
        return new ProbePlan(
                        CheckSelection.of(List.of(), List.of(), profile),
                        Policy.DEFAULT,
                        profile,
                        Duration.ofSeconds(90),
                        List.of(server))
                .of(server);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void carriesNoCommentsButItsTitleAndNoIndentation(Request request) {
        List<String> lines = request.script(NONCE).lines().toList();
        assertThat(lines.getFirst().strip()).isEqualTo("# asrdoctor script 1");
        assertThat(lines.subList(1, lines.size()))
                .noneMatch(String::isBlank)
                .allMatch(line -> line.equals(line.strip()))
                .noneMatch(line -> line.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void differsFromServerToServerInItsSecondLineOnly(Request request) {
        List<String> one = request.script(NONCE).lines().toList();
        List<String> other =
                request.script(new Nonce("fedcba9876543210")).lines().toList();
        assertThat(one).hasSameSizeAs(other);
        assertThat(one.get(1)).isNotEqualTo(other.get(1));
        assertThat(one.subList(2, one.size())).isEqualTo(other.subList(2, other.size()));
    }

    @Test
    void asksForEveryServiceOfTheProductByShortNameAndDisplayNames() {
        JsonNode asked = request(new Request.ReadFacts(Products.shipped().first(), 36));
        assertThat(asked.path("nonce").asString()).isEqualTo(NONCE.text());
        assertThat(asked.path("action").asString()).isEqualTo("probe");
        assertThat(texts(asked.path("areas"))).containsExactly("host", "services");
        assertThat(asked.path("eventHours").asInt()).isEqualTo(36);
        assertThat(asked.path("services")).hasSameSizeAs(AsrService.values());
        for (AsrService service : AsrService.values()) {
            JsonNode one = asked.path("services").get(service.ordinal());
            assertThat(one.path("name").asString()).isEqualTo(service.serviceName());
            assertThat(texts(one.path("displayNames"))).isEqualTo(service.displayNames());
        }
    }

    @Test
    void asksForARemedyInTheOrderGivenAndInWholeSeconds() {
        JsonNode asked = request(new Request.Remedy(
                Products.shipped().first(),
                List.of(
                        new Request.Step("start", "tmansvc", null, null, null, false),
                        new Request.Step("restart", "obengine", "4711", "", "MARS", true)),
                Duration.ofMinutes(2),
                Duration.ofMillis(20_999),
                true));
        assertThat(asked).isEqualTo(JSON.readTree("""
                        {"nonce":"0123456789abcdef","action":"remedy","steps":[
                          {"action":"start","target":"tmansvc","from":null,"to":null,"needs":null,"seconds":120,"whatIf":false},
                          {"action":"restart","target":"obengine","from":"4711","to":"","needs":"MARS","seconds":960,"whatIf":true}],
                         "waitSeconds":120,"settleSeconds":20,"whatIf":true}
                        """));
    }

    @Test
    void namesSurviveHoweverTheyAreQuoted() {
        List<String> targets = new ArrayList<>();
        request(starting(NAMES))
                .path("steps")
                .forEach(step -> targets.add(step.path("target").asString()));
        assertThat(targets).isEqualTo(NAMES);
    }

    @Test
    void powerShellReadsTheSecondLineAsOneStringAndEveryNameAsItWas() throws Exception {
        String second =
                starting(NAMES).script(NONCE).lines().skip(1).findFirst().orElseThrow();
        Path line = Files.writeString(folder.resolve("line.ps1"), second);
        Path script = Files.writeString(
                folder.resolve("read.ps1"), """
                $ErrorActionPreference = 'Stop'
                $errors = $null
                $tokens = $null
                $ast = [System.Management.Automation.Language.Parser]::ParseFile('%s', [ref]$tokens, [ref]$errors)
                $statement = $ast.EndBlock.Statements[0]
                [Console]::Out.WriteLine([string]$errors.Count + ' ' + $ast.EndBlock.Statements.Count + ' ' +
                    $statement.Right.Expression.StringConstantType + ' ' + ($statement.Right.Expression.Value -ceq '%s'))
                . '%s'
                foreach ($name in (ConvertFrom-Json -InputObject $AsrRequest).steps | ForEach-Object { $_.target }) {
                    [Console]::Out.WriteLine((@($name.ToCharArray() | ForEach-Object { [int]$_ }) -join ' '))
                }
                """.formatted(line, value(second).replace("'", "''"), line));
        Process run = new ProcessBuilder(
                        Peers.powerShell().toString(), "-NoProfile", "-NonInteractive", "-File", script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(run.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .lines()
                .toList();
        assertThat(run.waitFor()).isZero();
        assertThat(lines.getFirst()).isEqualTo("0 1 SingleQuoted True");
        assertThat(lines.stream().skip(1).map(RequestTest::characters)).isEqualTo(NAMES);
    }

    private static Request starting(List<String> services) {
        return new Request.Remedy(
                Products.shipped().first(),
                services.stream()
                        .map(service -> new Request.Step("start", service, null, null, null, false))
                        .toList(),
                Duration.ofSeconds(90),
                Duration.ofSeconds(20),
                false);
    }

    /** The request as the server reads it: the one string of the second line, unquoted by PowerShell's rule. */
    private static JsonNode request(Request request) {
        String second = request.script(NONCE).lines().skip(1).findFirst().orElseThrow();
        return JSON.readTree(value(second));
    }

    private static String value(String second) {
        assertThat(second).startsWith(HEAD).endsWith("'");
        String quoted = second.substring(HEAD.length(), second.length() - 1);
        assertThat(quoted.replace("''", "")).doesNotContain("'");
        return quoted.replace("''", "'");
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asString()));
        return texts;
    }

    private static String characters(String codes) {
        StringBuilder text = new StringBuilder();
        for (String code : codes.split(" ")) {
            text.append((char) Integer.parseInt(code));
        }
        return text.toString();
    }
}
