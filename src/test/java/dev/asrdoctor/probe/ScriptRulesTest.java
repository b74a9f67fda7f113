package dev.asrdoctor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.product.ProductFile;
import dev.asrdoctor.product.Products;
import dev.asrdoctor.testing.Peers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    private static final Set<String> CLASSES_READ = Set.of(
            "MSFT_MpComputerStatus",
            "MSFT_MpPreference",
            "MSFT_NetTCPConnection",
            "SoftwareLicensingProduct",
            "Win32_ComputerSystem",
            "Win32_NetworkAdapterConfiguration",
            "Win32_OperatingSystem",
            "Win32_PerfRawData_PerfDisk_PhysicalDisk",
            "Win32_PerfRawData_PerfOS_Processor",
            "Win32_PerfRawData_PerfOS_System",
            "Win32_PerfRawData_Tcpip_NetworkInterface",
            "Win32_PerfRawData_Tcpip_TCPv4",
            "Win32_Process",
            "Win32_ServerFeature",
            "Win32_Service",
            "Win32_SystemDriver",
            "Win32_Volume");

    /** How the documentation names the servers that are no younger than the oldest that is supported. */
    private static final Set<String> OLD_SERVERS =
            Set.of("Windows Server 2008", "Windows Server 2008 R2", "Windows Server 2012", "Windows Server 2012 R2");

    /** The MARS agent's own cmdlet, which comes with its module and is in no listing of Windows. */
    private static final String MARS_CMDLET = "Get-OBMachineSetting";

    /** What remedies may call beside: all that changes a server, with the script that does it. */
    private static final Map<String, String> CHANGING_CMDLETS = Map.of(
            "Invoke-CimMethod", "remedy/exclude-folders.ps1",
            "Set-ItemProperty", "remedy/set-proxy.ps1",
            "Set-OBMachineSetting", "remedy/set-proxy.ps1");

    /** The MARS agent's cmdlets with their parameters (docs/facts.md, "Proxy"). */
    private static final Map<String, Set<String>> MARS_CMDLETS = Map.of(
            MARS_CMDLET, Set.of(), "Set-OBMachineSetting", Set.of("ProxyServer", "ProxyPort", "NoProxy", "Confirm"));

    private static final String MARS_SCRIPT = "lib/mars.ps1";
    private static final String PROGRAM_SCRIPT = "remedy/program.ps1";
    private static final String TRANSPORT_SCRIPT = "probe/transport.ps1";

    /** What a script that only reads may call of Windows PowerShell. */
    private static final Set<String> READING_CMDLETS = Set.of(
            "ConvertFrom-Json",
            "ForEach-Object",
            "Get-ChildItem",
            "Get-CimInstance",
            "Get-Date",
            "Get-Item",
            "Get-ItemProperty",
            "Get-Service",
            "Get-Variable",
            "New-Object",
            "Resolve-DnsName",
            "Select-Object",
            "Set-StrictMode",
            "Sort-Object",
            "Start-Sleep",
            "Test-Path",
            "Where-Object");

    private static final Map<String, Set<String>> MORE_CMDLETS =
            Map.of(MARS_SCRIPT, Set.of("Import-Module", MARS_CMDLET));

    /** Methods of texts, numbers, moments and of the scripts' own collections, whatever they are called on. */
    private static final Set<String> PURE_METHODS = Set.of(
            "Add",
            "AddDays",
            "AddHours",
            "Append",
            "Contains",
            "ContainsKey",
            "EndsWith",
            "GetBaseException",
            "GetType",
            "Replace",
            "Split",
            "StartsWith",
            "Substring",
            "ToArray",
            "ToCharArray",
            "ToLowerInvariant",
            "ToString",
            "ToUniversalTime",
            "Trim",
            "TrimEnd");

    private static final Set<String> PURE_FUNCTIONS = Set.of(
            "[Math]::Abs",
            "[Math]::Max",
            "[Math]::Min",
            "[Math]::Round",
            "[decimal]::TryParse",
            "[long]::TryParse",
            "[System.Diagnostics.Stopwatch]::StartNew");

    private static final Set<String> COLLECTIONS = Set.of(
            "System.Collections.ArrayList",
            "System.Collections.Generic.HashSet[string]",
            "System.Collections.Generic.Queue[string]",
            "System.Collections.Generic.SortedDictionary[string,object]",
            "System.Text.StringBuilder",
            "byte[]");

    /** The same of the scripts that only ask about products and appliances. */
    private static final Map<String, Set<String>> MORE_OF_DOT_NET_FOR_PRODUCTS = Map.of(
            "lib/product.ps1",
            Set.of("new PSObject", "$Request.logs=", "$Request.PSObject.Properties[$name].Value="),
            "probe/certificates.ps1",
            Set.of("new System.Security.Cryptography.X509Certificates.X509Store", "$store.Open", "$store.Close"));

    private static final Map<String, Set<String>> MORE_OF_DOT_NET_FOR_TIME = Map.of(
            "probe/time.ps1",
            Set.of(
                    "$epoch.AddSeconds",
                    "$socket.Close",
                    "$socket.Connect",
                    "$socket.Receive",
                    "$socket.ReceiveTimeout=",
                    "$socket.Send",
                    "[System.Net.IPAddress]::TryParse",
                    "new DateTime",
                    "new System.Net.Sockets.Socket"));

    /** Everything else of .NET that a script which only reads calls, makes ({@code new}) or sets ({@code =}). */
    private static final Map<String, Set<String>> MORE_OF_DOT_NET = with(
            with(MORE_OF_DOT_NET_FOR_PRODUCTS, MORE_OF_DOT_NET_FOR_TIME),
            Map.of(
                    "lib/answer.ps1",
                    Set.of(
                            "new System.Security.Cryptography.SHA256CryptoServiceProvider",
                            "[System.Security.Cryptography.SHA256]::Create",
                            "[System.Text.Encoding]::ASCII.GetBytes",
                            "$sha.ComputeHash",
                            "[System.BitConverter]::ToString",
                            "[Console]::Out.WriteLine",
                            "[Console]::Out.Flush"),
                    "lib/files.ps1",
                    Set.of(
                            "$Regex.Match",
                            "$begin.IsMatch",
                            "$joined.Clear",
                            "$kept.Dequeue",
                            "$kept.Enqueue",
                            "$named.Reverse",
                            "$others.Reverse",
                            "$regex.IsMatch",
                            "$stream.Dispose",
                            "$stream.Read",
                            "$stream.Seek",
                            "$strict.GetDecoder",
                            "$strict.GetDecoder().GetCharCount",
                            "$success.Match",
                            "[System.Text.Encoding]::BigEndianUnicode.GetString",
                            "[System.Text.Encoding]::GetEncoding",
                            "[System.Text.Encoding]::GetEncoding(28591).GetString",
                            "[System.Text.Encoding]::UTF8.GetString",
                            "[System.Text.Encoding]::Unicode.GetString",
                            "[char]::IsHighSurrogate",
                            "[char]::IsLowSurrogate",
                            "new System.Collections.Generic.Dictionary[string,int]",
                            "new System.Collections.Generic.SortedSet[int]",
                            "new PSObject",
                            "new System.IO.FileInfo",
                            "new System.IO.FileStream",
                            "new System.Text.RegularExpressions.Regex",
                            "new System.Text.UTF8Encoding"),
                    "lib/net.ps1",
                    Set.of(
                            "$Open['client'].Client.Poll",
                            "$Open['client'].ReceiveTimeout=",
                            "$Open['handshake'].Wait",
                            "$Open['tls'].AuthenticateAsClientAsync",
                            "$Stream.Read",
                            "$Stream.Write",
                            "$client.BeginConnect",
                            "$client.EndConnect",
                            "$client.GetStream",
                            "$client.SendTimeout=",
                            "$expression::ArrayAccess",
                            "$expression::Assign",
                            "$expression::Block",
                            "$expression::Constant",
                            "$expression::Convert",
                            "$expression::Lambda",
                            "$expression::Lambda([System.Net.Security.RemoteCertificateValidationCallback], $body, [System.Linq.Expressions.ParameterExpression[]]@($from, $certificate, $chain, $errors)).Compile",
                            "$expression::Parameter",
                            "$open['client'].Close",
                            "[System.Net.IPAddress]::TryParse",
                            "[System.Text.Encoding]::ASCII.GetBytes",
                            "new System.IO.EndOfStreamException",
                            "new System.IO.InvalidDataException",
                            "new System.Net.Security.SslStream",
                            "new System.Net.Sockets.SocketException",
                            "new System.Net.Sockets.TcpClient",
                            "new System.Security.Cryptography.X509Certificates.X509Certificate2",
                            "new int[]"),
                    "lib/registry.ps1",
                    Set.of("$key.GetValue", "$key.GetValueNames", "[Convert]::ToBase64String", "new PSObject"),
                    "lib/events.ps1",
                    Set.of(
                            "new System.Diagnostics.Eventing.Reader.EventLogQuery",
                            "new System.Diagnostics.Eventing.Reader.EventLogReader",
                            "new System.Diagnostics.Stopwatch",
                            "$query.ReverseDirection=",
                            "$reader.ReadEvent",
                            "$reader.Dispose",
                            "$Sid.Translate",
                            "$Watch.Start",
                            "$Watch.Stop"),
                    "lib/sample.ps1",
                    Set.of("new System.Diagnostics.PerformanceCounterCategory", "$category.ReadCategory"),
                    "probe/marslog.ps1",
                    Set.of("[System.Text.RegularExpressions.Regex]::Matches"),
                    "probe/run.ps1",
                    Set.of("[System.Diagnostics.Process]::GetCurrentProcess"),
                    "probe/source.ps1",
                    Set.of("[System.Net.IPAddress]::TryParse"),
                    TRANSPORT_SCRIPT,
                    Set.of(
                            "new System.Diagnostics.ProcessStartInfo",
                            "$info.Arguments=",
                            "$info.UseShellExecute=",
                            "$info.CreateNoWindow=",
                            "$info.RedirectStandardOutput=",
                            "$info.RedirectStandardError=",
                            "new System.Diagnostics.Process",
                            "$process.StartInfo=",
                            "$process.Start",
                            "$process.StandardOutput.ReadToEndAsync",
                            "$process.StandardError.ReadToEndAsync",
                            "$process.WaitForExit",
                            "$process.Kill")));

    private static Map<String, Set<String>> with(Map<String, Set<String>> some, Map<String, Set<String>> others) {
        Map<String, Set<String>> all = new TreeMap<>(others);
        all.putAll(some);
        return all;
    }

    /** The same for what every script begins with. */
    private static final Map<String, Set<String>> MORE_OF_DOT_NET_IN_BASICS = Map.of(
            "lib/json.ps1",
            Set.of("$Value.GetEnumerator", "[double]::IsInfinity", "[double]::IsNaN"),
            "lib/services.ps1",
            Set.of(
                    "$key.GetValue",
                    "$key.GetValueNames",
                    "[System.Management.Automation.WildcardPattern]::Escape",
                    "new PSObject"));

    /** The same for each remedy. */
    private static final Map<String, Set<String>> MORE_OF_DOT_NET_IN_REMEDIES = Map.of(
            "remedy/exclude-folders.ps1", Set.of(),
            "remedy/program.ps1",
                    Set.of(
                            "new System.Diagnostics.ProcessStartInfo",
                            "$info.Arguments=",
                            "$info.UseShellExecute=",
                            "$info.CreateNoWindow=",
                            "$info.RedirectStandardOutput=",
                            "$info.RedirectStandardError=",
                            "new System.Diagnostics.Process",
                            "$process.StartInfo=",
                            "$process.Start",
                            "$process.StandardOutput.ReadToEndAsync",
                            "$process.StandardError.ReadToEndAsync",
                            "$process.WaitForExit",
                            "$process.Kill"),
            "remedy/restart-service.ps1",
                    Set.of(
                            "$Service.Stop",
                            "$Stopped[$i].Refresh",
                            "$Stopped[$i].Start",
                            "$open.Dequeue",
                            "$open.Enqueue",
                            "$service.Refresh",
                            "$service.Start",
                            "[Math]::Ceiling",
                            "[Math]::Floor",
                            "new System.Collections.Queue"),
            "remedy/result.ps1", Set.of("$Service.Refresh"),
            "remedy/resync-time.ps1", Set.of("$service.Start"),
            "remedy/run.ps1",
                    Set.of(
                            "new System.Threading.Mutex",
                            "$lease.WaitOne",
                            "$lease.mutex.ReleaseMutex",
                            "$lease.mutex.Dispose",
                            "$lease.Dispose",
                            "$Lease.GetAccessControl",
                            "[System.Threading.ThreadingAclExtensions]::GetAccessControl",
                            "[System.Security.Principal.WindowsIdentity]::GetCurrent",
                            "$access.GetOwner",
                            "$owner.Translate",
                            "(Get-Date).AddSeconds"),
            "remedy/set-proxy.ps1", Set.of(),
            "remedy/set-start-type.ps1", Set.of(),
            "remedy/start-services.ps1", Set.of("$service.Start", "$service.Continue"));

    /** Casts that ask WMI or a directory for the object that a text names. */
    private static final Set<String> ASKING_TYPES = Set.of("wmi", "wmiclass", "wmisearcher", "adsi", "adsisearcher");

    private static final int SMALL_FILE_BYTES = 256 * 1024;

    /** {@code [type]::new()} is of 5.0. */
    private static final Set<String> NEWER_MEMBERS = Set.of("new");

    private static final Pattern NEWER_ESCAPE = Pattern.compile("(?<!`)(?:``)*`[eu]");

    private List<JsonNode> scripts = List.of();
    private List<JsonNode> standIn = List.of();

    @BeforeAll
    void parseEveryScript() throws Exception {
        scripts = walked("ps-scripts");
        assertThat(scripts).hasSizeGreaterThan(25);
        standIn = walked("src/main/resources/lab/windows");
        assertThat(standIn).isNotEmpty();
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

    /** What is sent has no indentation, which a text or a comment of several lines would not bear. */
    @Test
    void hasNothingThatGoesOverSeveralLines() {
        for (JsonNode script : scripts) {
            assertThat(texts(script, "manyLines")).as(file(script)).isEmpty();
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
                    assertThat(command.path("text").asString())
                            .as(file(script))
                            .isIn("$Read", "$Step $open", "$Take $record");
                    continue;
                }
                if (name.equals(MARS_CMDLET)) {
                    assertThat(file(script)).isEqualTo(MARS_SCRIPT);
                    assertThat(command.path("text").asString()).isEqualTo(MARS_CMDLET);
                    continue;
                }
                if (MARS_CMDLETS.containsKey(name)) {
                    assertThat(MARS_CMDLETS.get(name)).containsAll(texts(command, "parameters"));
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
                "Get-EventLog",
                "Get-WinEvent",
                "netstat",
                "w32tm",
                "sc.exe");
        for (JsonNode script : scripts) {
            assertThat(texts(script, "types"))
                    .as(file(script))
                    .noneMatch(type -> ASKING_TYPES.contains(type.toLowerCase(Locale.ROOT)));
            for (JsonNode command : script.path("commands")) {
                assertThat(command.path("name").asString("")).as(file(script)).isNotIn(forbidden);
            }
        }
    }

    @Test
    void onlyRemediesCallWhatChangesAServer() {
        List<JsonNode> readers = readers();
        Set<String> own = functions(readers).keySet();
        for (JsonNode script : readers) {
            Set<String> more = MORE_CMDLETS.getOrDefault(file(script), Set.of());
            for (JsonNode command : script.path("commands")) {
                String name = command.path("name").asString("");
                assertThat(name.isEmpty()
                                || own.contains(name)
                                || READING_CMDLETS.contains(name)
                                || more.contains(name))
                        .as(file(script) + ": " + name)
                        .isTrue();
                if (name.equals("ForEach-Object") || name.equals("Where-Object")) {
                    assertThat(command.path("text").asString())
                            .as(file(script) + ": calls no method by its name")
                            .startsWith(name + " {");
                }
            }
            assertThat(unusual(script))
                    .as(file(script))
                    .isEqualTo(new TreeSet<>(MORE_OF_DOT_NET.getOrDefault(
                            file(script), MORE_OF_DOT_NET_IN_BASICS.getOrDefault(file(script), Set.of()))));
            assertThat(texts(script, "nodes")).as(file(script)).doesNotContain("FileRedirectionAst");
            assertThat(texts(script, "drives")).as(file(script)).isEmpty();
        }
        assertThat(readers)
                .extracting(ScriptRulesTest::file)
                .containsAll(MORE_OF_DOT_NET.keySet())
                .containsAll(MORE_OF_DOT_NET_IN_BASICS.keySet());
    }

    @Test
    void remediesDoWhatTheyAreForAndNothingElse() {
        Map<String, Set<String>> acts = new TreeMap<>();
        for (JsonNode script : scripts) {
            if (file(script).startsWith("remedy/")) {
                acts.put(file(script), unusual(script));
                for (JsonNode command : script.path("commands")) {
                    String name = command.path("name").asString("");
                    assertThat(READING_CMDLETS.contains(name)
                                    || functions(scripts).containsKey(name)
                                    || file(script).equals(CHANGING_CMDLETS.get(name)))
                            .as(file(script) + ": " + name)
                            .isTrue();
                }
                assertThat(texts(script, "nodes")).as(file(script)).doesNotContain("FileRedirectionAst");
            }
        }
        assertThat(acts).isEqualTo(MORE_OF_DOT_NET_IN_REMEDIES);
    }

    @Test
    void remediesSetNothingButWhatTheyAreFor() {
        assertThat(commands("Set-ItemProperty"))
                .containsExactly(
                        "Set-ItemProperty -LiteralPath $path -Name 'ProxyAddress' -Value $parts[0]",
                        "Set-ItemProperty -LiteralPath $path -Name 'ProxyPort' -Value $parts[1]",
                        "Set-ItemProperty -LiteralPath $path -Name 'BypassDefault' -Value 'False'");
        assertThat(assigned(script("remedy/set-proxy.ps1"), "$path"))
                .containsExactly("[string]@(Get-AsrProperty -Object $Request.product.registry -Name 'proxy')[0]");
        assertThat(Products.shipped().first().registry().get("proxy"))
                .containsExactly("HKLM:\\SOFTWARE\\Microsoft\\Azure Site Recovery\\ProxySettings");
        assertThat(commands("Invoke-CimMethod"))
                .singleElement()
                .asString()
                .contains("-ClassName MSFT_MpPreference -MethodName Add -Arguments @{ ExclusionPath =")
                .contains(" -OperationTimeoutSec ");
        assertThat(commands("Set-OBMachineSetting"))
                .containsExactly(
                        "Set-OBMachineSetting -NoProxy -Confirm:$false",
                        "Set-OBMachineSetting -ProxyServer $parts[0] -ProxyPort ([int]$parts[1]) -Confirm:$false");
    }

    @Test
    void opensFilesForReadingOnlyAndInOnePlace() {
        List<JsonNode> opened = made("System.IO.FileStream");
        assertThat(opened).hasSize(1);
        assertThat(opened.getFirst().path("function").asString()).isEqualTo("Read-AsrEnd");
        assertThat(texts(opened.getFirst(), "arguments"))
                .containsExactly("$Path", "([System.IO.FileMode]::Open)", "([System.IO.FileAccess]::Read)", "$share");
    }

    @Test
    void startsNoProgramButTheVendorsOwnTestAndTwoOfWindowsForRemedies() {
        JsonNode transport = script(TRANSPORT_SCRIPT);
        assertThat(made("System.Diagnostics.ProcessStartInfo"))
                .extracting(started -> texts(started, "arguments"))
                .containsExactlyInAnyOrder(List.of("$path"), List.of("($env:SystemRoot + '\\System32\\' + $Name)"));
        assertThat(commands("Invoke-AsrProgram"))
                .containsExactlyInAnyOrder(
                        "Invoke-AsrProgram -Name 'w32tm.exe' -Arguments '/resync /rediscover' -LimitSeconds ($LimitSeconds - $WaitSeconds)",
                        "Invoke-AsrProgram -Name 'sc.exe' -Arguments ('config \"' + $Name + '\" start= ' + $words[$To])"
                                + " -LimitSeconds $LimitSeconds");
        assertThat(assigned(script(PROGRAM_SCRIPT), "$info.UseShellExecute")).containsExactly("$false");
        assertThat(assigned(transport, "$path"))
                .containsExactly("Get-AsrProductPath -Request $Request -Known $Known -Name 'transferTest'");
        assertThat(Products.shipped().first().files().get("transferTest"))
                .isEqualTo(new ProductFile("agentRoot", "cxpsclient.exe", ""));
        assertThat(assigned(transport, "$process.StartInfo")).containsExactly("$info");
        assertThat(assigned(transport, "$info.UseShellExecute")).containsExactly("$false");
    }

    @Test
    void sendsNothingButRequestLines() {
        assertThat(commands("Send-AsrText"))
                .hasSize(2)
                .allMatch(text -> text.matches("(?s)Send-AsrText -Stream \\S+ -Text \\((\"CONNECT |'GET ' \\+ ).*"));
    }

    @Test
    void loadsNoModuleButTheMarsAgents() {
        assertThat(commands("Import-Module"))
                .containsExactly("Import-Module -Name $Known['marsModule'] -DisableNameChecking");
        assertThat(Products.shipped().first().files().get("marsModule"))
                .isEqualTo(new ProductFile("marsRoot", "bin\\Modules\\MSOnlineBackup", ""));
    }

    /** Folders, keys, services and programs of a product stand in its file and come with the request. */
    @Test
    void knowsNoPlaceOfAnyProduct() throws Exception {
        Pattern places = Pattern.compile(
                "(?i)InMage|Azure Site Recovery|Windows Azure Backup|svsystems|ProgramData|cxps"
                        + "|svagents|tmansvc|obengine|cbengine|amethyst|drscout|eventmanager|monitor_protection|MSOnlineBackup");
        try (Stream<Path> files = Files.walk(Peers.project("ps-scripts"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".ps1")).toList()) {
                assertThat(Files.readAllLines(file).stream()
                                .filter(line -> !line.strip().startsWith("#")
                                        && places.matcher(line).find()))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void countsOnlyWhatHasTheSameNameInEveryLanguage() {
        assertThat(made("System.Diagnostics.PerformanceCounterCategory"))
                .extracting(made -> texts(made, "arguments"))
                .containsExactly(List.of("$Name"));
        assertThat(Products.shipped().first().engine()).containsEntry("counters", "Hyper-V Azure Replication Agent");
    }

    @Test
    void readsNoWholeLog() {
        Set<String> whole =
                Set.of("Get-Content", "Import-Csv", "Import-Clixml", "Select-String", "more", "type", "cmd");
        Pattern unbounded = Pattern.compile("(?i)ReadAll\\w*|ReadLines?\\w*|ReadToEnd\\w*|CopyTo\\w*|OpenText");
        Set<String> bounded = Set.of("Read-AsrEnd", "Read-AsrLog", "Read-AsrLogs");
        for (JsonNode script : scripts) {
            assertThat(texts(script, "switchedFiles")).as(file(script)).isEmpty();
            for (JsonNode call : script.path("calls")) {
                String called = call.path("whole").asString();
                assertThat(!unbounded.matcher(call.path("name").asString()).matches()
                                || Set.of(TRANSPORT_SCRIPT, PROGRAM_SCRIPT).contains(file(script))
                                        && called.matches("\\$process\\.Standard(Output|Error)\\.ReadToEndAsync"))
                        .as(file(script) + ": " + called)
                        .isTrue();
            }
            for (JsonNode command : script.path("commands")) {
                String name = command.path("name").asString("");
                String text = command.path("text").asString();
                assertThat(whole).as(file(script)).doesNotContain(name);
                if (bounded.contains(name)) {
                    assertThat(isBounded(text)).as(file(script) + ": " + text).isTrue();
                }
                if (name.equals("Get-ChildItem")) {
                    assertThat(texts(command, "parameters").contains("Recurse"))
                            .as(file(script) + ": only the search that watches its time goes into folders")
                            .isEqualTo(file(script).equals("probe/cache.ps1"));
                }
            }
        }
    }

    @Test
    void everyAreaStatesWhatItMayCost() throws Exception {
        for (JsonNode script : scripts) {
            if (!file(script).startsWith("probe/") || file(script).equals("probe/run.ps1")) {
                continue;
            }
            String header = Files.readAllLines(Peers.project("ps-scripts").resolve(file(script))).stream()
                    .takeWhile(line -> line.startsWith("#"))
                    .map(line -> line.substring(1).strip())
                    .collect(Collectors.joining(" "));
            assertThat(header).as(file(script)).matches(".*\\bBudget: \\S.*");
        }
    }

    @Test
    void everyWholeScriptBeginsStrict() {
        for (String script : List.of(
                ScriptLibrary.probe(List.of("host", "services")).text(),
                ScriptLibrary.remedy(Set.of("start", "restart", "set-start-type"))
                        .text())) {
            assertThat(script).startsWith("Set-StrictMode -Version 2\n$ErrorActionPreference = 'Stop'\n");
            assertThat(script.lines()).noneMatch(line -> line.stripLeading().startsWith("#"));
        }
    }

    @Test
    void readsOnlyCimClassesAndPropertiesThatRealServersHave() throws Exception {
        assertThat(cim(scripts, "cimReads").keySet()).isEqualTo(CLASSES_READ);
        for (String name : List.of("server2019.json", "server23h2.json")) {
            JsonNode server = json(Peers.shared("domain/cim/" + name));
            for (JsonNode read : queries()) {
                assertThat(propertiesOf(
                                        server.path(read.path("namespace").asString()),
                                        read.path("class").asString())
                                .keySet())
                        .as(name + ": " + read)
                        .containsAll(texts(read, "properties"));
            }
        }
    }

    @Test
    void everyCimQueryHasATimeLimitAndReadsWhatCanBeFollowed() {
        assertThat(queries()).allSatisfy(read -> {
            assertThat(read.path("limited").asBoolean()).isTrue();
            assertThat(read.path("read").asInt()).isPositive();
            assertThat(texts(read, "escapes")).isEmpty();
        });
    }

    @Test
    void whatOldServersMayLackIsReadWhereItsFailureStaysInside() throws Exception {
        JsonNode documented = documented();
        for (JsonNode read : queries()) {
            JsonNode page = documented.path(read.path("class").asString());
            boolean old = OLD_SERVERS.contains(page.path("since").asString("").replace('\u00a0', ' '))
                    && page.path("properties").propertyNames().containsAll(texts(read, "properties"));
            assertThat(old || isGuarded(read, new TreeSet<>()))
                    .as(read.toString())
                    .isTrue();
        }
    }

    @Test
    void whatIsHandedToAGuardRunsInsideItsTry() {
        Set<String> guards = new TreeSet<>();
        for (JsonNode script : scripts) {
            for (JsonNode command : script.path("commands")) {
                if (command.path("name").asString("").isEmpty()) {
                    assertThat(command.path("guarded").asBoolean())
                            .as(file(script))
                            .isTrue();
                    guards.add(command.path("function").asString());
                }
            }
        }
        assertThat(guards).containsExactly("Get-AsrArea", "Read-AsrEventLog", "Read-AsrOptional", "Step-AsrOpened");
        assertThat(commands("Get-AsrArea")).contains("Get-AsrArea -Read $Read");
    }

    @Test
    void readsNoPropertyThatWindowsServer2012R2Lacks() {
        assertThat(cim(scripts, "cimReads").get("Win32_Service")).doesNotContain("DelayedAutoStart");
    }

    @Test
    void theStandInReturnsOnlyCimPropertiesThatRealServersHave() throws Exception {
        assertExist(cim(standIn, "cimMade"));
    }

    @Test
    void theStandInReturnsEveryCimPropertyThatIsRead() throws Exception {
        Map<String, Set<String>> made = cim(standIn, "cimMade");
        assertThat(made).isNotEmpty();
        standInTypes()
                .properties()
                .forEach(entry -> made.computeIfAbsent(
                        entry.getKey(), name -> new TreeSet<>(entry.getValue().propertyNames())));
        assertThat(made.keySet()).isEqualTo(CLASSES_READ);
        cim(scripts, "cimReads")
                .forEach((name, properties) ->
                        assertThat(made.get(name)).as(name).containsAll(properties));
    }

    @Test
    void theStandInKnowsEveryPropertyOfAClassWithItsTypeAsARealServerDoes() throws Exception {
        JsonNode server = json(Peers.shared("domain/cim/server2019.json"));
        for (Map.Entry<String, JsonNode> known : standInTypes().properties()) {
            Map<String, String> types = new TreeMap<>();
            known.getValue()
                    .properties()
                    .forEach(property ->
                            types.put(property.getKey(), property.getValue().asString()));
            List<Map<String, String>> real = server.valueStream()
                    .filter(namespace -> namespace.has(known.getKey()))
                    .map(namespace -> propertiesOf(namespace, known.getKey()))
                    .toList();
            assertThat(real).as(known.getKey()).containsExactly(types);
        }
    }

    @Test
    void theStandInTakesOnlyParametersOfTheCmdletsThatItStandsInFor() throws Exception {
        Map<String, Set<String>> catalogue = catalogue(Peers.shared("domain/powershell/desktop-4.0-windows.json"));
        Map<String, Set<String>> functions = functions(standIn);
        List<String> exported = standIn.stream()
                .flatMap(part -> texts(part, "exported").stream())
                .toList();
        assertThat(exported).containsAll(MARS_CMDLETS.keySet());
        MARS_CMDLETS.forEach((name, parameters) -> assertThat(parameters.stream()
                        .map(parameter -> parameter.toLowerCase(Locale.ROOT))
                        .toList())
                .as(name)
                .containsAll(functions.get(name)));
        assertThat(exported)
                .filteredOn(name -> !MARS_CMDLETS.containsKey(name))
                .isNotEmpty()
                .allSatisfy(name -> {
                    assertThat(catalogue).containsKey(name);
                    assertThat(catalogue.get(name)).as(name).containsAll(functions.get(name));
                });
    }

    private static void assertExist(Map<String, Set<String>> used) throws Exception {
        JsonNode server = json(Peers.shared("domain/cim/server2019.json"));
        JsonNode documented = documented();
        used.forEach((name, properties) -> {
            assertThat(properties).as(name).isNotEmpty();
            assertThat(propertiesOf(server.path("root\\cimv2"), name).keySet())
                    .as(name)
                    .containsAll(properties);
            assertThat(documented.path(name).path("properties").propertyNames())
                    .as(name)
                    .containsAll(properties);
        });
    }

    private static JsonNode json(Path file) throws Exception {
        return new JsonMapper().readTree(Files.readString(file));
    }

    private static JsonNode documented() throws Exception {
        return json(Peers.shared("domain/cim/documented.json"));
    }

    private static JsonNode standInTypes() throws Exception {
        return json(Peers.project("src/main/resources/lab/cim-types.json"));
    }

    /** A class's properties with their types, those of its bases in the same namespace included. */
    private static Map<String, String> propertiesOf(JsonNode namespace, String name) {
        Map<String, String> properties = new TreeMap<>();
        for (JsonNode at = namespace.path(name);
                !at.isMissingNode();
                at = namespace.path(at.path("base").asString(""))) {
            at.path("properties")
                    .properties()
                    .forEach(property -> properties.putIfAbsent(
                            property.getKey(), property.getValue().asString()));
        }
        return properties;
    }

    private List<JsonNode> queries() {
        return scripts.stream()
                .flatMap(script -> script.path("cimReads").valueStream())
                .toList();
    }

    private JsonNode script(String name) {
        return scripts.stream()
                .filter(script -> file(script).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> readers() {
        return scripts.stream()
                .filter(script -> !file(script).startsWith("remedy/"))
                .toList();
    }

    /** Whether a failure here cannot end the script: at the place itself, or wherever its function is called. */
    private boolean isGuarded(JsonNode place, Set<String> asked) {
        String function = place.path("function").asString("");
        if (place.path("guarded").asBoolean()) {
            return true;
        }
        if (function.isEmpty() || !asked.add(function)) {
            return false;
        }
        List<JsonNode> calls = scripts.stream()
                .flatMap(script -> script.path("commands").valueStream())
                .filter(command -> command.path("name").asString("").equalsIgnoreCase(function))
                .toList();
        return !calls.isEmpty() && calls.stream().allMatch(call -> isGuarded(call, new TreeSet<>(asked)));
    }

    private static Set<String> unusual(JsonNode script) {
        Set<String> unusual = new TreeSet<>();
        for (JsonNode call : script.path("calls")) {
            String whole = call.path("whole").asString();
            boolean function = whole.endsWith("::" + call.path("name").asString());
            if (function
                    ? !PURE_FUNCTIONS.contains(whole)
                    : !PURE_METHODS.contains(call.path("name").asString())) {
                unusual.add(whole);
            }
        }
        for (JsonNode made : script.path("made")) {
            if (!COLLECTIONS.contains(made.path("type").asString())) {
                unusual.add("new " + made.path("type").asString());
            }
        }
        texts(script, "assigned").forEach(name -> unusual.add(name + "="));
        return unusual;
    }

    private List<JsonNode> made(String type) {
        return scripts.stream()
                .flatMap(script -> script.path("made").valueStream())
                .filter(made -> made.path("type").asString().equals(type))
                .toList();
    }

    private List<String> commands(String name) {
        return scripts.stream()
                .flatMap(script -> script.path("commands").valueStream())
                .filter(command -> command.path("name").asString("").equalsIgnoreCase(name))
                .map(command -> command.path("text").asString())
                .toList();
    }

    private static List<String> assigned(JsonNode script, String name) {
        return script.path("assignments")
                .valueStream()
                .filter(assignment -> assignment.path("to").asString().equalsIgnoreCase(name))
                .map(assignment -> assignment.path("from").asString())
                .toList();
    }

    /** By a small number, by the request's own bound, or by the bound that the calling function was itself given. */
    private static boolean isBounded(String command) {
        Matcher bytes = Pattern.compile(" -Bytes (\\d+|\\(\\[int\\]\\$Request\\.logBytes\\)|\\$Bytes)(?= |$)")
                .matcher(command);
        return bytes.find()
                && (!Character.isDigit(bytes.group(1).charAt(0))
                        || Integer.parseInt(bytes.group(1)) <= SMALL_FILE_BYTES);
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
