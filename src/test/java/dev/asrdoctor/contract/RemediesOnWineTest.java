package dev.asrdoctor.contract;

import static dev.asrdoctor.contract.WineService.DISABLED;
import static dev.asrdoctor.contract.WineService.MANUAL;
import static dev.asrdoctor.contract.WineService.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.contract.WineController.Run;
import dev.asrdoctor.contract.WineServer.Truth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whole runs, from the plan to the second look and the journal, over transport local on a Windows API. Most of their time is
 * waiting, so a few go on at once, each on a server of its own.
 */
@Tag("contract")
class RemediesOnWineTest {
    private static final int AT_ONCE = 3;
    private static final String RAILS = """
            guardRails: { minimumUptime: 1m, humanStop: 0s, secondLook: 2s, backOff: 1s, fleetPercent: 100, sitePercent: 100, deploymentPercent: 100, unhealthyPercent: 100, restarts: 9 }
            remedy: { startWait: 5s, settle: 2s }
            """;
    private static final String POLICY =
            "remedies: { startServices: apply, startTypes: apply, startTypeWanted: automatic }\n" + RAILS;
    private static final String WITH_PROXY = "remedies: { startServices: apply, proxy: apply, proxyRight: product }\n"
            + "firewall: { trustedIssuers: [ " + AzureBehindProxy.ISSUER + " ] }\n" + RAILS;
    /** For what is killed on its way: it goes on for as long as it takes this machine to see it and to kill. */
    private static final int UNDER_WAY_MILLIS = 20_000;

    private static final String PROXY_SETTINGS = "SOFTWARE\\Microsoft\\Azure Site Recovery\\ProxySettings";

    @TempDir
    private Path folder;

    private static String patient(String policy) {
        return policy.replace("startWait: 5s", "startWait: 60s");
    }

    /** One story, on a server that nothing else uses. */
    private interface Story {
        void told(Path place) throws Exception;
    }

    private Path template = Path.of("");

    @TestFactory
    Stream<DynamicTest> remediesOnAWindowsApi() throws Exception {
        Path tools = WineServer.tools();
        template = WineServer.template(folder, tools);
        Map<String, Story> stories = new LinkedHashMap<>();
        stories.put("reads services, product and proxy as Windows has them", this::readsWhatIs);
        stories.put("starts what has stopped and leaves alone what is disabled", this::startsWhatHasStopped);
        stories.put("tells each start that fails by what became of it", this::tellsStartsThatFail);
        stories.put("gives the MARS agent the proxy and restarts it", this::alignsTheProxy);
        stories.put("leaves a running agent alone that somebody has disabled", this::leavesADisabledAgentAlone);
        stories.put("restarts after a run that was killed between the proxy and the restart", this::restartsAfterAKill);
        stories.put("tells a stop that hangs and leaves it alone", this::tellsAStopThatHangs);
        stories.put("starts what a killed restart has stopped", this::startsAfterAKilledStop);
        stories.put("heals what a killed start has left", this::healsAfterAKilledStart);
        stories.put("starts the rest where sc.exe fails", this::startsTheRestWhereScFails);
        stories.put("acts when the program that held the lease has died, and not before", this::takesTheLease);
        stories.put("acts once where two come at the same time", this::actsOnce);

        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        List<DynamicTest> tests = new ArrayList<>();
        stories.forEach((name, story) -> {
            Future<?> told = pool.submit(() -> {
                story.told(Files.createDirectories(folder.resolve("story-" + Math.abs(name.hashCode()))));
                return null;
            });
            tests.add(DynamicTest.dynamicTest(name, () -> {
                try {
                    told.get();
                } catch (ExecutionException e) {
                    throw e.getCause();
                }
            }));
        });
        pool.shutdown();
        return tests.stream();
    }

    private WineServer server(Path place, List<WineService> services, String... registry) throws Exception {
        return WineServer.start(template, place.resolve("server"), WineServer.tools(), services, List.of(registry));
    }

    /** What a standalone process server runs, with some of it otherwise. */
    private static List<WineService> standalone(WineService... otherwise) {
        Map<String, WineService> services = new LinkedHashMap<>();
        for (WineService service : List.of(
                named("ProcessServer").shownAs("Process Server"),
                named("ProcessServerMonitor").shownAs("Process Server Monitor"),
                named("cxprocessserver"),
                named("InMage PushInstall"),
                named("LogUpload").shownAs("Log Upload Service"),
                named("InMage Scout Application Service"),
                named("svagents").shownAs("InMage Scout VX Agent \u2013 Sentinel/Outpost"),
                named("tmansvc"),
                named("obengine").shownAs("Microsoft Azure Recovery Services Agent"))) {
            services.put(service.name(), service);
        }
        for (WineService service : otherwise) {
            services.put(service.name(), service);
        }
        return List.copyOf(services.values());
    }

    /** Product and MARS agent at odds: the product has the proxy, the agent one where nobody listens. */
    private static String[] mars(AzureBehindProxy proxy) throws Exception {
        List<String> registry = new ArrayList<>(List.of(
                "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Setup]",
                "\"InstallPath\"=\"C:\\\\Program Files\\\\Microsoft Azure Recovery Services Agent\\\\\"",
                "[HKEY_LOCAL_MACHINE\\SOFTWARE\\FakeMars]",
                "\"Server\"=\"http://127.0.0.1\"",
                "\"Port\"=dword:00000001",
                "\"User\"=\"\"",
                "[HKEY_LOCAL_MACHINE\\" + PROXY_SETTINGS + "]",
                "\"ProxyAddress\"=\"http://127.0.0.1\"",
                "\"ProxyPort\"=\"" + proxy.port() + "\"",
                "\"BypassDefault\"=\"False\"",
                "\"ProxyBypassUrls\"=\"\""));
        registry.addAll(proxy.trusted());
        return registry.toArray(String[]::new);
    }

    private void readsWhatIs(Path place) throws Exception {
        try (WineServer server = server(
                place,
                standalone(
                        named("LogUpload").shownAs("Log Upload Service").stopped(),
                        named("ProcessServer").shownAs("Process Server").onTopOf("cxprocessserver"),
                        named("InMage PushInstall").start(MANUAL),
                        named("tmansvc").start(DISABLED).stopped(),
                        new WineService(
                                "svagents",
                                "InMage Scout VX Agent - Sentinel/Outpost",
                                2,
                                true,
                                List.of(),
                                true,
                                Map.of())),
                "[HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\InMage Systems\\Installed Products\\9]",
                "\"CX_TYPE\"=\"2\"",
                "\"Version\"=\"9.61.1.1\"",
                "\"InstallDirectory\"=\"C:\\\\home\\\\svsystems\"",
                "\"CsIpAddress\"=\"10.20.0.9\"",
                "\"CsPort\"=\"443\"",
                "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Azure Site Recovery\\Registration\\Below]",
                "[HKEY_LOCAL_MACHINE\\" + PROXY_SETTINGS + "]",
                "\"ProxyAddress\"=\"http://proxy.lab.test\"",
                "\"ProxyPort\"=\"8080\"")) {
            // Wine sometimes hangs where a file is read that is not there.
            Path etc = Files.createDirectories(server.prefix().resolve("drive_c/home/svsystems/etc"));
            Files.writeString(etc.resolve("amethyst.conf"), "CX_TYPE = \"2\"\nPS_IP = \"10.20.0.21\"\n");
            WineController asrdoctor = new WineController(server, place.resolve("run"), "");
            Run check = asrdoctor.run("check", "--only", "services,product,proxy", "--save-facts", "facts");
            JsonNode facts = JsonMapper.shared()
                    .readTree(Files.readString(place.resolve("run/facts/ps-01.json")))
                    .path("facts")
                    .path("areas");

            JsonNode services = facts.path("services").path("data").path("services");
            assertThat(services.size()).as(check.out() + check.err()).isEqualTo(9);
            for (JsonNode service : services) {
                Truth truth = server.the(service.path("name").asString());
                assertThat(service.path("state").asString())
                        .as(service.toString())
                        .isEqualTo(truth.runs() ? "running" : "stopped");
                assertThat(service.path("processId").asLong())
                        .as(service.toString())
                        .isEqualTo(truth.processId());
                assertThat(service.path("exitCode").asLong())
                        .as(service.toString())
                        .isEqualTo(truth.exitCode());
            }
            assertThat(services.valueStream()
                            .map(service -> service.path("name").asString() + " "
                                    + service.path("startType").asString())
                            .toList())
                    .contains(
                            "InMage PushInstall manual",
                            "tmansvc disabled",
                            "svagents automatic-delayed",
                            "cxprocessserver automatic");
            assertThat(services.toString()).contains("\"dependsOn\":[\"cxprocessserver\"]");
            JsonNode product = facts.path("product").path("data");
            assertThat(product.path("cxType").asLong()).isEqualTo(2);
            assertThat(product.path("version").asString()).isEqualTo("9.61.1.1");
            assertThat(product.path("csAddress").asString()).isEqualTo("10.20.0.9");
            assertThat(product.path("csPort").asLong()).isEqualTo(443);
            assertThat(product.path("ownAddress").asString()).isEqualTo("10.20.0.21");
            JsonNode settings = facts.path("proxy").path("data").path("settings");
            assertThat(settings.path("address").asString()).isEqualTo("http://proxy.lab.test");
            assertThat(settings.path("port").asString()).isEqualTo("8080");
        }
    }

    private void startsWhatHasStopped(Path place) throws Exception {
        try (WineServer server = server(
                place,
                standalone(
                        named("cxprocessserver").stopped(),
                        named("ProcessServer")
                                .shownAs("Process Server")
                                .onTopOf("cxprocessserver")
                                .stopped()
                                .with("StartDelayMs", 2000),
                        named("InMage PushInstall").start(MANUAL).stopped(),
                        named("LogUpload")
                                .shownAs("Log Upload Service")
                                .start(DISABLED)
                                .stopped(),
                        named("svagents")
                                .shownAs("InMage Scout VX Agent - Sentinel/Outpost")
                                .onTopOf("LogUpload")
                                .stopped()))) {
            WineController asrdoctor = new WineController(server, place.resolve("run"), POLICY);
            Run plan = asrdoctor.plan();
            assertThat(plan.verdicts().keySet())
                    .containsExactlyInAnyOrder(
                            "start cxprocessserver",
                            "start ProcessServer",
                            "start InMage PushInstall",
                            "set-start-type InMage PushInstall");
            assertThat(server.the("cxprocessserver").stopped())
                    .as("a plan changes nothing")
                    .isTrue();

            Run applied = asrdoctor.apply();
            assertThat(applied.verdicts().values())
                    .as(applied.out())
                    .hasSize(4)
                    .allMatch(told -> told.startsWith("VERIFIED"));
            assertThat(applied.heldBack()).containsOnlyKeys("LogUpload", "svagents");
            assertThat(applied.heldBack().get("LogUpload")).contains("disabled");
            assertThat(applied.heldBack().get("svagents")).contains("LogUpload");
            for (String started : List.of("cxprocessserver", "ProcessServer", "InMage PushInstall")) {
                assertThat(server.the(started).runs()).as(started).isTrue();
            }
            assertThat(server.the("InMage PushInstall").startType()).isEqualTo(2);
            assertThat(server.the("LogUpload").stopped()).isTrue();
            assertThat(server.the("LogUpload").startType()).isEqualTo(DISABLED);
            assertThat(server.the("svagents").stopped()).isTrue();
            assertThat(asrdoctor.journal().toString()).contains("VERIFIED");

            long process = server.the("cxprocessserver").processId();
            assertThat(asrdoctor.plan().verdicts()).as("nothing more to do").isEmpty();
            assertThat(server.the("cxprocessserver").processId()).isEqualTo(process);
        }
    }

    private void tellsStartsThatFail(Path place) throws Exception {
        try (WineServer server = server(
                place,
                standalone(
                        named("InMage PushInstall").stopped().with("StartExitCode", 1067),
                        named("LogUpload")
                                .shownAs("Log Upload Service")
                                .stopped()
                                .with("HangStart", 1),
                        named("tmansvc").stopped().with("StopAfterMs", 700).with("StopExitCode", 2),
                        named("svagents")
                                .shownAs("InMage Scout VX Agent - Sentinel/Outpost")
                                .onTopOf("InMage PushInstall")
                                .stopped(),
                        named("ProcessServerMonitor")
                                .shownAs("Process Server Monitor")
                                .stopped()))) {
            WineController asrdoctor = new WineController(server, place.resolve("run"), POLICY);
            Run applied = asrdoctor.apply();
            Map<String, String> told = applied.verdicts();
            assertThat(told.get("start InMage PushInstall"))
                    .startsWith("FAILED")
                    .contains("1067");
            assertThat(told.get("start LogUpload")).startsWith("FAILED");
            assertThat(told.get("start tmansvc")).startsWith("STOPPED_AGAIN");
            assertThat(told.get("start svagents")).contains("InMage PushInstall");
            assertThat(told.get("start ProcessServerMonitor")).startsWith("VERIFIED");
            assertThat(applied.code()).isEqualTo(4);
            assertThat(server.the("InMage PushInstall").stopped()).isTrue();
            assertThat(server.the("LogUpload").state()).as("still on its way").isEqualTo(2);
            assertThat(server.the("tmansvc").stopped()).isTrue();
            assertThat(server.the("ProcessServerMonitor").runs()).isTrue();
        }
    }

    private void alignsTheProxy(Path place) throws Exception {
        try (AzureBehindProxy proxy = new AzureBehindProxy();
                WineServer server = server(
                        place,
                        standalone(named("ProcessServerMonitor")
                                .shownAs("Process Server Monitor")
                                .onTopOf("obengine")),
                        mars(proxy))) {
            long before = server.the("obengine").processId();
            WineController asrdoctor = new WineController(server, place.resolve("run"), WITH_PROXY);
            Run applied = asrdoctor.apply();
            assertThat(applied.verdicts())
                    .as(applied.out())
                    .containsOnlyKeys("set-mars-proxy MARS", "restart obengine");
            assertThat(applied.verdicts().values()).as(applied.out()).allMatch(told -> told.startsWith("VERIFIED"));
            assertThat(server.registry("HKLM\\SOFTWARE\\FakeMars", "Port"))
                    .isEqualTo("0x" + Integer.toHexString(proxy.port()));
            Truth engine = server.the("obengine");
            assertThat(engine.runs()).isTrue();
            assertThat(engine.processId()).isNotEqualTo(before);
            assertThat(server.the("ProcessServerMonitor").runs())
                    .as("what ran on top of it")
                    .isTrue();
            assertThat(asrdoctor.plan().verdicts()).as("nothing more to do").isEmpty();
            assertThat(server.the("obengine").processId()).isEqualTo(engine.processId());
        }
    }

    private void leavesADisabledAgentAlone(Path place) throws Exception {
        try (AzureBehindProxy proxy = new AzureBehindProxy();
                WineServer server = server(
                        place,
                        standalone(named("obengine")
                                .shownAs("Microsoft Azure Recovery Services Agent")
                                .start(DISABLED)),
                        mars(proxy))) {
            long before = server.the("obengine").processId();
            Run applied = new WineController(server, place.resolve("run"), WITH_PROXY).apply();
            assertThat(applied.heldBack().toString()).as(applied.out()).contains("disabled");
            assertThat(server.the("obengine")).isEqualTo(new Truth(4, 0, before, DISABLED));
            assertThat(server.registry("HKLM\\SOFTWARE\\FakeMars", "Port"))
                    .as("the proxy that the restart would have taken")
                    .isEqualTo("0x1");
        }
    }

    private void restartsAfterAKill(Path place) throws Exception {
        try (AzureBehindProxy proxy = new AzureBehindProxy();
                WineServer server = server(place, standalone(), mars(proxy))) {
            String wanted = "0x" + Integer.toHexString(proxy.port());
            WineController asrdoctor = new WineController(server, place.resolve("run"), WITH_PROXY);
            slowAfterSetting(server);
            FutureTask<Run> first = new FutureTask<>(() -> asrdoctor.run(1, "remediate", "--apply", "-o", "json"));
            Thread.ofVirtual().start(first);
            WineServer.until(
                    () -> server.registry("HKLM\\SOFTWARE\\FakeMars", "Port"), wanted::equals, "the new proxy");
            server.killPowerShell();
            assertThat(first.get().verdicts().get("restart obengine"))
                    .as(first.get().err())
                    .doesNotStartWith("VERIFIED");
            Truth left = server.the("obengine");
            assertThat(left.runs()).as("the restart was not reached").isTrue();

            Run second = asrdoctor.apply();
            Truth engine = server.the("obengine");
            assertThat(engine.runs()).as(second.out()).isTrue();
            assertThat(engine.processId())
                    .as("a process that knows the new proxy: " + second.out())
                    .isNotEqualTo(left.processId());
            assertThat(second.verdicts().get("restart obengine")).startsWith("VERIFIED");
        }
    }

    /** The agent's module takes its time after the proxy was set. */
    private static void slowAfterSetting(WineServer server) throws Exception {
        Path module = server.prefix()
                .resolve("drive_c/Program Files/Microsoft Azure Recovery Services Agent/bin/Modules/MSOnlineBackup")
                .resolve("MSOnlineBackup.psm1");
        String text = Files.readString(module);
        Files.delete(module);
        Files.writeString(
                module,
                text.replace(
                        "Set-ItemProperty -LiteralPath $key -Name Port -Value $ProxyPort",
                        "Set-ItemProperty -LiteralPath $key -Name Port -Value $ProxyPort; Start-Sleep -Seconds 20"));
    }

    private void tellsAStopThatHangs(Path place) throws Exception {
        try (AzureBehindProxy proxy = new AzureBehindProxy();
                WineServer server = server(
                        place,
                        standalone(named("obengine")
                                .shownAs("Microsoft Azure Recovery Services Agent")
                                .with("StopDelayMs", 600_000)),
                        mars(proxy))) {
            Truth before = server.the("obengine");
            Run applied = new WineController(server, place.resolve("run"), WITH_PROXY).apply();
            Map<String, String> told = applied.verdicts();
            assertThat(told.get("restart obengine"))
                    .as(applied.out())
                    .startsWith("FAILED")
                    .contains("was told to stop and has not stopped in time");
            assertThat(told.get("set-mars-proxy MARS")).startsWith("VERIFIED");
            assertThat(applied.code()).isEqualTo(4);
            Truth after = server.the("obengine");
            assertThat(after.state()).as("still on its way").isEqualTo(3);
            assertThat(after.processId()).as("it is not killed").isEqualTo(before.processId());
        }
    }

    private void startsAfterAKilledStop(Path place) throws Exception {
        try (AzureBehindProxy proxy = new AzureBehindProxy();
                WineServer server = server(
                        place,
                        standalone(named("obengine")
                                .shownAs("Microsoft Azure Recovery Services Agent")
                                .with("StopDelayMs", UNDER_WAY_MILLIS)),
                        mars(proxy))) {
            WineController asrdoctor = new WineController(server, place.resolve("run"), patient(WITH_PROXY));
            FutureTask<Run> first = new FutureTask<>(() -> asrdoctor.run(1, "remediate", "--apply", "-o", "json"));
            Thread.ofVirtual().start(first);
            WineServer.until(() -> server.the("obengine"), truth -> truth.state() == 3, "a stop under way");
            server.killPowerShell();
            assertThat(first.get().verdicts().get("restart obengine"))
                    .as(first.get().out() + first.get().err())
                    .doesNotStartWith("VERIFIED");
            WineServer.until(() -> server.the("obengine"), Truth::stopped, "the end of the stop");

            Run second = asrdoctor.apply();
            assertThat(second.verdicts()).as(second.out()).containsOnlyKeys("start obengine");
            assertThat(second.verdicts().get("start obengine")).startsWith("VERIFIED");
            assertThat(server.the("obengine").runs()).isTrue();
            assertThat(server.registry("HKLM\\SOFTWARE\\FakeMars", "Port"))
                    .isEqualTo("0x" + Integer.toHexString(proxy.port()));
        }
    }

    private void healsAfterAKilledStart(Path place) throws Exception {
        try (WineServer server = server(
                place,
                standalone(
                        named("cxprocessserver").stopped().with("StartDelayMs", UNDER_WAY_MILLIS),
                        named("LogUpload").shownAs("Log Upload Service").stopped()))) {
            WineController asrdoctor = new WineController(server, place.resolve("run"), patient(POLICY));
            FutureTask<Run> first = new FutureTask<>(() -> asrdoctor.run(1, "remediate", "--apply", "-o", "json"));
            Thread.ofVirtual().start(first);
            long process = WineServer.until(
                            () -> server.the("cxprocessserver"), truth -> truth.state() == 2, "a start under way")
                    .processId();
            server.killPowerShell();
            assertThat(first.get().verdicts().get("start LogUpload"))
                    .as(first.get().out() + first.get().err())
                    .isEqualTo("FAILED: it does not run, and what was tried is not known");
            assertThat(server.the("LogUpload").stopped()).isTrue();
            WineServer.until(() -> server.the("cxprocessserver"), Truth::runs, "the end of the start");

            Run second = asrdoctor.apply();
            assertThat(second.verdicts()).as(second.out()).containsOnlyKeys("start LogUpload");
            assertThat(second.verdicts().get("start LogUpload")).startsWith("VERIFIED");
            assertThat(server.the("cxprocessserver").processId())
                    .as("started once")
                    .isEqualTo(process);
            assertThat(server.the("LogUpload").runs()).isTrue();
        }
    }

    private void startsTheRestWhereScFails(Path place) throws Exception {
        try (WineServer server = server(
                place,
                standalone(
                        named("cxprocessserver").start(MANUAL),
                        named("InMage PushInstall").onTopOf("cxprocessserver").stopped()))) {
            Path sc = server.prefix().resolve("drive_c/windows/system32/sc.exe");
            Files.delete(sc);
            // A program that ends with an error of its own: no service control manager has started it (1063).
            Files.copy(server.prefix().resolve("drive_c/windows/svcstub.exe"), sc, StandardCopyOption.REPLACE_EXISTING);
            Run applied = new WineController(server, place.resolve("run"), POLICY).apply();
            assertThat(applied.verdicts().get("set-start-type cxprocessserver"))
                    .startsWith("FAILED")
                    .contains("1063");
            assertThat(applied.verdicts().get("start InMage PushInstall"))
                    .as(applied.out())
                    .startsWith("VERIFIED");
            assertThat(server.the("InMage PushInstall").runs()).isTrue();
            assertThat(server.the("cxprocessserver").startType()).isEqualTo(MANUAL);
        }
    }

    private void takesTheLease(Path place) throws Exception {
        try (WineServer server =
                server(place, standalone(named("cxprocessserver").stopped()))) {
            WineController asrdoctor = new WineController(server, place.resolve("run"), POLICY);
            Path held = server.prefix().resolve("drive_c/windows/temp/held.txt");
            Thread.ofVirtual().start(() -> server.holdsLease("C:\\windows\\temp\\held.txt"));
            WineServer.until(() -> Files.exists(held), Boolean::booleanValue, "a lease in other hands");
            Run kept = asrdoctor.apply();
            assertThat(kept.verdicts().get("start cxprocessserver"))
                    .as(kept.out())
                    .startsWith("NOT_TRIED");
            assertThat(server.the("cxprocessserver").stopped()).isTrue();

            server.killPowerShell();
            Run applied = asrdoctor.apply();
            assertThat(applied.verdicts().get("start cxprocessserver"))
                    .as(applied.out())
                    .startsWith("VERIFIED");
            assertThat(server.the("cxprocessserver").runs()).isTrue();
        }
    }

    private void actsOnce(Path place) throws Exception {
        try (WineServer server =
                server(place, standalone(named("cxprocessserver").stopped().with("StartDelayMs", 4000)))) {
            WineController one = new WineController(server, place.resolve("one"), POLICY);
            WineController other = new WineController(server, place.resolve("other"), POLICY);
            FutureTask<Run> first = new FutureTask<>(one::apply);
            Thread.ofVirtual().start(first);
            FutureTask<Run> second = new FutureTask<>(other::apply);
            Thread.ofVirtual().start(second);
            Run a = first.get();
            Run b = second.get();
            assertThat(server.the("cxprocessserver").runs()).isTrue();
            List<String> told = Stream.concat(a.verdicts().values().stream(), b.verdicts().values().stream())
                    .map(verdict -> verdict.replaceFirst(":.*", ""))
                    .toList();
            assertThat(told).as(a.out() + b.out()).contains("VERIFIED").isSubsetOf("VERIFIED", "NOT_TRIED");
        }
    }
}
