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
    private static final Map<String, Set<String>> READ_PROPERTIES = Map.of(
            "Win32_Service",
            Set.of(
                    "Name",
                    "DisplayName",
                    "State",
                    "ExitCode",
                    "ServiceSpecificExitCode",
                    "ProcessId",
                    "PathName",
                    "StartName"),
            "Win32_OperatingSystem",
            Set.of("CSName", "Caption", "Version", "MUILanguages", "LastBootUpTime"),
            "Win32_Process",
            Set.of("ProcessId", "CreationDate"));

    private List<JsonNode> scripts = List.of();

    @BeforeAll
    void parseEveryScript() throws Exception {
        Process walk = new ProcessBuilder(
                        Peers.powerShell().toString(),
                        "-NoProfile",
                        "-NonInteractive",
                        "-File",
                        Peers.project("src/test/resources/walk-scripts.ps1").toString(),
                        "-Folder",
                        Peers.project("ps-scripts").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String json = new String(walk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        walk.waitFor();
        scripts = new ArrayList<>();
        new JsonMapper().readTree(json).forEach(scripts::add);
        assertThat(scripts).hasSizeGreaterThan(8);
    }

    @Test
    void parsesAndUsesNoSyntaxNewerThanWindowsPowerShell4() {
        for (JsonNode script : scripts) {
            assertThat(texts(script, "errors")).as(file(script)).isEmpty();
            assertThat(texts(script, "nodes")).as(file(script)).doesNotContainAnyElementsOf(NEWER_THAN_4);
            assertThat(texts(script, "tokens")).as(file(script)).doesNotContainAnyElementsOf(NEWER_TOKENS);
            assertThat(texts(script, "tokens")).as(file(script)).doesNotContain("Parallel", "Workflow", "InlineScript");
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
        Set<String> own = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        scripts.forEach(script -> own.addAll(texts(script, "functions")));
        for (JsonNode script : scripts) {
            for (JsonNode command : script.path("commands")) {
                String name = command.path("name").asString("");
                if (name.isEmpty() || own.contains(name)) {
                    continue;
                }
                assertThat(catalogue).as(file(script) + ": " + name).containsKey(name);
                for (String parameter : texts(command, "parameters")) {
                    assertThat(COMMON_PARAMETERS.contains(parameter)
                                    || catalogue.get(name).contains(parameter.toLowerCase(Locale.ROOT)))
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
        Set<String> methods = Set.of("Start", "Stop", "Continue", "Pause", "SetValue", "Kill", "Delete");
        for (JsonNode script : scripts) {
            if (file(script).startsWith("remedy/")) {
                continue;
            }
            assertThat(texts(script, "members")).as(file(script)).doesNotContainAnyElementsOf(methods);
            for (JsonNode command : script.path("commands")) {
                String name = command.path("name").asString("");
                boolean changes =
                        changing.matcher(name).matches() && !harmless.contains(name) && !name.contains("-Asr");
                assertThat(changes && !name.equals("Set-StrictMode"))
                        .as(file(script) + ": " + name)
                        .isFalse();
            }
        }
    }

    @Test
    void everyWholeScriptBeginsStrict() {
        for (String script : List.of(ScriptLibrary.probe(), ScriptLibrary.remedy())) {
            assertThat(script).startsWith("Set-StrictMode -Version 2\n$ErrorActionPreference = 'Stop'\n");
            assertThat(script.lines()).noneMatch(line -> line.stripLeading().startsWith("#"));
        }
    }

    @Test
    void readsOnlyCimClassesAndPropertiesThatRealServersHave() throws Exception {
        Map<String, Set<String>> classes = cimClasses(Peers.shared("domain/cim/server2019.json"));
        Set<String> named = new TreeSet<>();
        for (JsonNode script : scripts) {
            for (JsonNode command : script.path("commands")) {
                Matcher matcher = Pattern.compile("-ClassName (\\w+)")
                        .matcher(command.path("text").asString(""));
                while (matcher.find()) {
                    named.add(matcher.group(1));
                }
            }
        }
        assertThat(named).isEqualTo(READ_PROPERTIES.keySet());
        READ_PROPERTIES.forEach(
                (name, properties) -> assertThat(classes.get(name)).containsAll(properties));
        Set<String> read = new TreeSet<>();
        scripts.forEach(script -> read.addAll(texts(script, "properties")));
        assertThat(read.stream()
                        .filter(text -> text.matches("\\$(system|process)\\.\\w+"))
                        .map(text -> text.substring(text.indexOf('.') + 1)))
                .allMatch(
                        property -> READ_PROPERTIES.get("Win32_OperatingSystem").contains(property)
                                || READ_PROPERTIES.get("Win32_Process").contains(property));
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

    private static Map<String, Set<String>> cimClasses(Path file) throws Exception {
        Map<String, JsonNode> found = new HashMap<>();
        collect(new JsonMapper().readTree(Files.readString(file)), found);
        Map<String, Set<String>> classes = new HashMap<>();
        for (String name : READ_PROPERTIES.keySet()) {
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
