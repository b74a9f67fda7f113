package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.TimeWindow;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.store.Attempt;
import dev.asrdoctor.testing.ServerMaker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class FleetGuardRailsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

    private static ServerPlan plan(Server server, String... services) {
        return plan(ResolvedServer.asSaid(server), services);
    }

    private static ServerPlan plan(ResolvedServer server, String... services) {
        List<Step> steps = new ArrayList<>();
        for (String service : services) {
            steps.add(new Step(Step.Action.START, service, service, "it is down"));
        }
        return new ServerPlan(server, steps, List.of());
    }

    private static FleetGuardRails.Decision decide(
            Policy policy, List<Server> fleet, List<ServerPlan> plans, List<Attempt> history, int unread) {
        Set<String> names =
                IntStream.range(0, unread).mapToObj(i -> "unread" + i).collect(Collectors.toSet());
        return new FleetGuardRails(policy, fleet, history, OpenWindows.NONE, NOW)
                .decide(plans, ServerMaker.factsOf(fleet), names, Optional.empty());
    }

    private static List<ServerPlan> healed(FleetGuardRails.Decision decision) {
        return decision.plans().stream().filter(plan -> !plan.steps().isEmpty()).toList();
    }

    /** Random fleets, faults, policies and histories: whatever comes, no cap is passed and nothing is lost. */
    @RepeatedTest(400)
    void noRunEverPassesACap(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int size = 1 + random.nextInt(60);
        List<Server> fleet = new ArrayList<>();
        List<ResolvedServer> known = new ArrayList<>();
        Deployment[] deployments = {Deployment.STANDALONE, Deployment.CONFIGURATION_SERVER, Deployment.SOURCE_MACHINE};
        for (int i = 0; i < size; i++) {
            Deployment is = deployments[random.nextInt(3)];
            boolean said = random.nextBoolean();
            Server server = ServerMaker.server(
                    "s" + i, said ? is : Deployment.AUTO, random.nextInt(5) == 0 ? null : "site" + random.nextInt(4));
            fleet.add(server);
            known.add(said || random.nextInt(8) > 0 ? new ResolvedServer(server, is) : ResolvedServer.asSaid(server));
        }
        Policy policy = Policy.DEFAULT
                .with(RailLimits.HEALED_SERVERS, random.nextInt(12))
                .with(RailLimits.HEALED_OF_FLEET, random.nextInt(101))
                .with(RailLimits.HEALED_OF_SITE, random.nextInt(101))
                .with(RailLimits.HEALED_OF_DEPLOYMENT, random.nextInt(101))
                .with(RailLimits.UNHEALTHY_STOPS, random.nextInt(101))
                .with(RailLimits.RESTARTS, random.nextInt(5))
                .with(RailLimits.NOT_TOGETHER, Set.of("s1 s2 s3", "s4 s0"));
        List<ServerPlan> plans = new ArrayList<>();
        List<Attempt> history = new ArrayList<>();
        for (ResolvedServer server : known) {
            boolean sick = random.nextInt(3) == 0;
            plans.add(sick ? plan(server, "svagents", "tmansvc") : plan(server));
            for (int i = random.nextInt(4); i > 0; i--) {
                history.add(new Attempt(
                        server.name() + i,
                        server.name(),
                        NOW.minus(Duration.ofMinutes(random.nextInt(600))),
                        "",
                        List.of("svagents"),
                        random.nextBoolean() ? Map.of("svagents", "VERIFIED: x") : Map.of()));
            }
        }
        history.sort(java.util.Comparator.comparing(Attempt::at));
        int unread = random.nextInt(5);
        FleetGuardRails.Decision decision = decide(policy, fleet, plans, history, unread);
        List<ServerPlan> healed = healed(decision);

        assertThat(decision.plans()).hasSameSizeAs(plans);
        for (int i = 0; i < plans.size(); i++) {
            List<String> told = new ArrayList<>(decision.plans().get(i).keys());
            decision.plans().get(i).heldBack().forEach(held -> told.add(held.target()));
            assertThat(told).containsExactlyInAnyOrderElementsOf(plans.get(i).keys());
        }
        assertThat(healed).hasSizeLessThanOrEqualTo(policy.get(RailLimits.HEALED_SERVERS));
        assertThat(healed.size()).isLessThanOrEqualTo(share(size, policy.get(RailLimits.HEALED_OF_FLEET)));
        within(healed, known, ResolvedServer::site, policy.get(RailLimits.HEALED_OF_SITE));
        within(healed, known, ResolvedServer::known, policy.get(RailLimits.HEALED_OF_DEPLOYMENT));
        for (Set<String> pair : List.of(Set.of("s1", "s2", "s3"), Set.of("s4", "s0"))) {
            assertThat(healed.stream()
                            .filter(plan -> pair.contains(plan.server().name())))
                    .hasSizeLessThanOrEqualTo(1);
        }
        for (ServerPlan plan : healed) {
            for (String service : plan.keys()) {
                assertThat(history.stream()
                                .filter(attempt ->
                                        attempt.server().equals(plan.server().name())
                                                && attempt.services().contains(service)
                                                && attempt.at().isAfter(NOW.minus(Duration.ofHours(6)))))
                        .hasSizeLessThan(policy.get(RailLimits.RESTARTS));
            }
        }
        long sick = plans.stream().filter(plan -> !plan.steps().isEmpty()).count() + unread;
        if (size + unread >= 5 && sick * 100 > (long) (size + unread) * policy.get(RailLimits.UNHEALTHY_STOPS)) {
            assertThat(healed).isEmpty();
            assertThat(decision.stopped()).contains("this is not the servers");
        }
    }

    private static int share(long of, int percent) {
        return (int) Math.max(1, of * percent / 100);
    }

    private static void within(
            List<ServerPlan> healed, List<ResolvedServer> fleet, Function<ResolvedServer, ?> by, int percent) {
        Map<Object, Long> sizes = new HashMap<>();
        fleet.stream()
                .filter(server -> by.apply(server) != null)
                .forEach(server -> sizes.merge(by.apply(server), 1L, Long::sum));
        healed.stream()
                .map(ServerPlan::server)
                .filter(server -> by.apply(server) != null)
                .collect(Collectors.groupingBy(by, Collectors.counting()))
                .forEach((place, count) -> assertThat(count).isLessThanOrEqualTo(share(sizes.get(place), percent)));
    }

    @Test
    void outsideItsTimesAndInABlackoutNothingIsDone() {
        Server server = ServerMaker.server("ps", Deployment.STANDALONE, null);
        Policy allowed = Policy.DEFAULT.with(RailLimits.ALLOWED, List.of(TimeWindow.parse("mon-fri 22:00-02:00 UTC")));
        assertThat(decide(allowed, List.of(server), List.of(plan(server, "svagents")), List.of(), 0)
                        .stopped())
                .contains("only in guardRails.allowed");
        Policy blackout =
                Policy.DEFAULT.with(RailLimits.BLACKOUTS, List.of(TimeWindow.parse("2026-11-20..2026-11-30 UTC")));
        assertThat(decide(blackout, List.of(server), List.of(plan(server, "svagents")), List.of(), 0)
                        .stopped())
                .contains("guardRails.blackouts");
        assertThat(healed(decide(Policy.DEFAULT, List.of(server), List.of(plan(server, "svagents")), List.of(), 0)))
                .hasSize(1);
    }

    @Test
    void aStartThatFailedWaitsTwiceAsLongEachTimeAndAnUntoldEndCountsAsFailed() {
        Server server = ServerMaker.server("ps", Deployment.STANDALONE, null);
        List<Attempt> history = new ArrayList<>();
        history.add(new Attempt("a", "ps", NOW.minus(Duration.ofMinutes(40)), "", List.of("svagents"), Map.of()));
        history.add(new Attempt(
                "b",
                "ps",
                NOW.minus(Duration.ofMinutes(20)),
                "",
                List.of("svagents"),
                Map.of("svagents", "FAILED: x")));
        FleetGuardRails.Decision decision =
                decide(Policy.DEFAULT, List.of(server), List.of(plan(server, "svagents", "tmansvc")), history, 0);
        assertThat(decision.plans().getFirst().keys()).containsExactly("tmansvc");
        assertThat(decision.plans().getFirst().heldBack().getFirst().reason()).contains("the next is due in 10 min");
    }

    @Test
    void aServerThatHasJustBootedIsLeftAlone() {
        Server server = ServerMaker.server("ps", Deployment.STANDALONE, null);
        var facts = ServerMaker.healthy(Deployment.STANDALONE)
                .bootedFor(Duration.ofMinutes(3))
                .facts();
        FleetGuardRails.Decision decision = new FleetGuardRails(
                        Policy.DEFAULT, List.of(server), List.of(), OpenWindows.NONE, NOW)
                .decide(List.of(plan(server, "svagents")), Map.of("ps", facts), Set.of(), Optional.empty());
        assertThat(decision.plans().getFirst().heldBack().getFirst().guard()).isEqualTo("uptime");
    }

    @Test
    void aServerThatHasBootedSinceThePlanIsLeftAlone() {
        Server server = ServerMaker.server("ps", Deployment.STANDALONE, null);
        RunBrake brake = new RunBrake(Policy.DEFAULT, InstantSource.fixed(NOW), null, now -> OpenWindows.NONE);
        ServerPlan left = brake.before(
                plan(server, "svagents"),
                ServerMaker.healthy(Deployment.STANDALONE)
                        .bootedFor(Duration.ofMinutes(3))
                        .facts());
        assertThat(left.steps()).isEmpty();
        assertThat(left.heldBack()).extracting(HeldBack::guard).containsExactly("uptime");
    }

    private static Step restart(String service) {
        return Step.of(Remedy.RESTART_AGENT, Step.Action.RESTART, service, "it is silent")
                .change("4711", "");
    }

    @Test
    void aPartnerThatThisRunDoesNotReadCountsAsDown() {
        Server one = ServerMaker.server("one", Deployment.STANDALONE, null);
        Server two = ServerMaker.server("two", Deployment.STANDALONE, null);
        Policy together = Policy.DEFAULT.with(RailLimits.NOT_TOGETHER, Set.of("one two"));
        List<ServerPlan> restarts =
                List.of(new ServerPlan(ResolvedServer.asSaid(one), List.of(restart("obengine")), List.of()));
        assertThat(decide(together, List.of(one, two), restarts, List.of(), 0)
                        .plans()
                        .getFirst()
                        .heldBack())
                .extracting(HeldBack::reason)
                .containsExactly("two is not among the servers of this run, and the two are not to be down together"
                        + " (guardRails.notTogether)");
        assertThat(healed(decide(
                        together,
                        List.of(one, two),
                        List.of(restarts.getFirst(), new ServerPlan(ResolvedServer.asSaid(two), List.of(), List.of())),
                        List.of(),
                        0)))
                .hasSize(1);
    }

    @Test
    void tellsPartnersThatNoServerIs() {
        Server one = ServerMaker.server("One", Deployment.STANDALONE, null);
        Policy together = Policy.DEFAULT.with(RailLimits.NOT_TOGETHER, Set.of("one tow", "ONE  three"));
        assertThat(new FleetGuardRails(together, List.of(one), List.of(), OpenWindows.NONE, NOW).unknownPartners())
                .containsExactly("three", "tow");
        assertThat(new FleetGuardRails(Policy.DEFAULT, List.of(one), List.of(), OpenWindows.NONE, NOW)
                        .unknownPartners())
                .isEmpty();
    }

    @Test
    void whatWouldStartAServiceThatNeedsAHumanIsHeldBackWithIt() {
        ServerMaker maker = ServerMaker.healthy(Deployment.STANDALONE);
        maker.service("tmansvc").stopped(1068L).dependsOn("Root");
        maker.service("Root").stopped(1067L);
        Server server = ServerMaker.server("ps", Deployment.STANDALONE, null);
        Attempt failed = new Attempt(
                "a", "ps", NOW.minus(Duration.ofMinutes(5)), "", List.of("Root"), Map.of("Root", "STOPPED_AGAIN: x"));
        ServerPlan decided = new FleetGuardRails(
                        Policy.DEFAULT, List.of(server), List.of(failed), OpenWindows.NONE, NOW)
                .decide(
                        List.of(plan(server, "Root", "tmansvc", "svagents")),
                        Map.of("ps", maker.facts()),
                        Set.of(),
                        Optional.empty())
                .plans()
                .getFirst();
        assertThat(decided.keys()).containsExactly("svagents");
        assertThat(decided.heldBack())
                .extracting(HeldBack::target, HeldBack::guard)
                .containsExactly(tuple("Root", "back-off"), tuple("tmansvc", "together"));
    }

    @Test
    void aProxyAndTheRestartThatTakesItAreDoneTogetherOrNotAtAll() {
        Server server = ServerMaker.server("ps", Deployment.STANDALONE, null);
        Step set = Step.of(Remedy.PROXY, Step.Action.SET_MARS_PROXY, "MARS", "they differ")
                .change("none", "http://proxy 8080");
        Step takes = Step.of(Remedy.PROXY, Step.Action.RESTART, "obengine", "it takes the new proxy")
                .change("4711", "")
                .after("MARS");
        for (String tried : List.of(set.key(), takes.key())) {
            Attempt failed = new Attempt(
                    "a", "ps", NOW.minus(Duration.ofMinutes(5)), "", List.of(tried), Map.of(tried, "NO_EFFECT: x"));
            ServerPlan decided = decide(
                            Policy.DEFAULT,
                            List.of(server),
                            List.of(new ServerPlan(ResolvedServer.asSaid(server), List.of(set, takes), List.of())),
                            List.of(failed),
                            0)
                    .plans()
                    .getFirst();
            assertThat(decided.steps()).as(tried).isEmpty();
            assertThat(decided.heldBack()).extracting(HeldBack::guard).containsExactly("no-effect", "together");
        }
    }

    @Test
    void anAttemptThatAClockAheadHasDatedCountsToo() {
        Server server = ServerMaker.server("ps", Deployment.STANDALONE, null);
        Attempt ahead = new Attempt("a", "ps", NOW.plus(Duration.ofMinutes(2)), "", List.of("svagents"), Map.of());
        assertThat(healed(
                        decide(Policy.DEFAULT, List.of(server), List.of(plan(server, "svagents")), List.of(ahead), 0)))
                .isEmpty();
    }

    @Test
    void nothingIsBegunWhenTheTimeOfTheRunIsUp() {
        RunBrake brake = new RunBrake(Policy.DEFAULT, InstantSource.fixed(NOW), NOW, now -> OpenWindows.NONE);
        assertThat(brake.pulled()).hasValueSatisfying(why -> assertThat(why).contains("--within"));
    }

    @Test
    void aKillSwitchThatCannotBeSeenCountsAsOn() {
        Policy hidden = Policy.DEFAULT.with(RailLimits.KILL_SWITCH, "x".repeat(5000));
        assertThat(new RunBrake(hidden, InstantSource.fixed(NOW), null, now -> OpenWindows.NONE).pulled())
                .hasValueSatisfying(why -> assertThat(why).startsWith("nobody knows whether the kill switch is on"));
    }

    @Test
    void theBrakeStaysOnceItIsPulled() {
        RunBrake brake = new RunBrake(Policy.DEFAULT, InstantSource.fixed(NOW), null, now -> OpenWindows.NONE);
        brake.ended(false);
        brake.ended(true);
        brake.ended(false);
        assertThat(brake.pulled()).isEmpty();
        brake.ended(false);
        assertThat(brake.pulled()).isPresent();
        brake.ended(true);
        assertThat(brake.pulled()).isPresent();
    }

    @Test
    void serversWhoseServicesCouldNotBeReadCountAsDown() {
        List<Server> fleet = new ArrayList<>();
        List<ServerPlan> plans = new ArrayList<>();
        Map<String, Facts> facts = new HashMap<>();
        for (int i = 0; i < 6; i++) {
            Server server = ServerMaker.server("s" + i, Deployment.STANDALONE, null);
            fleet.add(server);
            plans.add(i == 0 ? plan(server, "svagents") : plan(server));
            facts.put(
                    server.name(),
                    i > 0 && i < 4
                            ? ServerMaker.unreadable()
                            : ServerMaker.healthy(Deployment.STANDALONE).facts());
        }
        FleetGuardRails.Decision decision = new FleetGuardRails(Policy.DEFAULT, fleet, List.of(), OpenWindows.NONE, NOW)
                .decide(plans, facts, Set.of(), Optional.empty());
        assertThat(decision.stopped()).startsWith("4 of 6 servers are down or could not be read");
    }

    @Test
    void aPartnerWhoseServicesCouldNotBeReadCountsAsDown() {
        Server one = ServerMaker.server("one", Deployment.STANDALONE, null);
        Server two = ServerMaker.server("two", Deployment.STANDALONE, null);
        Map<String, Facts> facts = new HashMap<>(ServerMaker.factsOf(List.of(one)));
        facts.put("two", ServerMaker.unreadable());
        FleetGuardRails.Decision decision = new FleetGuardRails(
                        Policy.DEFAULT.with(RailLimits.NOT_TOGETHER, Set.of("one two")),
                        List.of(one, two),
                        List.of(),
                        OpenWindows.NONE,
                        NOW)
                .decide(
                        List.of(
                                new ServerPlan(ResolvedServer.asSaid(one), List.of(restart("obengine")), List.of()),
                                plan(two)),
                        facts,
                        Set.of(),
                        Optional.empty());
        assertThat(decision.plans().getFirst().heldBack().getFirst().reason())
                .startsWith("two is down or could not be read");
    }

    @Test
    void whatThePolicyBearsIsNoSignThatSomethingHappenedToTheFleet() {
        List<Server> fleet = new ArrayList<>();
        List<ServerPlan> plans = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Server server = ServerMaker.server("s" + i, Deployment.STANDALONE, null);
            fleet.add(server);
            plans.add(
                    i == 0
                            ? plan(server, "svagents")
                            : plan(server)
                                    .with(
                                            List.of(),
                                            List.of(HeldBack.of(Remedy.SERVICES, "svagents", "waived", "CHG8"))));
        }
        assertThat(decide(Policy.DEFAULT, fleet, plans, List.of(), 0).stopped()).isNull();
    }

    @Test
    void twelveServersOfWhichThreeAreDownAreHealedWhoeverTellsWhatTheyAre() {
        List<Server> fleet = new ArrayList<>();
        List<ServerPlan> plans = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Server server = ServerMaker.server("s" + i, Deployment.AUTO, null);
            fleet.add(server);
            ResolvedServer found = new ResolvedServer(server, Deployment.STANDALONE);
            plans.add(i < 3 ? plan(found, "svagents") : plan(found));
        }
        assertThat(healed(decide(Policy.DEFAULT, fleet, plans, List.of(), 0))).hasSize(3);
    }

    @Test
    void theBudgetKnowsServersAndServicesHoweverTheyAreWritten() {
        Server server = ServerMaker.server("PS", Deployment.STANDALONE, null);
        List<Attempt> history = List.of(new Attempt(
                "a",
                "ps",
                NOW.minus(Duration.ofMinutes(1)),
                "",
                List.of("SvAgents"),
                Map.of("SVAGENTS", "NO_EFFECT: x")));
        assertThat(decide(Policy.DEFAULT, List.of(server), List.of(plan(server, "svagents")), history, 0)
                        .plans()
                        .getFirst()
                        .heldBack())
                .extracting(HeldBack::guard)
                .containsExactly("no-effect");
    }

    @Test
    void attemptsFromFarInTheFutureHoldNothingBackAndAreTold() {
        Server server = ServerMaker.server("ps", Deployment.STANDALONE, null);
        List<Attempt> history =
                List.of(new Attempt("a", "ps", NOW.plus(Duration.ofDays(300)), "", List.of("svagents"), Map.of()));
        assertThat(healed(decide(Policy.DEFAULT, List.of(server), List.of(plan(server, "svagents")), history, 0)))
                .hasSize(1);
        assertThat(new FleetGuardRails(Policy.DEFAULT, List.of(server), history, OpenWindows.NONE, NOW).toCome())
                .isEqualTo(history);
    }

    @Test
    void nothingIsBegunOnceTheBrakeWasPulledAndThePlansTellWhy() {
        List<Server> fleet = List.of(ServerMaker.server("ps1", Deployment.STANDALONE, null));
        FleetGuardRails.Decision decision = new FleetGuardRails(Policy.DEFAULT, fleet, List.of(), OpenWindows.NONE, NOW)
                .decide(
                        List.of(plan(fleet.getFirst(), "svagents")),
                        ServerMaker.factsOf(fleet),
                        Set.of(),
                        Optional.of("the file asrdoctor.stop is there"));

        assertThat(healed(decision)).isEmpty();
        assertThat(decision.stopped()).isEqualTo("the file asrdoctor.stop is there");
        assertThat(decision.plans().getFirst().heldBack())
                .extracting(HeldBack::target, HeldBack::guard)
                .containsExactly(tuple("svagents", "kill-switch"));
    }
}
