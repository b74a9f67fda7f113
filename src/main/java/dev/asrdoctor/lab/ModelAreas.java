package dev.asrdoctor.lab;

import static dev.asrdoctor.lab.ModelWindows.optional;

import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.lab.ModelFiles.Place;
import dev.asrdoctor.lab.ModelNet.Target;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.lang3.Strings;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the scripts of ps-scripts/probe answer beyond host and services, area by area, from a world whose lock is held. */
final class ModelAreas {
    private static final String PRODUCTS = "HKLM:\\SOFTWARE\\WOW6432Node\\InMage Systems\\Installed Products\\";
    private static final int TIME_EVENTS_OF_KIND = 5;
    private static final Set<Long> TIME_EVENTS = Set.of(24L, 29L, 34L, 35L, 36L, 37L, 47L, 50L, 52L, 129L, 134L);
    private static final Pattern ADDRESS = Pattern.compile("(?<![\\d.])((?:\\d{1,3}\\.){3}\\d{1,3}):443(?!\\d)");
    private static final Pattern STORAGE =
            Pattern.compile("[A-Za-z0-9-]+\\.blob\\.core\\.(?:windows\\.net|usgovcloudapi\\.net|chinacloudapi\\.cn)");
    private static final Pattern PENDING = Pattern.compile("completed_(diff|ediff|sync).*");
    private static final Pattern CONF_LINE = Pattern.compile("^\\s*(\\w+)\\s*=\\s*\"?([^\"\\r]*?)\"?\\s*$");

    private final World world;
    private final JsonNode request;
    private final ModelWindows windows;
    private final ModelNet net;
    private final ModelFiles files;
    private final long window;

    private @Nullable String serverRoot;
    private @Nullable String agentRoot;
    private @Nullable String marsRoot;
    private @Nullable String csAddress;
    private @Nullable Long csPort;
    private @Nullable String ownAddress;
    private @Nullable String proxyError;
    private final ModelProxies proxies;
    private final List<String> endpoints = new ArrayList<>();

    ModelAreas(World world, JsonNode request) {
        this.world = world;
        this.request = request;
        this.windows = new ModelWindows(world);
        this.net = new ModelNet(world.machine());
        this.files = new ModelFiles(world.machine());
        this.proxies = new ModelProxies(windows);
        this.window = request.path("sampleMillis").asLong(0);
    }

    /** In the order of ps-scripts/probe/run.ps1. */
    void read(Map<String, Object> areas) {
        Set<String> wanted = new LinkedHashSet<>();
        request.path("areas").forEach(area -> wanted.add(area.asString("")));
        if (wanted.contains("product")) {
            areas.put("product", area(this::product));
        }
        if (wanted.contains("firewall") || wanted.contains("proxy")) {
            try {
                proxies.read();
            } catch (ModelError e) {
                proxyError = e.id();
            }
            optional(this::registered).ifPresent(endpoints::addAll);
        }
        Map<String, Reader> readers = new LinkedHashMap<>();
        readers.put("system", this::system);
        readers.put("time", this::time);
        readers.put("heartbeat", this::heartbeat);
        readers.put("antivirus", this::antivirus);
        readers.put("source", this::source);
        readers.put("transport", this::transport);
        readers.put("connections", this::connections);
        readers.put("marslog", this::marsLog);
        readers.put("proxy", this::proxy);
        readers.put("firewall", this::firewall);
        readers.put("crypto", () -> ModelCrypto.read(windows));
        readers.put("cache", this::cache);
        readers.put("performance", this::performance);
        readers.put("upload", this::upload);
        readers.put("bandwidth", this::bandwidth);
        readers.forEach((name, reader) -> {
            if (wanted.contains(name)) {
                areas.put(name, area(reader));
            }
        });
    }

    private interface Reader {
        Map<String, @Nullable Object> read();
    }

    private static Map<String, Object> area(Reader reader) {
        try {
            return Map.of("data", reader.read());
        } catch (ModelError e) {
            return e.area();
        }
    }

    private Map<String, @Nullable Object> product() {
        String server = PRODUCTS + "9";
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("cxType", windows.number(server, "CX_TYPE"));
        data.put("version", windows.text(server, "Version"));
        data.put("serverRoot", windows.text(server, "InstallDirectory"));
        data.put("csAddress", windows.text(server, "CsIpAddress"));
        data.put("csPort", windows.number(server, "CsPort"));
        data.put("csMode", windows.text("HKLM:\\SOFTWARE\\Microsoft\\Azure Site Recovery Process Server", "CS Mode"));
        data.put("agentRoot", windows.text(PRODUCTS + "5", "InstallDirectory"));
        data.put("agentVersion", windows.text(PRODUCTS + "5", "Version"));
        data.put("marsRoot", windows.text("HKLM:\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Setup", "InstallPath"));
        data.put("marsVersion", windows.text("HKLM:\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Setup", "Version"));
        String backup = "HKLM:\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Config";
        data.put(
                "marsScratch",
                optional(() -> windows.text(backup + "\\InMageMT", "ScratchLocation"))
                        .or(() -> optional(() -> windows.text(backup, "ScratchLocation")))
                        .orElse(null));
        data.put(
                "registered",
                windows.key("HKLM:\\SOFTWARE\\Microsoft\\Azure Site Recovery\\Registration")
                        .isPresent());
        serverRoot = (String) data.get("serverRoot");
        Map<String, String> conf = serverRoot == null
                ? Map.of()
                : conf(serverRoot + "\\etc\\amethyst.conf", Set.of("CX_TYPE", "PS_IP", "PS_CS_IP"), "");
        data.put("ownAddress", conf.get("PS_IP"));
        data.put("ownCsAddress", conf.get("PS_CS_IP"));
        agentRoot = (String) data.get("agentRoot");
        marsRoot = (String) data.get("marsRoot");
        csAddress = (String) data.get("csAddress");
        csPort = (Long) data.get("csPort");
        ownAddress = (String) data.get("ownAddress");
        return data;
    }

    private Map<String, String> conf(String path, Set<String> names, String section) {
        Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        boolean inside = section.isEmpty();
        for (String line : files.text(path, 262_144).split("\n")) {
            Matcher heading = Pattern.compile("^\\s*\\[([^\\]]*)]").matcher(line);
            Matcher value = CONF_LINE.matcher(line);
            if (heading.find()) {
                inside = section.isEmpty() || heading.group(1).strip().equalsIgnoreCase(section);
            } else if (inside && value.matches() && names.stream().anyMatch(value.group(1)::equalsIgnoreCase)) {
                values.put(value.group(1), value.group(2));
            }
        }
        return values;
    }

    private Map<String, @Nullable Object> system() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        JsonNode computer = windows.cim("Win32_ComputerSystem").getFirst();
        data.put("cores", computer.path("NumberOfLogicalProcessors").asLong());
        data.put("memoryBytes", computer.path("TotalPhysicalMemory").asLong());
        data.put("domainRole", computer.path("DomainRole").asLong());
        data.put(
                "features",
                optional(() -> windows.cim("Win32_ServerFeature").stream()
                                .map(feature -> feature.path("ID").asLong())
                                .sorted()
                                .toList())
                        .orElse(null));
        data.put(
                "fips",
                Long.valueOf(1)
                        .equals(windows.number(
                                "HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy", "Enabled")));
        List<String> others = new ArrayList<>();
        request.path("otherProducts").forEach(name -> {
            if (windows.hasService(name.asString())) {
                others.add(name.asString());
            }
        });
        data.put("otherProducts", others);
        List<Map<String, Object>> adapters = new ArrayList<>();
        for (JsonNode adapter : windows.cim("Win32_NetworkAdapterConfiguration")) {
            if (adapter.path("IPEnabled").asBoolean(false)) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("name", adapter.path("Description").asString(""));
                one.put("dhcp", adapter.path("DHCPEnabled").asBoolean(false));
                one.put("addresses", texts(adapter.path("IPAddress")));
                one.put("gateways", texts(adapter.path("DefaultIPGateway")));
                adapters.add(one);
            }
        }
        data.put("adapters", adapters);
        List<Map<String, Object>> volumes = new ArrayList<>();
        for (JsonNode volume : windows.cim("Win32_Volume")) {
            if (volume.path("DriveType").asInt() == 3 && volume.has("Capacity")) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("name", volume.path("Name").asString(""));
                one.put("capacityBytes", volume.path("Capacity").asLong());
                one.put("freeBytes", volume.path("FreeSpace").asLong());
                volumes.add(one);
            }
        }
        data.put("volumes", volumes);
        data.put(
                "windowsRoot",
                optional(() -> windows.text("HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", "SystemRoot"))
                        .orElse(null));
        return data;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asString("")));
        return texts;
    }

    private Map<String, @Nullable Object> time() {
        String service = "HKLM:\\SYSTEM\\CurrentControlSet\\Services\\W32Time";
        String policy = "HKLM:\\SOFTWARE\\Policies\\Microsoft\\W32Time\\Parameters";
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        String type = windows.text(service + "\\Parameters", "Type");
        windows.scm();
        data.put(
                "state", world.find("W32Time").map(s -> FactsJson.word(s.state)).orElse(null));
        data.put("startType", windows.startType("W32Time"));
        data.put("type", type);
        data.put("servers", windows.text(service + "\\Parameters", "NtpServer"));
        data.put("policyType", windows.text(policy, "Type"));
        data.put("policyServers", windows.text(policy, "NtpServer"));
        data.put("maxOffsetSeconds", windows.number(service + "\\Config", "MaxAllowedPhaseOffset"));
        data.put("lastKnownGood", windows.text(service + "\\Config", "LastKnownGoodTime"));
        data.put("vmwareTools", windows.hasService("VMTools"));
        try {
            windows.eventLog();
            data.put("events", timeEvents());
            data.put("eventsError", null);
        } catch (ModelError e) {
            data.put("events", List.of());
            data.put("eventsError", e.id());
        }
        return data;
    }

    private List<Map<String, Object>> timeEvents() {
        Instant since = world.now().minus(Duration.ofDays(7));
        List<Map<String, Object>> events = new ArrayList<>();
        for (JsonNode event : world.machine().part("events")) {
            Instant at = world.machine().moment(event);
            if (event.path("provider").asString("").equals("Microsoft-Windows-Time-Service")
                    && TIME_EVENTS.contains(event.path("id").asLong())
                    && !at.isBefore(since)) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("id", event.path("id").asLong());
                one.put("at", at);
                one.put("parameters", List.of());
                events.add(one);
            }
        }
        events.sort(Comparator.comparing((Map<String, Object> e) -> (Instant) e.get("at"))
                .reversed());
        Map<Object, Integer> kinds = new HashMap<>();
        return events.stream()
                .filter(event -> kinds.merge(event.get("id"), 1, Integer::sum) <= TIME_EVENTS_OF_KIND)
                .toList();
    }

    private Map<String, @Nullable Object> heartbeat() {
        List<Place> places = new ArrayList<>();
        if (serverRoot != null) {
            for (String log : List.of("eventmanager", "monitor_protection", "tmansvc")) {
                places.add(new Place(serverRoot, log + "*.log"));
                places.add(new Place(serverRoot + "\\" + log, "*.log"));
                places.add(new Place(serverRoot + "\\var", log + "*.log"));
            }
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put(
                "connection",
                csAddress == null || csAddress.isEmpty()
                        ? null
                        : net.test(
                                ModelNet.control(
                                        csAddress,
                                        csPort == null ? 443 : csPort,
                                        optional(() -> windows.text(PRODUCTS + "9", "CsProtocol"))
                                                .filter("http"::equalsIgnoreCase)
                                                .isPresent()),
                                null));
        data.put("logs", files.logs(places, request.at("/logs/heartbeat"), 5, logBytes(), 3));
        return data;
    }

    private int logBytes() {
        return request.path("logBytes").asInt(65_536);
    }

    private Map<String, @Nullable Object> antivirus() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        JsonNode preference = null;
        String error = null;
        try {
            preference = windows.cim("MSFT_MpPreference").getFirst();
        } catch (ModelError e) {
            error = e.id();
        }
        Optional<JsonNode> state =
                optional(() -> windows.cim("MSFT_MpComputerStatus").getFirst());
        boolean off = preference != null
                && preference.path("DisableRealtimeMonitoring").asBoolean(false);
        Boolean realTime = off ? (Boolean) false : null;
        data.put("defender", preference != null);
        data.put("defenderError", error);
        data.put(
                "realTime",
                state.map(s -> (Boolean) s.path("RealTimeProtectionEnabled").asBoolean(false))
                        .orElse(realTime));
        data.put("mode", state.map(s -> s.path("AMRunningMode").asString("")).orElse(null));
        data.put("exclusions", preference == null ? null : texts(preference.path("ExclusionPath")));
        String policy = "HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows Defender";
        List<String> policyPaths = List.of();
        boolean mergeOff = false;
        String policyError = null;
        try {
            policyPaths = windows.valueNames(policy + "\\Exclusions\\Paths");
            mergeOff = Long.valueOf(1).equals(windows.number(policy, "DisableLocalAdminMerge"));
        } catch (ModelError e) {
            policyError = e.id();
        }
        data.put("policyPaths", policyPaths);
        data.put("mergeOff", mergeOff);
        data.put("policyError", policyError);
        data.put("drivers", optional(this::filterDrivers).orElse(null));
        data.put("scanners", optional(this::scanners).orElse(null));
        String root = windows.text("HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", "SystemRoot");
        data.put("systemDrive", root == null ? "" : root);
        return data;
    }

    private List<String> scanners() {
        List<String> found = new ArrayList<>();
        request.path("scanners").forEach(name -> {
            if (windows.isUsedService(name.asString())) {
                found.add(name.asString());
            }
        });
        return found;
    }

    private List<String> filterDrivers() {
        Set<String> drivers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (JsonNode driver : windows.cim("Win32_SystemDriver")) {
            String name = driver.path("Name").asString("");
            String service = "HKLM:\\SYSTEM\\CurrentControlSet\\Services\\" + name;
            String newer = service + "\\Parameters\\Instances";
            String path = windows.text(newer, "DefaultInstance") == null ? service + "\\Instances" : newer;
            String instance = windows.text(path, "DefaultInstance");
            String altitude = instance == null ? null : windows.text(path + "\\" + instance, "Altitude");
            if (altitude != null && altitude.matches("\\d+(\\.\\d+)?")) {
                double number = Double.parseDouble(altitude);
                if (number >= 320_000 && number < 330_000) {
                    drivers.add(name);
                }
            }
        }
        return List.copyOf(drivers);
    }

    private Map<String, @Nullable Object> source() {
        JsonNode server = request.path("processServer");
        boolean named = server.isObject();
        String host = server.path("host").asString("");
        long port = server.path("port").asLong();
        boolean literal = ModelNet.literal(host);
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("target", named ? host + ":" + port : null);
        data.put(
                "addresses",
                literal || !named
                        ? List.of()
                        : world.machine().addresses(host).stream().sorted().toList());
        data.put(
                "nameError",
                literal || !named || world.machine().knowsName(host) ? null : "DNS_ERROR_RCODE_NAME_ERROR");
        data.put(
                "attempts",
                named
                        ? net.test(Collections.nCopies(3, new Target("process-server", host, port, false, "")), null)
                        : List.of());
        data.put(
                "configurationServer",
                control().map(target -> net.test(target, null)).orElse(null));
        return data;
    }

    private Optional<Target> control() {
        if (agentRoot == null) {
            return Optional.empty();
        }
        String path = agentRoot.replaceAll("\\\\+$", "") + "\\Application Data\\etc\\drscout.conf";
        Map<String, String> conf = conf(path, Set.of("Hostname", "Port"), "vxagent");
        if (!conf.containsKey("Hostname")) {
            conf = conf(path, Set.of("Hostname"), "");
        }
        String port = conf.getOrDefault("Port", "");
        return Optional.ofNullable(conf.get("Hostname"))
                .filter(host -> !host.isEmpty())
                .map(host -> ModelNet.control(
                        host,
                        port.matches("\\d{1,5}") && Long.parseLong(port) > 0 ? Long.parseLong(port) : 443,
                        false));
    }

    private Map<String, @Nullable Object> transport() {
        List<Place> places = new ArrayList<>();
        String host = null;
        long port = 9443;
        Map<String, Object> test = null;
        JsonNode server = request.path("processServer");
        if (onSource()) {
            if (server.isObject()) {
                host = server.path("host").asString("");
                port = server.path("port").asLong();
                test = transferTest();
            }
        } else if (serverRoot != null) {
            String transport = serverRoot + "\\transport";
            String configured =
                    conf(transport + "\\cxps.conf", Set.of("ssl_port"), "cxps").get("ssl_port");
            if (configured != null && configured.matches("\\d{1,5}")) {
                port = Long.parseLong(configured);
            }
            host = ownAddress == null || ownAddress.isEmpty() ? "localhost" : ownAddress;
            places.add(new Place(transport + "\\log", "cxps.err*"));
            places.add(new Place(transport + "\\log", "cxps.xfer*"));
        }
        if (agentRoot != null) {
            places.add(new Place(agentRoot, "svagents*.log"));
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("port", port);
        Map<String, @Nullable Object> answer =
                host == null ? null : net.test(new Target("data-port", host, port, true, "/"), null);
        data.put("answer", answer);
        data.put("logs", files.logs(places, request.at("/logs/transport"), 8, logBytes(), 2));
        data.put("transferTest", test);
        data.put(
                "others",
                answer == null || onSource() || "connected".equals(answer.get("outcome"))
                        ? null
                        : otherAddresses(String.valueOf(host), port));
        return data;
    }

    private @Nullable List<Map<String, @Nullable Object>> otherAddresses(String registered, long port) {
        return optional(() -> windows.cim("Win32_NetworkAdapterConfiguration"))
                .map(adapters -> net.test(
                        adapters.stream()
                                .filter(adapter -> adapter.path("IPEnabled").asBoolean(false))
                                .flatMap(adapter -> texts(adapter.path("IPAddress")).stream())
                                .filter(address -> address.matches("[\\d.]+") && !address.equals(registered))
                                .limit(4)
                                .map(address -> new Target("own-address", address, port, true, "/"))
                                .toList(),
                        null))
                .orElse(null);
    }

    private boolean onSource() {
        return serverRoot == null && agentRoot != null;
    }

    private @Nullable Map<String, Object> transferTest() {
        JsonNode program = world.machine().part("programs").path(agentRoot + "\\cxpsclient.exe");
        if (request.path("transferSeconds").asInt(0) <= 0 || program.isMissingNode()) {
            return null;
        }
        Map<String, Object> test = new LinkedHashMap<>();
        boolean hangs = program.path("hangs").asBoolean(false);
        test.put("finished", !hangs);
        String output = program.path("output").asString("") + "\n"
                + program.path("error").asString("");
        test.put(
                "failures",
                hangs
                        ? List.of()
                        : output.lines()
                                .map(String::strip)
                                .filter(line -> line.startsWith("***")
                                        || line.startsWith("Exception:")
                                        || line.contains("E R R O R"))
                                .limit(5)
                                .toList());
        return test;
    }

    private Map<String, @Nullable Object> connections() {
        windows.cim("Win32_ComputerSystem");
        List<Long> engines = new ArrayList<>();
        for (SimService service : world.services()) {
            if (service.name.equalsIgnoreCase("obengine") && service.processId > 0) {
                engines.add(service.processId);
            }
        }
        List<Map<String, Object>> found = new ArrayList<>();
        long total = 0;
        for (JsonNode connection : windows.cim("MSFT_NetTCPConnection")) {
            JsonNode owner = connection.path("OwningProcess");
            long process = owner.isString()
                    ? world.find("obengine").map(service -> service.processId).orElse(0L)
                    : owner.asLong();
            if (engines.contains(process) && connection.path("State").asInt() != 2) {
                total++;
                if (found.size() < 100) {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("process", process);
                    one.put("state", connection.path("State").asLong());
                    one.put("remoteAddress", connection.path("RemoteAddress").asString(""));
                    one.put("remotePort", connection.path("RemotePort").asLong());
                    found.add(one);
                }
            }
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("processes", engines);
        data.put("total", total);
        data.put("connections", found);
        return data;
    }

    private Map<String, @Nullable Object> marsLog() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        if (marsRoot == null) {
            data.put("folder", null);
            data.put("logs", List.of());
            data.put("addresses", List.of());
            return data;
        }
        String folder = marsRoot.replaceAll("\\\\+$", "") + "\\Temp";
        List<Map<String, @Nullable Object>> logs = files.logs(
                List.of(new Place(folder, "CBEngineCurr.*"), new Place(folder, "CBEngine*.errlog")),
                request.at("/logs/mars"),
                15,
                logBytes(),
                2);
        Set<String> seen = new LinkedHashSet<>();
        for (Map<String, @Nullable Object> log : logs) {
            List<Object> lines = new ArrayList<>((List<?>) log.getOrDefault("matches", List.of()));
            lines.addAll((List<?>) log.getOrDefault("good", List.of()));
            for (Object line : lines) {
                Matcher matcher = ADDRESS.matcher((String) line);
                while (matcher.find() && seen.size() < 8) {
                    seen.add(matcher.group(1));
                }
                Matcher storage = STORAGE.matcher((String) line);
                while (storage.find()) {
                    if (!endpoints.contains(storage.group()) && endpoints.size() < 12) {
                        endpoints.add(storage.group());
                    }
                }
            }
        }
        data.put("folder", folder);
        data.put("logs", logs);
        data.put(
                "addresses",
                net.test(
                        seen.stream()
                                .map(address -> new Target("azure-address", address, 443, false, ""))
                                .toList(),
                        null));
        return data;
    }

    private Map<String, @Nullable Object> firewall() {
        String local = "HKLM:\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy";
        String policy = "HKLM:\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall";
        List<Map<String, @Nullable Object>> profiles = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        for (String name : List.of("DomainProfile", "PrivateProfile", "StandardProfile", "PublicProfile")) {
            for (String[] place : new String[][] {{policy, "policy"}, {local, "local"}}) {
                String path = place[0] + "\\" + name;
                if (firewallKey(path, unread).isPresent()) {
                    Map<String, @Nullable Object> profile = new LinkedHashMap<>();
                    profile.put("name", name);
                    profile.put("from", place[1]);
                    profile.put("enabled", windows.number(path, "EnableFirewall"));
                    profile.put("outbound", windows.number(path, "DefaultOutboundAction"));
                    profiles.add(profile);
                }
            }
        }
        List<String> rules = new ArrayList<>();
        for (String place : List.of(local, policy)) {
            firewallKey(place + "\\FirewallRules", unread)
                    .ifPresent(key -> key.forEach(rule -> {
                        String text = rule.asString("");
                        boolean tcp = !text.contains("|Protocol=") || text.contains("|Protocol=6|");
                        if (tcp
                                && text.contains("|Action=Block|")
                                && text.contains("|Dir=Out|")
                                && text.contains("|Active=TRUE|")) {
                            rules.add(text);
                        }
                    }));
        }
        Map<String, Target> targets = new LinkedHashMap<>();
        request.path("urls").forEach(url -> {
            String host = url.path("host").asString("");
            long port = url.path("port").asLong(443);
            targets.putIfAbsent(
                    host.toLowerCase(Locale.ROOT) + ":" + port,
                    new Target(url.path("name").asString(""), host, port, true, ""));
        });
        endpoints.forEach(host -> targets.putIfAbsent(
                host.toLowerCase(Locale.ROOT) + ":443", new Target("registered", host, 443, true, "")));
        Optional<ModelProxies.MachineProxy> machine = optional(proxies::machine);
        ModelProxies.Tried tried = proxies.tried(
                net,
                List.copyOf(targets.values()),
                machine.map(ModelProxies.MachineProxy::way).orElse(null),
                () -> marsRoot == null ? null : mars().machine());
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("profiles", profiles);
        data.put("rules", rules);
        data.put("unread", unread);
        data.put("proxy", tried.way().text());
        data.put("proxyOf", tried.way().of());
        data.put("proxyError", proxyError);
        data.put("script", machine.map(m -> m.read().get("script")).orElse(null));
        data.put("urls", tried.urls());
        return data;
    }

    private Optional<JsonNode> firewallKey(String path, List<String> unread) {
        try {
            return windows.key(path);
        } catch (ModelError e) {
            unread.add(path + ": " + e.id());
            return Optional.empty();
        }
    }

    private List<String> registered() {
        List<String> hosts = new ArrayList<>();
        for (String name : List.of(
                "SRSUri",
                "IdmgmtSVCEndpoint",
                "ProtectionServiceSVCEndpoint",
                "TelemetryServiceSVCEndpoint",
                "AADAuthority")) {
            String text = windows.text("HKLM:\\SOFTWARE\\Microsoft\\Azure Site Recovery\\Registration", name);
            Matcher matcher = Pattern.compile("(?i)^https?://([A-Za-z0-9.-]+)").matcher(text == null ? "" : text);
            if (matcher.find() && !hosts.contains(matcher.group(1))) {
                hosts.add(matcher.group(1));
            }
        }
        return hosts;
    }

    private static String sameInAnyCase(ModelNet.Proxy proxy) {
        return proxy.host().toLowerCase(Locale.ROOT) + ":" + proxy.port();
    }

    private Map<String, @Nullable Object> proxy() {
        ModelProxies.MachineProxy machine = proxies.machine();
        Mars mars = mars();
        Map<String, @Nullable Object> agent = mars.machine() == null ? null : ModelProxies.mars(mars.machine());
        Map<String, ModelNet.Proxy> places = new LinkedHashMap<>();
        String bypass = "";
        ModelProxies.Way own = proxies.product();
        if (own != null && own.proxy() != null) {
            places.put(sameInAnyCase(own.proxy()), own.proxy());
            bypass = proxies.bypass();
        } else if (machine.way() != null && machine.way().proxy() != null) {
            places.put(sameInAnyCase(machine.way().proxy()), machine.way().proxy());
            bypass = machine.read().get("bypass") instanceof String list ? list : "";
        }
        if (agent != null
                && Boolean.TRUE.equals(agent.get("enabled"))
                && agent.get("address") instanceof String address
                && !address.isEmpty()) {
            ModelNet.Proxy other = ModelProxies.parse(address, (String) agent.get("port"));
            places.putIfAbsent(sameInAnyCase(other), other);
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("settings", proxies.settings());
        data.put("setup", proxies.setup());
        data.put("mars", agent);
        data.put("marsError", mars.error());
        data.put("winHttp", machine.winHttp());
        data.put("system", machine.read());
        data.put(
                "answers",
                net.test(
                        places.values().stream()
                                .map(place -> new Target("proxy", place.host(), place.port(), false, ""))
                                .toList(),
                        null));
        String list = bypass;
        data.put(
                "bypassed",
                net.test(
                        endpoints.stream()
                                .filter(host -> ModelProxies.names(list, host))
                                .map(host -> new Target("bypassed", host, 443, false, ""))
                                .toList(),
                        null));
        return data;
    }

    /** The MARS agent's settings, or the error of its cmdlet; neither where no agent is installed. */
    private record Mars(
            @Nullable JsonNode machine, @Nullable String error) {}

    private Mars mars() {
        JsonNode mars = world.machine().part("mars");
        if (marsRoot == null) {
            return new Mars(null, null);
        }
        if (!mars.isObject()) {
            return new Mars(null, "Modules_ModuleNotFound,Microsoft.PowerShell.Commands.ImportModuleCommand");
        }
        return mars.has("error")
                ? new Mars(
                        null,
                        mars.path("error").asString("")
                                + ",Microsoft.Internal.CloudBackup.Commands.GetOBMachineSettingCommand")
                : new Mars(mars, null);
    }

    private Map<String, @Nullable Object> cache() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        long count = 0;
        long bytes = 0;
        Instant oldest = null;
        List<Machine.LabFile> below = serverRoot == null
                ? List.of()
                : world.machine().files(path -> Strings.CI.startsWith(path, serverRoot + "\\"));
        // Folders that may not be listed: what is in them is not seen.
        List<String> shut = below.stream()
                .map(Machine.LabFile::path)
                .filter(path -> path.endsWith("\\"))
                .toList();
        Map<String, Long> folders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Machine.LabFile file : below) {
            if (shut.stream().noneMatch(folder -> Strings.CI.startsWith(file.path(), folder))
                    && file.name().endsWith(".dat")
                    && PENDING.matcher(file.name()).matches()) {
                count++;
                bytes += file.size();
                oldest = oldest == null || file.modifiedAt().isBefore(oldest) ? file.modifiedAt() : oldest;
                folders.merge(file.folder(), file.size(), Long::sum);
            }
        }
        String largest = null;
        long most = 0;
        for (Map.Entry<String, Long> folder : folders.entrySet()) {
            if (folder.getValue() > most) {
                most = folder.getValue();
                largest = folder.getKey();
            }
        }
        data.put("folder", serverRoot);
        data.put("complete", serverRoot == null || (!below.isEmpty() && shut.isEmpty()));
        data.put("files", count);
        data.put("bytes", bytes);
        data.put("oldestAt", oldest);
        data.put("largestFolder", largest);
        data.put("largestBytes", most);
        return data;
    }

    private Map<String, @Nullable Object> performance() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("windowMillis", window);
        data.put(
                "cpuPercent",
                optional(() -> windows.cim("Win32_PerfRawData_PerfOS_Processor").getFirst())
                        .map(cpu -> Math.round(100
                                * (1
                                        - cpu.path("PercentProcessorTime")
                                                        .path("perSecond")
                                                        .asDouble(0)
                                                / cpu.path("Timestamp_Sys100NS")
                                                        .path("perSecond")
                                                        .asDouble(1))))
                        .orElse(null));
        Optional<JsonNode> memory =
                optional(() -> windows.cim("Win32_OperatingSystem").getFirst());
        data.put(
                "committedPercent",
                memory.map(m -> Math.round(100
                                * (1
                                        - m.path("FreeVirtualMemory").asDouble()
                                                / m.path("TotalVirtualMemorySize")
                                                        .asDouble())))
                        .orElse(null));
        data.put(
                "commitLimitBytes",
                memory.map(m -> m.path("TotalVirtualMemorySize").asLong() * 1024)
                        .orElse(null));
        data.put(
                "queueLength",
                optional(() -> windows.cim("Win32_PerfRawData_PerfOS_System").getFirst())
                        .map(m -> m.path("ProcessorQueueLength").asLong())
                        .orElse(null));
        data.put(
                "diskWrittenBytes",
                optional(() -> windows.cim("Win32_PerfRawData_PerfDisk_PhysicalDisk")
                                .getFirst())
                        .map(disk -> ModelWindows.growth(disk.path("DiskWriteBytesPersec"), window))
                        .orElse(null));
        return data;
    }

    private long grown(long perSecond) {
        return perSecond * window / 1000;
    }

    private Map<String, @Nullable Object> upload() {
        if (world.fault(StateFault.Target.CIM).isPresent()
                || world.fault(StateFault.Target.PROCESS).isPresent()) {
            throw new ModelError("the processes could not be read", "the processes could not be read");
        }
        JsonNode rates = world.machine().part("engine");
        List<Map<String, Object>> processes = new ArrayList<>();
        for (SimService service : world.services()) {
            if (service.processId != 0 && service.imagePath.matches("(?i).*\\\\cbengine\\.exe.*")) {
                Map<String, Object> process = new LinkedHashMap<>();
                process.put("id", service.processId);
                process.put("otherBytes", grown(rates.path("otherPerSecond").asLong()));
                process.put("readBytes", grown(rates.path("readPerSecond").asLong()));
                process.put("writeBytes", grown(rates.path("writePerSecond").asLong()));
                processes.add(process);
            }
        }
        JsonNode counters = world.machine().part("counters").path("Uncompressed Bytes");
        long mars = 0;
        for (JsonNode counter : counters) {
            mars += ModelWindows.growth(counter, window);
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("method", "process-io");
        data.put("windowMillis", window);
        data.put("processes", processes);
        data.put("marsBytes", counters.isMissingNode() ? null : (Long) mars);
        return data;
    }

    private Map<String, @Nullable Object> bandwidth() {
        Mars mars = mars();
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("throttle", mars.machine() == null ? null : throttle(mars.machine()));
        data.put("throttleError", mars.error());
        data.put(
                "uploadThreads",
                windows.number("HKLM:\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Replication", "UploadThreadsPerVM"));
        data.put("windowMillis", window);
        List<Map<String, Object>> links = new ArrayList<>();
        for (JsonNode link : optional(() -> windows.cim("Win32_PerfRawData_Tcpip_NetworkInterface"))
                .orElse(List.of())) {
            BigDecimal errors = windows.value(link.path("PacketsOutboundErrors"))
                    .add(windows.value(link.path("PacketsReceivedErrors")));
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", link.path("Name").asString(""));
            one.put("bitsPerSecond", link.path("CurrentBandwidth").asLong());
            one.put("sentBytes", ModelWindows.growth(link.path("BytesSentPersec"), window));
            one.put(
                    "errors",
                    ModelWindows.growth(link.path("PacketsOutboundErrors"), window)
                            + ModelWindows.growth(link.path("PacketsReceivedErrors"), window));
            one.put(
                    "discarded",
                    ModelWindows.growth(link.path("PacketsOutboundDiscarded"), window)
                            + ModelWindows.growth(link.path("PacketsReceivedDiscarded"), window));
            one.put(
                    "errorsSinceBoot",
                    errors.setScale(0, RoundingMode.HALF_EVEN).longValue());
            links.add(one);
        }
        data.put("links", links);
        Optional<JsonNode> tcp =
                optional(() -> windows.cim("Win32_PerfRawData_Tcpip_TCPv4").getFirst());
        data.put(
                "segmentsSent",
                tcp.map(t -> ModelWindows.growth(t.path("SegmentsSentPersec"), window))
                        .orElse(null));
        data.put(
                "segmentsSentAgain",
                tcp.map(t -> ModelWindows.growth(t.path("SegmentsRetransmittedPersec"), window))
                        .orElse(null));
        data.put("qos", optional(this::qosPolicies).orElse(null));
        return data;
    }

    private List<Map<String, @Nullable Object>> qosPolicies() {
        List<Map<String, @Nullable Object>> policies = new ArrayList<>();
        String root = "HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\QoS";
        for (String name : windows.subKeys(root)) {
            String key = root + "\\" + name;
            Long rate = windows.number(key, "Throttle Rate");
            if (rate != null && rate > 0) {
                String application = windows.text(key, "Application Name");
                Map<String, @Nullable Object> one = new LinkedHashMap<>();
                one.put("name", name);
                one.put("application", application == null ? "" : application);
                one.put("protocol", windows.text(key, "Protocol"));
                one.put("localPort", windows.text(key, "Local Port"));
                one.put("remotePort", windows.text(key, "Remote Port"));
                one.put("remoteAddress", windows.text(key, "Remote IP"));
                one.put("url", windows.text(key, "URL"));
                one.put("kilobytesPerSecond", rate);
                policies.add(one);
            }
        }
        return policies;
    }

    private static Map<String, Object> throttle(JsonNode machine) {
        Map<String, Object> members = new LinkedHashMap<>();
        machine.propertyStream()
                .filter(entry -> Pattern.compile("(?i)Throttl|Bandwidth")
                        .matcher(entry.getKey())
                        .find())
                .forEach(entry -> {
                    JsonNode value = entry.getValue();
                    if (value.isObject()) {
                        value.properties().forEach(inner -> members.put(inner.getKey(), word(inner.getValue())));
                    } else {
                        members.put(entry.getKey(), word(value));
                    }
                });
        return members;
    }

    /** As PowerShell writes it. */
    private static String word(JsonNode value) {
        if (value.isBoolean()) {
            return value.asBoolean() ? "True" : "False";
        }
        if (value.isArray()) {
            List<String> words = new ArrayList<>();
            value.forEach(item -> words.add(word(item)));
            return String.join(",", words);
        }
        return value.asString("");
    }
}
