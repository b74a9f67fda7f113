package dev.asrdoctor.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asrdoctor.connect.Accounts;
import dev.asrdoctor.connect.Connector;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.Redaction;
import dev.asrdoctor.remoting.Remoting;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.testing.ServerMaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetRunTest {
    private static final Accounts ACCOUNTS = Accounts.of(Map.of("fleet", new Identity("", "svc", "x".toCharArray())));

    private final AtomicInteger open = new AtomicInteger();

    @Test
    void keepsOneServersTroubleToItselfAndTheOrderOfTheInventory() throws Exception {
        Remoting remoting = (endpoint, logon, deadline) -> {
            if (endpoint.host().equals("ps3.example.test")) {
                throw new RemotingException(new RemotingFailure.NameNotResolved("ps3"));
            }
            return session();
        };
        List<Outcome<String>> outcomes =
                run(remoting, 10).run(servers(6), (server, session, deadline) -> server.name(), o -> {});

        assertThat(outcomes)
                .extracting(o -> o.server().name())
                .containsExactly("ps0", "ps1", "ps2", "ps3", "ps4", "ps5");
        assertThat(outcomes.get(3)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.trouble().stage()).isEqualTo("name");
            assertThat(failed.trouble().kind()).isEqualTo("name-not-resolved");
        });
        assertThat(outcomes).filteredOn(o -> o instanceof Outcome.Done).hasSize(5);
        assertThat(open).hasValue(0);
    }

    @Test
    void aFaultOfItsOwnOnOneServerIsToldThereAndTheRunGoesOn() throws Exception {
        List<Outcome<String>> outcomes = run((endpoint, logon, deadline) -> session(), 4)
                .run(
                        servers(3),
                        (server, session, deadline) -> {
                            if (server.name().equals("ps1")) {
                                throw new IllegalStateException("odd");
                            }
                            return "";
                        },
                        o -> {});
        assertThat(outcomes).filteredOn(o -> o instanceof Outcome.Done).hasSize(2);
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.trouble().kind()).isEqualTo("own-fault"));
        assertThat(open).hasValue(0);
    }

    @Test
    void asksAgainWhatMayPassAndTellsHowLongItWaited() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Remoting remoting = (endpoint, logon, deadline) -> {
            if (asked.incrementAndGet() == 1 || endpoint.host().equals("ps1.example.test")) {
                throw new RemotingException(new RemotingFailure.ConnectionRefused(5985));
            }
            return session();
        };
        List<Outcome<String>> outcomes = new ArrayList<>();
        for (Server server : servers(2)) {
            Connector connector =
                    new Connector(transport -> remoting, ACCOUNTS, new Redaction(), 2, new Random(1), time -> {});
            outcomes.addAll(new FleetRun(connector, new FleetLimits(1, Duration.ofSeconds(30), Duration.ZERO))
                    .run(List.of(server), (visited, session, deadline) -> "read", o -> {}));
        }
        assertThat(outcomes.get(0))
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat((List<?>) done.waits())
                                .singleElement()
                                .asString()
                                .contains("ConnectionRefused"));
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.trouble().message())
                                .matches("port 5985 refuses connections \\(asked 3 times, waited [0-9]+ s\\)"));
        assertThat(open).hasValue(0);
    }

    @Test
    void neverVisitsMoreServersAtOnceThanTheLimit() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(4);
        run((endpoint, logon, deadline) -> session(), 4)
                .run(
                        servers(60),
                        (server, session, deadline) -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            full.countDown();
                            full.await();
                            now.decrementAndGet();
                            return "";
                        },
                        o -> {});
        assertThat(most).hasValue(4);
    }

    /** Those that still wait for their beginning when the last server is done are not waited for. */
    @Test
    void visitsBeginOneAfterTheOther() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Connector connector = new Connector(
                transport -> (endpoint, logon, deadline) -> session(), ACCOUNTS, new Redaction(), 2, new Random(1));
        List<Outcome<String>> outcomes = new FleetRun(
                        connector, new FleetLimits(3, Duration.ofSeconds(30), Duration.ofHours(1)))
                .run(
                        servers(3),
                        (server, session, deadline) -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            now.decrementAndGet();
                            return "read";
                        },
                        o -> {});
        assertThat(outcomes).hasSize(3).allMatch(outcome -> outcome instanceof Outcome.Done);
        assertThat(most).hasValue(1);
    }

    @Test
    void tellsEachServersEndOnce() throws Exception {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        run((endpoint, logon, deadline) -> session(), 7)
                .run(
                        servers(50),
                        (server, session, deadline) -> 1,
                        o -> told.add(o.server().name()));
        assertThat(told).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void anInterruptStopsEveryVisitAndWaitsForItsCleanUp() throws Exception {
        CountDownLatch started = new CountDownLatch(20);
        AtomicInteger cleaned = new AtomicInteger();
        List<Outcome<String>> outcomes = new ArrayList<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread runner = Thread.ofVirtual().unstarted(() -> {
            outcomes.addAll(run((endpoint, logon, deadline) -> session(), 20)
                    .run(
                            servers(22),
                            (server, session, deadline) -> {
                                if (server.name().equals("ps0")) {
                                    return "read";
                                }
                                started.countDown();
                                try {
                                    new CountDownLatch(1).await();
                                } finally {
                                    cleaned.incrementAndGet();
                                }
                                return "";
                            },
                            o -> {}));
            flag.set(Thread.interrupted());
        });
        runner.start();
        started.await();
        runner.interrupt();
        runner.join();
        assertThat(cleaned).hasValue(20);
        assertThat(open).hasValue(0);
        assertThat(flag).isTrue();
        assertThat(outcomes).hasSize(22);
        assertThat(outcomes.get(0)).isEqualTo(new Outcome.Done<>(servers(1).getFirst(), "read"));
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        waited -> assertThat(waited.trouble().waitedFor()).isTrue());
        assertThat(outcomes.get(21))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        unasked -> assertThat(unasked.trouble().notBegun()).isTrue());
    }

    @Test
    void memoryThatRunsOutEndsTheWholeRun() {
        CountDownLatch never = new CountDownLatch(1);
        assertThatThrownBy(() -> run((endpoint, logon, deadline) -> session(), 20)
                        .run(
                                servers(20),
                                (server, session, deadline) -> {
                                    if (server.name().equals("ps7")) {
                                        throw new OutOfMemoryError("Java heap space");
                                    }
                                    never.await();
                                    return "";
                                },
                                o -> {}))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(open).hasValue(0);
    }

    @Test
    void anAnswerThatOverrunsTheStackIsThatServersTrouble() {
        List<Outcome<String>> outcomes = run((endpoint, logon, deadline) -> session(), 2)
                .run(
                        servers(2),
                        (server, session, deadline) -> {
                            if (server.name().equals("ps0")) {
                                throw new StackOverflowError();
                            }
                            return "read";
                        },
                        o -> {});
        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Failed.class);
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Done.class);
    }

    private static FleetRun run(Remoting remoting, int concurrency) {
        return new FleetRun(
                new Connector(transport -> remoting, ACCOUNTS, new Redaction(), 2, new Random(1)),
                new FleetLimits(concurrency, Duration.ofSeconds(30), Duration.ofMillis(5)));
    }

    private Session session() {
        open.incrementAndGet();
        return new Session() {
            @Override
            public Output run(String script, Deadline deadline) {
                throw new AssertionError("not asked");
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }

    private static List<Server> servers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ServerMaker.server("ps" + i, Deployment.STANDALONE))
                .toList();
    }
}
