package dev.asrdoctor.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.RemotingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LogonGateTest {
    private static final int ALLOWED = 2;
    private final LogonGate gate =
            new LogonGate("fleet", new Identity("CONTOSO", "svc", "secret".toCharArray()), ALLOWED);

    @Test
    void presentsAWrongPasswordToNoMoreServersThanAllowedHoweverManyAreWaiting() throws Exception {
        AtomicInteger presented = new AtomicInteger();
        AtomicInteger heldBack = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 300; i++) {
                Logon logon = gate.forServer("ps" + i);
                threads.submit(() -> {
                    try {
                        logon.begin();
                        presented.incrementAndGet();
                        Thread.yield();
                        logon.refused();
                    } catch (RemotingException e) {
                        heldBack.incrementAndGet();
                    }
                    return null;
                });
            }
        }
        assertThat(presented).hasValue(ALLOWED);
        assertThat(heldBack).hasValue(300 - ALLOWED);
    }

    @Test
    void letsEverybodyThroughAtOnceWhenAServerHasAcceptedTheCredential() throws Exception {
        Logon first = gate.forServer("ps1");
        first.begin();
        first.accepted();
        CountDownLatch allInside = new CountDownLatch(100);
        List<Future<?>> visits = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                Logon logon = gate.forServer("ps" + i);
                visits.add(threads.submit(() -> {
                    logon.begin();
                    allInside.countDown();
                    allInside.await();
                    logon.accepted();
                    return null;
                }));
            }
        }
        for (Future<?> visit : visits) {
            visit.get();
        }
        assertThat(allInside.getCount()).isZero();
    }

    @Test
    void namesTheServersThatRefusedAndNeverThePassword() throws Exception {
        for (String server : List.of("ps1", "ps2")) {
            Logon logon = gate.forServer(server);
            logon.begin();
            logon.refused();
        }
        assertThatThrownBy(() -> gate.forServer("ps3").begin())
                .isInstanceOf(RemotingException.class)
                .hasMessageContaining("refused by ps1, ps2")
                .hasMessageContaining("CONTOSO\\svc")
                .hasMessageNotContaining("secret");
    }

    @Test
    void serversThatSayNothingForLongDoNotHoldUpTheOthers() throws Exception {
        AtomicLong now = new AtomicLong();
        LogonGate patient = new LogonGate("fleet", new Identity("", "svc", "x".toCharArray()), ALLOWED, now::get);
        patient.forServer("silent1").begin();
        patient.forServer("silent2").begin();
        now.addAndGet(Duration.ofSeconds(6).toNanos());
        assertThat(patient.forServer("ps1").begin().user()).isEqualTo("svc");
    }

    @Test
    void anAcceptanceBetweenRefusalsKeepsTheCredentialInUse() throws Exception {
        for (int round = 0; round < 10; round++) {
            Logon refused = gate.forServer("odd");
            refused.begin();
            refused.refused();
            Logon accepted = gate.forServer("even");
            accepted.begin();
            accepted.accepted();
        }
        assertThat(gate.forServer("last").begin().user()).isEqualTo("svc");
    }

    @Test
    void anAcceptanceThatWasUnderWayWhenTheGateClosedDoesNotOpenItAgain() throws Exception {
        Logon proven = gate.forServer("proven");
        proven.begin();
        proven.accepted();
        Logon late = gate.forServer("late");
        late.begin();
        for (String server : List.of("ps1", "ps2")) {
            Logon logon = gate.forServer(server);
            logon.begin();
            logon.refused();
        }
        late.accepted();

        assertThatThrownBy(() -> gate.forServer("ps3").begin())
                .isInstanceOf(RemotingException.class)
                .hasMessageContaining("refused by ps1, ps2");
    }

    @Test
    void aServerThatRefusedInAsManyVisitsAsServersMayIsAskedNoMore() throws Exception {
        take(gate, "ps1", Logon::accepted);
        for (int visit = 0; visit < ALLOWED; visit++) {
            take(gate, "starting", Logon::refused);
            gate.visitBegins();
        }

        assertThatThrownBy(() -> gate.forServer("starting").begin())
                .isInstanceOf(RemotingException.class)
                .hasMessageContaining("refused by starting");
        take(gate, "ps1", Logon::accepted);
    }

    @Test
    void aRefusalCountsForTheVisitInWhichItWasGivenOnly() throws Exception {
        take(gate, "ps1", Logon::accepted);
        take(gate, "starting", Logon::refused);
        for (int visit = 0; visit < 10; visit++) {
            gate.visitBegins();
        }

        take(gate, "starting", Logon::accepted);
    }

    @Test
    void aPasswordThatNobodyHasAcceptedStaysRefusedInTheNextVisit() throws Exception {
        take(gate, "ps1", Logon::refused);
        take(gate, "ps2", Logon::refused);
        gate.visitBegins();

        assertThatThrownBy(() -> gate.forServer("ps3").begin())
                .isInstanceOf(RemotingException.class)
                .hasMessageContaining("refused by ps1, ps2");
    }

    @Test
    void aPasswordThatWasAcceptedOnceIsTriedAfreshInTheNextVisit() throws Exception {
        take(gate, "ps0", Logon::accepted);
        take(gate, "ps1", Logon::refused);
        take(gate, "ps2", Logon::refused);
        gate.visitBegins();

        assertThat(waits(gate, "ps3")).isFalse();
    }

    @Test
    void anAcceptanceOfAnEarlierVisitProvesNothingInTheNext() throws Exception {
        take(gate, "ps0", Logon::accepted);
        gate.visitBegins();
        gate.forServer("ps1").begin();
        gate.forServer("ps2").begin();

        assertThat(waits(gate, "ps3")).isTrue();
    }

    @Test
    void whoIsUndecidedCountsWithThoseThatRefused() throws Exception {
        take(gate, "ps1", Logon::refused);
        gate.forServer("ps2").begin();

        assertThat(waits(gate, "ps3")).isTrue();
    }

    @Test
    void whoSaysNothingForFiveSecondsIsWaitedForNoLonger() throws Exception {
        AtomicLong now = new AtomicLong(Duration.ofDays(1).toNanos());
        LogonGate patient = new LogonGate("fleet", new Identity("", "svc", "x".toCharArray()), 1, now::get);
        patient.forServer("silent").begin();

        now.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
        assertThat(waits(patient, "ps1")).isTrue();
        now.addAndGet(1);
        assertThat(waits(patient, "ps1")).isFalse();
    }

    private static void take(LogonGate gate, String server, Consumer<Logon> verdict) throws Exception {
        Logon logon = gate.forServer(server);
        logon.begin();
        verdict.accept(logon);
    }

    /** Whether an attempt there has to wait; it is given up then. */
    private static boolean waits(LogonGate gate, String server) throws Exception {
        Thread attempt = new Thread(() -> {
            try {
                gate.forServer(server).begin();
            } catch (RemotingException | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        attempt.start();
        while (attempt.getState() != Thread.State.TIMED_WAITING && attempt.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
        }
        boolean waits = attempt.getState() == Thread.State.TIMED_WAITING;
        attempt.interrupt();
        attempt.join();
        return waits;
    }

    @RepeatedTest(50)
    void neverHasMoreAttemptsUnprovenThanRefusalsAllowed(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Logon> inFlight = new ArrayList<>();
        int refusalsInARow = 0;
        boolean proven = false;
        for (int step = 0; step < 200 && refusalsInARow < ALLOWED; step++) {
            boolean enter = inFlight.isEmpty() || random.nextBoolean();
            if (enter && (proven || inFlight.size() + refusalsInARow < ALLOWED)) {
                Logon logon = gate.forServer("s" + step);
                logon.begin();
                inFlight.add(logon);
            } else if (!inFlight.isEmpty()) {
                Logon logon = inFlight.remove(random.nextInt(inFlight.size()));
                switch (random.nextInt(3)) {
                    case 0 -> {
                        logon.accepted();
                        proven = true;
                        refusalsInARow = 0;
                    }
                    case 1 -> {
                        logon.refused();
                        proven = false;
                        refusalsInARow++;
                    }
                    default -> logon.abandoned();
                }
            }
        }
        if (refusalsInARow >= ALLOWED) {
            assertThatThrownBy(() -> gate.forServer("late").begin()).isInstanceOf(RemotingException.class);
        } else if (proven) {
            assertThat(gate.forServer("late").begin()).isNotNull();
        }
    }
}
