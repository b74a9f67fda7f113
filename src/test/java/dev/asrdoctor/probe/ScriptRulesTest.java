package dev.asrdoctor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.Peers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every line that reaches a server is held to Windows PowerShell 4.0, by the real parser and real listings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptRulesTest {
    private static final Set<String> NEWER_THAN_4 = Set.of(
            "TypeDefinitionAst",
            "UsingStatementAst",
            "PipelineChainAst",
            "TernaryExpressionAst",
            "FunctionMemberAst",
            "PropertyMemberAst",
            "ConfigurationDefinitionAst");
    private static final Set<String> NEWER_TOKENS = Set.of(
            "AndAnd",
            "OrOr",
            "QuestionMark",
            "QuestionQuestion",
            "QuestionQuestionEquals",
            "QuestionDot",
            "QuestionLBracket");
    private static final Set<String> COMMON_PARAMETERS = Set.of(
            "ErrorAction",
            "ErrorVariable",
            "Verbose",
            "Debug",
            "WarningAction",
            "OutVariable",
            "OutBuffer",
            "WhatIf",
            "Confirm");
    /** The CIM classes that the scripts read, so that one that the walk no longer sees is missed. */
    private static final Set<String> CLASSES_READ = Set.of("Win32_Service", "Win32_OperatingSystem", "Win32_Process");

    /** {@code [type]::new()} is of 5.0. */
    private static final Set<String> NEWER_MEMBERS = Set.of("new");

    private static final Pattern NEWER_ESCAPE = Pattern.compile("(?<!`)(?:``)*`[eu]");

    private List<JsonNode> scripts = List.of();
    private JsonNode standIn = JsonMapper.shared().nullNode();

    @BeforeAll
    void parseEveryScript() throws Exception {
        scripts = walked("ps-scripts");
        assertThat(scripts).hasSizeGreaterThan(8);
        standIn = walked("src/main/resources/lab").stream()
                .filter(script -> file(script).equals("WindowsStandIn.psm1"))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> walked(String folder) throws Exception {
        Process walk = new ProcessBuilder(
                        Peers.powerShell().toString(),
                        "-NoProfile",
                        "-NonInteractive",
                        "-File",
                        Peers.project("src/test/resources/walk-scripts.ps1").toString(),
                        "-Folder",
                        Peers.project(folder).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String json = new String(walk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(walk.waitFor()).isZero();
        List<JsonNode> scripts = new ArrayList<>();
        new JsonMapper().readTree(json).forEach(scripts::add);
        return scripts;
    }

    @Test
    void parsesAndUsesNoSyntaxNewerThanWindowsPowerShell4() {
        for (JsonNode script : scripts) {
            assertThat(texts(script, "errors")).as(file(script)).isEmpty();
            assertThat(texts(script, "nodes")).as(file(script)).doesNotContainAnyElementsOf(NEWER_THAN_4);
            assertThat(texts(script, "tokens")).as(file(script)).doesNotContainAnyElementsOf(NEWER_TOKENS);
            assertThat(texts(script, "tokens")).as(file(script)).doesNotContain("Parallel", "Workflow", "InlineScript");
            assertThat(texts(script, "members")).as(file(script)).doesNotContainAnyElementsOf(NEWER_MEMBERS);
            assertThat(texts(script, "numbers"))
                    .as(file(script))
                    .allMatch(number -> number.matches("(?i)-?(0x[0-9a-f]+|\\d*\\.?\\d+(e-?\\d+)?[dl]?)([kmgtp]b)?"));
            assertThat(texts(script, "texts"))
                    .as(file(script))
                    .noneMatch(text -> NEWER_ESCAPE.matcher(text).find());
        }
    }

    @Test
    void isAsciiWithoutTabs() throws Exception {
        try (Stream<Path> files = Files.walk(Peers.project("ps-scripts"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (byte b : Files.readAllBytes(file)) {
                    assertThat(b == '\n' || (b >= ' ' && b <= '~'))
                            .as(file + ": byte " + b)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void callsOnlyItsOwnFunctionsAndWhatWindowsPowerShell4Has() throws Exception {
        Map<String, Set<String>> catalogue = catalogue(Peers.shared("domain/powershell/desktop-4.0-windows.json"));
        Map<String, Set<String>> own = functions(scripts);
        for (JsonNode script : scripts) {
            for (JsonNode command : script.path("commands")) {
                String name = command.path("name").asString("");
                if (name.isEmpty()) {
                    assertThat(command.path("text").asString()).as(file(script)).isEqualTo("$Read");
                    continue;
                }
                Map<String, Set<String>> known = own.containsKey(name) ? own : catalogue;
                assertThat(known).as(file(script) + ": " + name).containsKey(name);
                for (String parameter : texts(command, "parameters")) {
                    assertThat(known == catalogue && COMMON_PARAMETERS.contains(parameter)
                                    || known.get(name).contains(parameter.toLowerCase(Locale.ROOT)))
                            .as(file(script) + ": " + name + " -" + parameter)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void callsNothingWhoseOutputDiffersBetweenVersionsOrLanguages() {
        Set<String> forbidden = Set.of(
                "ConvertTo-Json",
                "Write-Host",
                "Write-Output",
                "Invoke-Expression",
                "Get-WmiObject",
                "Format-Table",
                "Out-String",
                "Get-Counter",
                "netstat",
                "w32tm",
                "sc.exe");
        for (JsonNode script : scripts) {
            for (JsonNode command : script.path("commands")) {
                assertThat(command.path("name").asString("")).as(file(script)).isNotIn(forbidden);
            }
        }
    }

    @Test
    void onlyRemediesCallWhatChangesAServer() {
        Pattern changing = Pattern.compile("^(Set|New|Remove|Start|Stop|Restart|Suspend|Resume|Add|Clear|Invoke)-.*");
        Set<String> harmless = Set.of("New-Object", "Start-Sleep", "New-TimeSpan");
        Pattern methods =
                Pattern.compile("(?i)Start|Stop|Continue|Pause|Kill|Delete\\w*|Set\\w*|Change\\w*|ExecuteCommand|Close|"
                        + "(Start|Stop|Pause|Resume)Service|Write(All|Entry|Event)\\w*|AppendAll\\w*|Invoke\\w*");
        List<JsonNode> readers = scripts.stream()
                .filter(script -> !file(script).startsWith("remedy/"))
                .toList();
        Set<String> own = functions(readers).keySet();
        for (JsonNode script : readers) {
            assertThat(texts(script, "members"))
                    .as(file(script))
                    .noneMatch(name -> methods.matcher(name).matches());
            for (JsonNode command : script.path("commands")) {
                String name = command.path("name").asString("");
                boolean changes = changing.matcher(name).matches() && !harmless.contains(name) && !own.contains(name);
                assertThat(changes && !name.equals("Set-StrictMode"))
                        .as(file(script) + ": " + name)
                        .isFalse();
            }
        }
    }

    @Test
    void everyWholeScriptBeginsStrict() {
        for (String script : List.of(ScriptLibrary.probe(List.of("host", "services")), ScriptLibrary.remedy())) {
            assertThat(script).startsWith("Set-StrictMode -Version 2\n$ErrorActionPreference = 'Stop'\n");
            assertThat(script.lines()).noneMatch(line -> line.stripLeading().startsWith("#"));
        }
    }

    @Test
    void readsOnlyCimClassesAndPropertiesThatRealServersHave() throws Exception {
        Map<String, Set<String>> read = cim(scripts, "cimReads");
        assertThat(read.keySet()).isEqualTo(CLASSES_READ);
        assertThat(queries(scripts)).isEqualTo(reads(scripts));
        assertExist(read);
    }

    @Test
    void readsNoPropertyThatWindowsServer2012R2Lacks() {
        assertThat(cim(scripts, "cimReads").get("Win32_Service")).doesNotContain("DelayedAutoStart");
    }

    @Test
    void theStandInReturnsOnlyCimPropertiesThatRealServersHave() throws Exception {
        assertExist(cim(List.of(standIn), "cimMade"));
    }

    @Test
    void theStandInReturnsEveryCimPropertyThatIsRead() {
        Map<String, Set<String>> made = cim(List.of(standIn), "cimMade");
        cim(scripts, "cimReads").forEach((name, properties) -> {
            assertThat(made).containsKey(name);
            assertThat(made.get(name)).as(name).containsAll(properties);
        });
    }

    @Test
    void theStandInTakesOnlyParametersOfTheCmdletsThatItStandsInFor() throws Exception {
        Map<String, Set<String>> catalogue = catalogue(Peers.shared("domain/powershell/desktop-4.0-windows.json"));
        Map<String, Set<String>> functions = functions(List.of(standIn));
        assertThat(texts(standIn, "exported")).isNotEmpty().allSatisfy(name -> {
            assertThat(catalogue).containsKey(name);
            assertThat(catalogue.get(name)).as(name).containsAll(functions.get(name));
        });
    }

    private static void assertExist(Map<String, Set<String>> used) throws Exception {
        Map<String, Set<String>> generated = cimClasses(Peers.shared("domain/cim/server2019.json"), used.keySet());
        Map<String, Set<String>> documented = cimClasses(Peers.shared("domain/cim/documented.json"), used.keySet());
        used.forEach((name, properties) -> {
            assertThat(properties).as(name).isNotEmpty();
            assertThat(generated.get(name)).as(name).containsAll(properties);
            assertThat(documented.get(name)).as(name).containsAll(properties);
        });
    }

    /** How many functions ask for instances of a class, by the text of their commands. */
    private static long queries(List<JsonNode> scripts) {
        return scripts.stream()
                .flatMap(script -> script.path("commands").valueStream())
                .filter(command -> command.path("name").asString("").equalsIgnoreCase("Get-CimInstance"))
                .count();
    }

    /** How many functions were seen to read what they asked for. */
    private static long reads(List<JsonNode> scripts) {
        return scripts.stream()
                .flatMap(script -> script.path("cimReads").valueStream())
                .filter(read -> read.path("read").asInt() > 0)
                .count();
    }

    private static Map<String, Set<String>> cim(List<JsonNode> scripts, String list) {
        Map<String, Set<String>> classes = new TreeMap<>();
        for (JsonNode script : scripts) {
            for (JsonNode one : script.path(list)) {
                classes.computeIfAbsent(one.path("class").asString(), name -> new TreeSet<>())
                        .addAll(texts(one, "properties"));
            }
        }
        return classes;
    }

    /** Functions by name, without regard to case, with their parameters in lower case. */
    private static Map<String, Set<String>> functions(List<JsonNode> scripts) {
        Map<String, Set<String>> functions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (JsonNode script : scripts) {
            for (JsonNode function : script.path("functions")) {
                Set<String> parameters = new TreeSet<>();
                texts(function, "parameters").forEach(name -> parameters.add(name.toLowerCase(Locale.ROOT)));
                functions.put(function.path("name").asString(), parameters);
            }
        }
        return functions;
    }

    /** Commands by name, without regard to case, with their parameters in lower case. */
    private static Map<String, Set<String>> catalogue(Path file) throws Exception {
        String text = Files.readString(file);
        JsonNode root = new JsonMapper().readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
        Map<String, Set<String>> commands = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (JsonNode module : root.path("Modules")) {
            JsonNode exported = module.path("ExportedCommands");
            for (JsonNode command : exported.isArray()
                    ? exported
                    : new JsonMapper().createArrayNode().add(exported)) {
                if (command.path("CommandType").asString("").equals("Alias")) {
                    continue;
                }
                String name = command.path("Name").asString("");
                Set<String> parameters = commands.computeIfAbsent(name, n -> new TreeSet<>());
                Matcher matcher = Pattern.compile("-(\\w+)")
                        .matcher(command.path("ParameterSets").toString());
                while (matcher.find()) {
                    parameters.add(matcher.group(1).toLowerCase(Locale.ROOT));
                }
            }
        }
        return commands;
    }

    private static Map<String, Set<String>> cimClasses(Path file, Set<String> names) throws Exception {
        Map<String, JsonNode> found = new HashMap<>();
        collect(new JsonMapper().readTree(Files.readString(file)), found);
        Map<String, Set<String>> classes = new HashMap<>();
        for (String name : names) {
            Set<String> properties = new TreeSet<>();
            for (JsonNode at = found.get(name);
                    at != null;
                    at = found.get(at.path("base").asString(""))) {
                properties.addAll(at.path("properties").propertyNames());
            }
            classes.put(name, properties);
        }
        return classes;
    }

    private static void collect(JsonNode node, Map<String, JsonNode> found) {
        node.properties().forEach(entry -> {
            if (entry.getValue().has("properties") || entry.getValue().has("base")) {
                found.put(entry.getKey(), entry.getValue());
            } else if (entry.getValue().isObject()) {
                collect(entry.getValue(), found);
            }
        });
    }

    private static String file(JsonNode script) {
        return script.path("file").asString("");
    }

    private static List<String> texts(JsonNode node, String name) {
        List<String> texts = new ArrayList<>();
        JsonNode list = node.path(name);
        if (list.isString()) {
            texts.add(list.asString());
        }
        list.forEach(item -> texts.add(item.asString("")));
        return texts;
    }
}
