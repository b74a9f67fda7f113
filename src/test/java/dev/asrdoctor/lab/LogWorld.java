package dev.asrdoctor.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A server on which nothing is wrong, drawn by a seed: its version, deployment and display language, and logs as busy
 * servers have them, full of numbers and words that mean something elsewhere. A true fault can be planted in it.
 */
final class LogWorld {
    static final List<String> DEPLOYMENTS =
            List.of("configuration-server", "standalone", "azure-failback", "source-machine");
    private static final List<String> VERSIONS = List.of("2012r2", "2016", "2019");
    private static final List<String> CULTURES = List.of("en-US", "fr-FR", "de-DE", "ja-JP");
    private static final int[] UNLUCKY = {
        403, 407, 429, 500, 503, 806, 112, 10051, 10054, 10060, 10061, 10065, 11001, 12002, 12007, 12029, 12175, 78028,
        443
    };

    private static final String ROOT = "E:\\ASR\\home\\svsystems\\";
    private static final String PORT = ROOT + "transport\\log\\";
    private static final String AGENT = "C:\\Program Files (x86)\\Microsoft Azure Site Recovery\\agent\\";
    private static final String MARS = "C:\\Program Files\\Microsoft Azure Recovery Services Agent\\Temp\\";

    /** A line that tells a true fault, where it stands, and the check that has to tell it. */
    record Fault(String file, String line, String check) {}

    static final List<Fault> OF_PROCESS_SERVERS = List.of(
            new Fault(
                    ROOT + "eventmanager.log",
                    "{-80s:plain} ERROR: curl: (35) schannel: SEC_E_ILLEGAL_MESSAGE",
                    "heartbeat.logs"),
            new Fault(
                    ROOT + "eventmanager.log",
                    "{-80s:plain} could not connect to cs-01.lab.test:443",
                    "heartbeat.logs"),
            new Fault(ROOT + "monitor_protection.log", "{-80s:plain} EXCEPTION response is HTTP 500", "heartbeat.logs"),
            new Fault(
                    ROOT + "eventmanager.log",
                    "{-80s:plain} DBD::mysql::st execute failed: server has gone away",
                    "heartbeat.logs"),
            new Fault(
                    PORT + "cxps.xfer.log",
                    "{-80s:cxps}{tab}putfile{tab}77aa{tab}10.20.9.77{tab}/diff/only.dat{tab}0{tab}300110{tab}12{tab}yes{tab}failed{tab}(sid: ffff)",
                    "transport.logs"),
            new Fault(
                    PORT + "cxps.err.log",
                    "{-80s:cxps}{tab}1500{tab}2210{tab}ERROR{tab}[at session.cpp:BasicSession::handleAsyncHandshake:99]   (sid: ab12) local ip: 10.20.0.10, local port: 9443, remote ip: 10.20.9.77, remote port: 50111 : asio.ssl:336151573(sslv3 alert certificate expired)  ()",
                    "transport.logs"),
            new Fault(
                    PORT + "cxps.err.log",
                    "{-80s:cxps}{tab}1500{tab}2210{tab}ERROR{tab}[at requesthandler.cpp:RequestHandler::login:361]   (sid: ab12) local ip: 10.20.0.10, local port: 9443, remote ip: 10.20.9.77, remote port: 50111 : invalid id for host: 77aa request: /login",
                    "transport.logs"),
            new Fault(
                    PORT + "cxps.err.log",
                    "{-80s:cxps}{tab}1500{tab}2210{tab}ERROR{tab}E:/x.dat write file error: No space left on device",
                    "transport.logs"));

    static final List<Fault> OF_AGENTS = List.of(
            agent("Could not perform curl. Curl error: (6) Couldn't resolve host name"),
            agent("TransportStream::Write: Failed to send data: certificate verify failed"),
            agent("could not get initial settings from CX 10.106.101.8:443"),
            agent("Curl error: (7) Couldn't connect to server"),
            agent("FAILED to open a diff file: it is in use by another process"));

    static final List<Fault> OF_UPLOADS = List.of(
            mars(
                    "WARNING",
                    "System.Net.WebException: The remote name could not be resolved: ''pod01.we.backup.windowsazure.com''"),
            mars("FATAL", "The request was aborted: Could not create SSL/TLS secure channel."),
            mars("FATAL", "AADSTS700024: Client assertion is not within its valid time range."),
            mars(
                    "FATAL",
                    "Azure Backup service version and Microsoft Azure Recovery Services Agent do not match. (0x1FBD3)"),
            mars("FATAL", "Scratch write failed: There is not enough space on the disk. (0x80070070)"),
            mars(
                    "FATAL",
                    "PutBlock failed HTTP 403 This request is not authorized to perform this operation. AuthorizationFailure"),
            mars("WARNING", "error 10060 at 20.60.128.36:443"),
            mars("FATAL", "hr = [0x80790300]"),
            mars("FATAL", "Exception in worker: object reference not set"));

    private final Random random;
    private final String deployment;
    private final Map<String, Object> files = new LinkedHashMap<>();

    private LogWorld(long seed) {
        random = new Random(seed);
        deployment = DEPLOYMENTS.get((int) (seed % DEPLOYMENTS.size()));
    }

    private static Fault agent(String message) {
        return new Fault(
                AGENT + "svagents_curr_1.log",
                "#~> ({-80s:svagents}):   ERROR  1688 648 16394 " + message,
                "transport.logs");
    }

    private static Fault mars(String level, String message) {
        return new Fault(
                MARS + "CBEngineCurr.errlog",
                "1A2C{tab}0F10{tab}{-80s:mars}{tab}31{tab}client.cpp(99){tab}{tab}{tab}{tab}" + level + "{tab}"
                        + message,
                "mars.log");
    }

    /** What can go wrong where this seed lives. */
    static List<Fault> faults(long seed) {
        String deployment = DEPLOYMENTS.get((int) (seed % DEPLOYMENTS.size()));
        List<Fault> faults = new ArrayList<>();
        if (!deployment.equals("source-machine")) {
            faults.addAll(OF_PROCESS_SERVERS);
        }
        if (!deployment.equals("azure-failback")) {
            faults.addAll(OF_AGENTS);
        }
        if (deployment.equals("standalone") || deployment.equals("configuration-server")) {
            faults.addAll(OF_UPLOADS);
        }
        return faults;
    }

    /** Servers of a scenario; the first is the one that is meant. */
    static Map<String, Object> servers(long seed, Fault planted) {
        LogWorld world = new LogWorld(seed);
        world.draw();
        if (planted != null) {
            world.plant(planted);
        }
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("deployment", world.deployment);
        server.put("os", VERSIONS.get((int) (seed / 4 % VERSIONS.size())));
        server.put("culture", CULTURES.get((int) (seed / 12 % CULTURES.size())));
        server.put("machine", Map.of("files", world.files));
        Map<String, Object> servers = new LinkedHashMap<>();
        if (world.deployment.equals("source-machine")) {
            server.put("inventory", Map.of("processServer", "ps-00"));
            servers.put("w-" + seed, server);
            servers.put("ps-00", Map.of());
        } else {
            servers.put("w-" + seed, server);
        }
        return servers;
    }

    private void draw() {
        if (!deployment.equals("source-machine")) {
            heartbeat("eventmanager");
            heartbeat("monitor_protection");
            dataPortErrors();
            transfers();
        }
        if (!deployment.equals("azure-failback")) {
            mobilityAgent();
        }
        if (deployment.equals("standalone") || deployment.equals("configuration-server")) {
            uploads();
        }
    }

    @SuppressWarnings("unchecked")
    private void plant(Fault fault) {
        Map<String, Object> file = new LinkedHashMap<>((Map<String, Object>) files.get(fault.file()));
        List<String> lines = new ArrayList<>((List<String>) file.get("lines"));
        // What comes after it would say that it has passed.
        lines.removeIf(line -> line.contains("{-9s:") || line.contains("{-40s:"));
        lines.add(fault.line().replace("''", "'"));
        file.put("lines", lines);
        files.put(fault.file(), file);
    }

    private int number() {
        return UNLUCKY[random.nextInt(UNLUCKY.length)];
    }

    private String guid() {
        String guid = new UUID(random.nextLong(), random.nextLong()).toString();
        return guid.substring(0, 9) + "0" + number() % 1000 + guid.substring(13);
    }

    @SafeVarargs
    private String one(Supplier<String>... of) {
        return of[random.nextInt(of.length)].get();
    }

    private void put(String path, String age, String encoding, List<String> lines) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("age", age);
        if (encoding != null) {
            file.put("encoding", encoding);
        }
        file.put("lines", lines);
        files.put(path, file);
    }

    private void heartbeat(String worker) {
        List<String> lines = new ArrayList<>();
        boolean retried = random.nextBoolean();
        for (int minute = 170; minute > 1; minute -= 1 + random.nextInt(9)) {
            lines.add("{-" + minute + "m:plain} "
                    + one(
                            () -> "heartbeat sent",
                            () -> "INFO heartbeat sent in " + number() + " ms",
                            () -> number() + " pairs looked at, 0 errors",
                            () -> "errorCode=0 job=" + number(),
                            () -> "failover of pair " + number() + " is done",
                            () -> "reading E:\\ASR\\errors\\" + number() + ".log",
                            () -> "INFO request failed once, got through at the second try",
                            () -> "status " + number() + " of " + number() + " pairs",
                            () -> "job " + number() + " (" + guid() + ") done, failed=0",
                            () -> "DEBUG exception handler for code " + number() + " pairs"));
            if (retried && minute < 100) {
                retried = false;
                lines.add("{-" + minute + "m:plain} ERROR: could not connect to cs-01.lab.test:443 (" + number() + ")");
            }
        }
        lines.add("{-40s:plain} heartbeat sent");
        put(ROOT + worker + ".log", "40s", null, lines);
    }

    private void dataPortErrors() {
        List<String> lines = new ArrayList<>();
        for (int minute = 300; minute > 1; minute -= 1 + random.nextInt(30)) {
            String session = "ERROR{tab}[at session.cpp:BasicSession::run:" + number() + "]   (sid: " + number()
                    + "ab) local ip: 10.20.0.10, local port: 9443, remote ip: 10.20.7." + random.nextInt(250)
                    + ", remote port: " + number() + " ";
            lines.add("{-" + minute + "m:cxps}{tab}" + number() + "{tab}" + number() + "{tab}"
                    + one(
                            () -> session + ": /",
                            () -> session + ": /robots.txt",
                            () -> session + " asyncReadSome  timed out (300)",
                            () -> session + " asyncHandShake  timed out (300)",
                            () -> session + ": asio.misc:2(End of file)  ()",
                            () -> session + ": asio.ssl:336027900(unknown protocol)  ()",
                            () -> session + ": asio.ssl:336109761(no shared cipher)  ()",
                            () -> session
                                    + ": system:10054(An existing connection was forcibly closed by the remote host)  ()",
                            () -> "INFO{tab}SERVER STARTED, failed ERROR pages " + number(),
                            () -> "WARNING{tab}session " + number() + " ended by peer"));
        }
        put(PORT + "cxps.err.log", "1m", null, lines);
        if (random.nextBoolean()) {
            put(
                    PORT + "cxps.err.2.log",
                    "4d",
                    null,
                    List.of(
                            "{-4d:cxps}{tab}1500{tab}2210{tab}ERROR{tab}E:/a.dat write file error: No space left on device"));
        }
    }

    private void transfers() {
        List<String> lines = new ArrayList<>();
        boolean begunNow = random.nextInt(4) == 0;
        for (int minute = begunNow ? 6 : 200; minute > 2; minute -= 1 + random.nextInt(4)) {
            String host = "10.20.3." + (1 + random.nextInt(200));
            String file = "/diff/" + guid() + "/completed_diff_" + number() + "_failed.dat";
            if (random.nextInt(8) == 0) {
                lines.add(transfer(minute, host, file, "failed"));
            }
            lines.add(transfer(minute - 1, host, file, "success"));
        }
        for (int i = 0; i < 40; i++) {
            lines.add(transfer(1, "10.20.4." + i, "/diff/" + guid() + ".dat", "success"));
        }
        lines.add(transfer(1, "10.20.3.7", "/diff/a.dat", "success").replace("{-1m:", "{-9s:"));
        put(PORT + "cxps.xfer.log", "9s", null, lines);
    }

    private String transfer(int minute, String host, String file, String outcome) {
        return "{-" + minute + "m:cxps}{tab}putfile{tab}" + guid() + "{tab}" + host + "{tab}" + file + "{tab}"
                + number() + number() + "{tab}" + number() + "{tab}" + number() + "{tab}yes{tab}" + outcome
                + "{tab}(sid: " + number() + "ab)";
    }

    private void mobilityAgent() {
        List<String> lines = new ArrayList<>();
        for (int minute = 120; minute > 1; minute -= 1 + random.nextInt(5)) {
            String head = "#~> ({-" + minute + "m:svagents}):   ";
            String numbers = "  " + number() + " " + number() + " " + number() + " ";
            lines.add(head
                    + one(
                            () -> "ALWAYS" + numbers + "data of disk " + number() + " sent",
                            () -> "DEBUG" + numbers + "no error, code " + number() + ", Curl error: (0)",
                            () -> "ALWAYS" + numbers + "failed 0 of " + number() + " blocks of " + guid(),
                            () -> "WARNING" + numbers + "retry 1 of 5 after " + number() + " ms",
                            () -> "ALWAYS" + numbers
                                    + "settings read\r\n  certificate verify failed is not told today"));
            if (random.nextInt(12) == 0) {
                lines.add(head + "ERROR" + numbers + "upload of block " + number() + " failed; will retry in 30 s");
            }
        }
        lines.add("#~> ({-40s:svagents}):   ALWAYS  1688 648 16394 data of disk 1 sent");
        put(AGENT + "svagents_curr_1.log", "40s", null, lines);
    }

    private void uploads() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "pid{tab}tid{tab}date{tab}time{tab}component{tab}file{tab}this{tab}task{tab}vm{tab}level{tab}message");
        for (int minute = 90; minute > 1; minute -= 1 + random.nextInt(4)) {
            String head = "0" + number() + "{tab}0" + number() + "{tab}{-" + minute + "m:mars}{tab}31{tab}client.cpp("
                    + number() + "){tab}00000" + number() + "{tab}" + number() + "{tab}vm-" + number() + "{tab}";
            lines.add(head
                    + one(
                            () -> "NORMAL{tab}Committed block " + number() + " of " + number() + ", transfer time "
                                    + number() + " ms, hr 0x00000000",
                            () ->
                                    "NORMAL{tab}uploaded to https://ps-blob-west.blob.core.windows.net:443 at 20.60.128.36:443",
                            () -> "VERBOSE{tab}error table read: " + number() + " rows, exception list empty",
                            () -> "WARNING{tab}Cached Token Expired | Params: {ErrorCode = IdToken, Id = " + number()
                                    + "}",
                            () ->
                                    "WARNING{tab}retry 1 of 5: https://ps-blob-west.blob.core.windows.net:443/c/b HTTP 503 ServerBusy",
                            () -> "WARNING{tab}slow write: block " + number() + " took " + number() + " ms for "
                                    + guid(),
                            () -> "WARNING{tab}error 10060 at 20.60.128.36:443",
                            () -> "NORMAL{tab}plan\r\nof " + number() + " lines"));
        }
        lines.add("1A2C{tab}0F10{tab}{-9s:mars}{tab}31{tab}upload.cpp(410){tab}{tab}{tab}{tab}NORMAL{tab}uploaded to"
                + " https://ps-blob-west.blob.core.windows.net:443 at 20.60.128.36:443");
        put(MARS + "CBEngineCurr.errlog", "9s", "utf-16le", lines);
        put(
                MARS + "CBEngine3.errlog",
                "3d",
                "utf-16le",
                List.of(
                        "1A2C{tab}0F10{tab}{-3d:mars}{tab}31{tab}client.cpp(99){tab}{tab}{tab}{tab}FATAL{tab}error 10060 at 20.60.128.36:443"));
    }
}
