package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.TimeWindow;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.store.Attempt;
import dev.asrdoctor.testing.ServerMaker;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.TestInstance;

/**
 * Random fleets that fall ill, are healed or not, and are looked at again and again over days in which clocks change: whatever
 * is begun is held against the rails as a person would read them, written down here once more in another way.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardRailsModelTest {
    /** Two nights before clocks change somewhere. */
    private static final List<Instant> EVES = List.of(
            Instant.parse("2026-03-07T06:00:00Z"),
            Instant.parse("2026-03-28T00:00:00Z"),
            Instant.parse("2026-10-24T00:00:00Z"),
            Instant.parse("2026-10-31T06:00:00Z"));

    private static final List<String> ZONES =
            List.of("Europe/Paris", "America/New_York", "Australia/Lord_Howe", "UTC", "Asia/Tokyo");
    private static final List<String> SERVICES = List.of("tmansvc", "svagents", "obengine");
    private static final String AGENT = "obengine";
    private static final List<String> ENDS = List.of("VERIFIED", "VERIFIED", "FAILED", "STOPPED_AGAIN", "NO_EFFECT");

    private int begun;
    private int heldByTime;
    private int stopped;

    private final List<Server> fleet = new ArrayList<>();
    private final List<Attempt> journal = new ArrayList<>();

    /** A daily or weekly time, as the policy says it and as it is checked here. */
    private record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime until, ZoneId zone) {
        private static Hours random(Random random) {
            List<DayOfWeek> all = new ArrayList<>(EnumSet.allOf(DayOfWeek.class));
            DayOfWeek first = all.get(random.nextInt(7));
            Set<DayOfWeek> days = random.nextBoolean()
                    ? EnumSet.allOf(DayOfWeek.class)
                    : EnumSet.of(first, first.plus(1), first.plus(2));
            return new Hours(
                    days,
                    LocalTime.of(random.nextInt(24), random.nextInt(60)),
                    LocalTime.of(random.nextInt(24), random.nextInt(60)),
                    ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))));
        }

        private TimeWindow window() {
            String names = days.stream()
                    .map(day -> day.name().substring(0, 3).toLowerCase(java.util.Locale.ROOT))
                    .collect(Collectors.joining(","));
            return TimeWindow.parse(names + " " + from + "-" + until + " " + zone);
        }

        /** By laying out each day's span on the wall's calendar. */
        private boolean covers(Instant moment) {
            LocalDateTime wall = LocalDateTime.ofInstant(moment, zone);
            for (LocalDate day = wall.toLocalDate().minusDays(1);
                    !day.isAfter(wall.toLocalDate());
                    day = day.plusDays(1)) {
                LocalDateTime begins = day.atTime(from);
                LocalDateTime ends = (until.isAfter(from) ? day : day.plusDays(1)).atTime(until);
                if (days.contains(day.getDayOfWeek()) && !wall.isBefore(begins) && wall.isBefore(ends)) {
                    return true;
                }
            }
            return false;
        }
    }

    @RepeatedTest(150)
    void nothingIsBegunThatARailForbids(RepetitionInfo repetition) {
        Random random = new Random(1000 + repetition.getCurrentRepetition());
        fleet.clear();
        journal.clear();
        int size = 1 + random.nextInt(40);
        Deployment[] kinds = {Deployment.STANDALONE, Deployment.CONFIGURATION_SERVER, Deployment.SOURCE_MACHINE};
        for (int i = 0; i < size; i++) {
            fleet.add(ServerMaker.server(
                    "s" + i, kinds[random.nextInt(3)], random.nextInt(5) == 0 ? null : "site" + i % 4));
        }
        List<Hours> allowed = random.nextInt(3) == 0 ? List.of() : List.of(Hours.random(random), Hours.random(random));
        List<Hours> blackouts = random.nextBoolean() ? List.of() : List.of(Hours.random(random));
        Policy policy = policy(random, allowed, blackouts);
        Set<String> ill = new HashSet<>();
        Instant now = EVES.get(random.nextInt(EVES.size()));
        for (int run = 0; run < 60; run++) {
            now = now.plus(Duration.ofMinutes(1 + random.nextInt(180)));
            for (Server server : fleet) {
                if (random.nextInt(25) == 0) {
                    ill.add(server.name() + " " + SERVICES.get(random.nextInt(3)));
                }
            }
            now = runOnce(random, policy, ill, allowed, blackouts, now);
        }
    }

    @AfterAll
    void theModelReachedWhatItIsFor() {
        assertThat(begun).isGreaterThan(1000);
        assertThat(heldByTime).isGreaterThan(30);
        assertThat(stopped).isGreaterThan(100);
    }

    private static Policy policy(Random random, List<Hours> allowed, List<Hours> blackouts) {
        return Policy.DEFAULT
                .with(RailLimits.HEALED_SERVERS, 1 + random.nextInt(8))
                .with(RailLimits.HEALED_OF_FLEET, 10 + random.nextInt(91))
                .with(RailLimits.HEALED_OF_SITE, 10 + random.nextInt(91))
                .with(RailLimits.HEALED_OF_DEPLOYMENT, 10 + random.nextInt(91))
                .with(RailLimits.UNHEALTHY_STOPS, 20 + random.nextInt(81))
                .with(RailLimits.FAILURES_STOP, random.nextInt(4))
                .with(RailLimits.RESTARTS, 1 + random.nextInt(4))
                .with(RailLimits.RESTART_WINDOW, Duration.ofHours(1 + random.nextInt(8)))
                .with(RailLimits.BACK_OFF, Duration.ofMinutes(random.nextInt(60)))
                .with(RailLimits.ALLOWED, allowed.stream().map(Hours::window).toList())
                .with(
                        RailLimits.BLACKOUTS,
                        blackouts.stream().map(Hours::window).toList())
                .with(RailLimits.NOT_TOGETHER, Set.of("s0 s1", "s2 s3 s4"));
    }

    /** @return when it ended */
    private Instant runOnce(
            Random random, Policy policy, Set<String> ill, List<Hours> allowed, List<Hours> blackouts, Instant begins) {
        Set<String> unread = new TreeSet<>();
        List<ServerPlan> planned = new ArrayList<>();
        for (Server server : fleet) {
            if (random.nextInt(40) == 0) {
                unread.add(server.name());
                continue;
            }
            planned.add(plan(server, ill));
        }
        Map<String, List<OpenWindows.Hold>> windows = new HashMap<>();
        for (Server server : fleet) {
            if (random.nextInt(12) == 0) {
                windows.put(
                        server.name(),
                        List.of(new OpenWindows.Hold("CHG1", begins.plus(Duration.ofMinutes(random.nextInt(90))))));
            }
        }
        AtomicReference<Instant> clock = new AtomicReference<>(begins);
        Instant until = random.nextBoolean() ? null : begins.plus(Duration.ofMinutes(30));
        RunBrake brake = new RunBrake(policy, clock::get, until, at -> open(windows, at));
        FleetGuardRails.Decision decision = new FleetGuardRails(
                        policy, fleet, List.copyOf(journal), open(windows, begins), begins)
                .decide(planned, ServerMaker.factsOf(fleet), unread, brake.pulled());

        for (int i = 0; i < planned.size(); i++) {
            List<String> told = new ArrayList<>(decision.plans().get(i).keys());
            decision.plans().get(i).heldBack().forEach(held -> told.add(held.target()));
            assertThat(told)
                    .as("nothing is forgotten")
                    .containsExactlyInAnyOrderElementsOf(planned.get(i).keys());
        }
        long sick = unread.size()
                + planned.stream().filter(plan -> !plan.steps().isEmpty()).count();
        boolean tooMany =
                fleet.size() >= 5 && sick * 100 > (long) fleet.size() * policy.get(RailLimits.UNHEALTHY_STOPS);
        List<Server> healed = new ArrayList<>();
        int failuresInARow = 0;
        boolean pulled = false;
        for (ServerPlan plan : decision.plans()) {
            if (plan.steps().isEmpty()) {
                continue;
            }
            Instant now = clock.updateAndGet(at -> at.plus(Duration.ofMinutes(random.nextInt(12))));
            ServerPlan left = brake.before(
                    plan, ServerMaker.healthy(Deployment.STANDALONE).facts());
            heldByTime += left.heldBack().stream()
                            .anyMatch(held -> Set.of("window", "blackout").contains(held.guard()))
                    ? 1
                    : 0;
            if (left.steps().isEmpty()) {
                continue;
            }
            Server server = plan.server().said();
            assertThat(tooMany).as("most of the fleet is down").isFalse();
            assertThat(pulled).as("servers in a row were not healed").isFalse();
            assertThat(until == null || now.isBefore(until))
                    .as("the run is over")
                    .isTrue();
            assertThat(allowed.isEmpty() || allowed.stream().anyMatch(hours -> hours.covers(now)))
                    .as(now + " in " + allowed)
                    .isTrue();
            assertThat(blackouts).as(now.toString()).noneMatch(hours -> hours.covers(now));
            assertThat(windows.getOrDefault(server.name(), List.of()))
                    .as(server.name() + " is in a change window at " + now)
                    .noneMatch(hold -> now.isBefore(hold.until()));
            for (Step step : left.steps()) {
                withinBudget(server, step, policy, begins);
                if (step.action() == Step.Action.RESTART) {
                    assertThat(partners(server))
                            .as("a partner is down")
                            .noneMatch(name -> unread.contains(name) || isIll(ill, name));
                }
            }
            healed.add(server);
            begun++;
            boolean failed = ended(random, left, ill, now);
            failuresInARow = failed ? failuresInARow + 1 : 0;
            int most = policy.get(RailLimits.FAILURES_STOP);
            pulled |= most > 0 && failuresInARow >= most;
            brake.ended(!failed);
        }
        stopped += decision.stopped() == null ? 0 : 1;
        withinCaps(healed, policy);
        return clock.get();
    }

    private static OpenWindows open(Map<String, List<OpenWindows.Hold>> windows, Instant at) {
        Map<String, List<OpenWindows.Hold>> open = new HashMap<>(windows);
        open.values().removeIf(holds -> holds.stream().noneMatch(hold -> at.isBefore(hold.until())));
        return new OpenWindows(open);
    }

    private static boolean isIll(Set<String> ill, String name) {
        return ill.stream().anyMatch(one -> one.startsWith(name + " "));
    }

    private static ServerPlan plan(Server server, Set<String> ill) {
        List<Step> steps = new ArrayList<>();
        for (String service : SERVICES) {
            if (ill.contains(server.name() + " " + service)) {
                steps.add(
                        service.equals(AGENT)
                                ? Step.of(Remedy.RESTART_AGENT, Step.Action.RESTART, service, "it is silent")
                                        .change("4", "")
                                : new Step(Step.Action.START, service, service, "it is down"));
            }
        }
        return new ServerPlan(ResolvedServer.asSaid(server), steps, List.of());
    }

    private boolean ended(Random random, ServerPlan plan, Set<String> ill, Instant now) {
        Map<String, String> results = new HashMap<>();
        boolean untold = random.nextInt(10) == 0;
        boolean failed = false;
        for (Step step : plan.steps()) {
            String end = ENDS.get(random.nextInt(ENDS.size()));
            failed |= !end.equals("VERIFIED");
            results.put(step.key(), end + ": x");
            if (end.equals("VERIFIED")) {
                ill.remove(plan.server().name() + " " + step.target());
            }
        }
        journal.add(new Attempt(
                "a" + journal.size(),
                plan.server().name(),
                now,
                "",
                plan.keys(),
                untold ? Map.of() : Map.copyOf(results)));
        return failed;
    }

    /** Counted from the journal alone, newest first. */
    private void withinBudget(Server server, Step step, Policy policy, Instant now) {
        Duration window = policy.get(RailLimits.RESTART_WINDOW);
        int tries = 0;
        int failures = 0;
        boolean seenGood = false;
        Instant last = null;
        for (Attempt attempt : journal.reversed()) {
            if (!attempt.server().equals(server.name())
                    || !attempt.services().contains(step.key())
                    || Duration.between(attempt.at(), now).compareTo(window) >= 0) {
                continue;
            }
            String end = attempt.results().getOrDefault(step.key(), "");
            if (last == null) {
                assertThat(end).as("what had no effect is not done again").doesNotStartWith("NO_EFFECT");
                last = attempt.at();
            }
            seenGood |= end.startsWith("VERIFIED");
            failures += seenGood ? 0 : 1;
            tries++;
        }
        assertThat(tries).as("tries in " + window).isLessThan(policy.get(RailLimits.RESTARTS));
        if (failures > 0 && last != null) {
            Duration pause = policy.get(RailLimits.BACK_OFF).multipliedBy((long) Math.pow(2, failures - 1));
            assertThat(Duration.between(last, now)).isGreaterThanOrEqualTo(pause);
        }
    }

    private void withinCaps(List<Server> healed, Policy policy) {
        assertThat(healed).hasSizeLessThanOrEqualTo(policy.get(RailLimits.HEALED_SERVERS));
        share(healed.size(), fleet.size(), policy.get(RailLimits.HEALED_OF_FLEET));
        for (Server server : healed) {
            share(
                    count(healed, other -> other.deployment() == server.deployment()),
                    count(fleet, other -> other.deployment() == server.deployment()),
                    policy.get(RailLimits.HEALED_OF_DEPLOYMENT));
            if (server.site() != null) {
                share(
                        count(healed, other -> server.site().equals(other.site())),
                        count(fleet, other -> server.site().equals(other.site())),
                        policy.get(RailLimits.HEALED_OF_SITE));
            }
            assertThat(partners(server))
                    .noneMatch(name -> count(healed, other -> other.name().equals(name)) > 0);
        }
    }

    private static void share(int part, int whole, int percent) {
        assertThat(part == 1 || part * 100 <= whole * percent)
                .as(part + " of " + whole + ", at most " + percent + " %")
                .isTrue();
    }

    private static int count(List<Server> servers, java.util.function.Predicate<Server> which) {
        return (int) servers.stream().filter(which).count();
    }

    private static Set<String> partners(Server server) {
        Set<String> partners = new TreeSet<>();
        for (Set<String> set : List.of(Set.of("s0", "s1"), Set.of("s2", "s3", "s4"))) {
            if (set.contains(server.name())) {
                partners.addAll(set);
            }
        }
        partners.remove(server.name());
        return partners;
    }
}
