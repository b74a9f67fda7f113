package dev.asrdoctor.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asrdoctor.remoting.RemotingFailure.ConnectionCut;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionRefused;
import dev.asrdoctor.remoting.RemotingFailure.HttpRefused;
import dev.asrdoctor.remoting.RemotingFailure.LogonFailed;
import dev.asrdoctor.remoting.RemotingFailure.LogonNotKept;
import dev.asrdoctor.remoting.RemotingFailure.NoAnswer;
import dev.asrdoctor.remoting.RemotingFailure.QuotaExceeded;
import dev.asrdoctor.remoting.RemotingFailure.RemoteFault;
import dev.asrdoctor.remoting.RemotingFailure.ServiceUnavailable;
import dev.asrdoctor.remoting.RemotingFailure.ShellGone;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatientRemotingTest {
    private static final Endpoint ENDPOINT =
            new Endpoint("ps01", 5985, false, "/wsman", Endpoint.Scheme.NTLM, false, List.of(), null, true);
    private static final Logon LOGON = Logon.unlimited(new Identity("", "svc", new char[0]));
    private static final Output DONE = new Output(new byte[0], new byte[0], 0, Duration.ZERO);
    private static final Duration AMPLE = Duration.ofMinutes(30);

    private final List<Duration> paused = new ArrayList<>();
    private final List<Wait> waits = new ArrayList<>();
    private int asked;

    @ParameterizedTest
    @ValueSource(
            longs = {
                2150859173L,
                2150859236L,
                2150859238L,
                2150859174L,
                2150859239L,
                2150859240L,
                2150859179L,
                2150859237L,
                2150859175L,
                2150859176L
            })
    void waitsForAQuotaBeforeTheScriptHasBegunWhateverTheScriptDoes(long code) throws Exception {
        QuotaExceeded quota = new QuotaExceeded(Stage.SHELL, code, "");

        assertThat(session(quota, quota).run("'x'", Deadline.after(AMPLE))).isSameAs(DONE);

        assertThat(asked).isEqualTo(3);
        assertThat(waits).extracting(Wait::why).containsExactly(quota, quota);
        assertThat(waits.getFirst().words()).matches("waited [0-9]+\\.[0-9] s (for|because) [a-z' ]+");
    }

    static Stream<RemotingFailure> beforeAnythingBegan() {
        return Stream.of(
                new ServiceUnavailable(Stage.SHELL),
                new RemoteFault(Stage.SHELL, 2150859026L, ""),
                new RemoteFault(Stage.SHELL, 2150858793L, ""),
                new RemoteFault(Stage.SHELL, 2150858843L, ""),
                new RemoteFault(Stage.SHELL, 1460, ""),
                new RemoteFault(Stage.SHELL, 2147943418L, ""),
                new RemoteFault(Stage.SHELL, 1726, ""),
                new RemoteFault(Stage.SHELL, 2147944126L, ""),
                new RemoteFault(Stage.SHELL, 1450, ""),
                new RemoteFault(Stage.SHELL, 14, ""),
                new RemoteFault(Stage.SHELL, 2147942414L, ""),
                new RemoteFault(Stage.SHELL, 0xc0000017L, ""),
                new HttpRefused(Stage.SHELL, 429, null, ""),
                new ConnectionRefused(5985),
                new ConnectionCut(Stage.TCP, 0));
    }

    @ParameterizedTest
    @MethodSource("beforeAnythingBegan")
    void asksAgainWhatHasNotBegun(RemotingFailure failure) throws Exception {
        assertThat(session(failure).run("'x'", Deadline.after(AMPLE))).isSameAs(DONE);
        assertThat(asked).isEqualTo(2);
    }

    static Stream<RemotingFailure> afterTheScriptMayHaveBegun() {
        return Stream.of(
                new ShellGone(Stage.SCRIPT, 2150858843L, ""),
                new ShellGone(Stage.SCRIPT, 995, ""),
                new ShellGone(Stage.SCRIPT, 1223, ""),
                new ConnectionCut(Stage.SCRIPT, 0),
                new ConnectionCut(Stage.SHELL, 0),
                new RemoteFault(Stage.SCRIPT, 2150858793L, ""),
                new RemoteFault(Stage.SCRIPT, 1460, ""),
                new RemoteFault(Stage.SCRIPT, 1726, ""),
                new RemoteFault(Stage.SCRIPT, 1450, ""),
                new RemoteFault(Stage.SCRIPT, 14, ""),
                new RemoteFault(Stage.SCRIPT, 170, ""),
                new HttpRefused(Stage.SCRIPT, 502, null, ""),
                new HttpRefused(Stage.SHELL, 504, null, ""),
                new LogonNotKept(Stage.SCRIPT, "NTLM"),
                new LogonNotKept(Stage.SHELL, "NTLM"),
                new ServiceUnavailable(Stage.SCRIPT),
                new QuotaExceeded(Stage.SCRIPT, 2150859174L, ""));
    }

    @ParameterizedTest
    @MethodSource("afterTheScriptMayHaveBegun")
    void beginsAnewOnlyAScriptThatChangesNothing(RemotingFailure failure) throws Exception {
        assertThat(session(failure).read("'x'", Deadline.after(AMPLE))).isSameAs(DONE);
        assertThat(asked).isEqualTo(2);

        asked = 0;
        assertThatThrownBy(() -> session(failure).run("'x'", Deadline.after(AMPLE)))
                .isInstanceOfSatisfying(
                        RemotingException.class, e -> assertThat(e.failure()).isEqualTo(failure));
        assertThat(asked).isEqualTo(1);
    }

    static Stream<RemotingFailure> lasting() {
        return Stream.of(
                new LogonFailed("svc", "NTLM", false, Optional.empty()),
                new RemoteFault(Stage.SHELL, 2150858817L, ""),
                new RemoteFault(Stage.SCRIPT, 5, ""),
                new RemoteFault(Stage.SHELL, 0x80090322L, ""),
                new RemoteFault(Stage.SHELL, 1311, ""),
                new HttpRefused(Stage.AUTHENTICATION, 502, null, ""),
                new HttpRefused(Stage.SHELL, 400, null, ""),
                new LogonNotKept(Stage.AUTHENTICATION, "NTLM"),
                new NoAnswer(Stage.SCRIPT, Duration.ofSeconds(30)),
                new ConnectionCut(Stage.AUTHENTICATION, 0),
                new ConnectionCut(Stage.HTTP, 0));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void asksOnceWhereAnotherTryWouldEndAlikeOrPresentThePasswordAgain(RemotingFailure failure) {
        assertThatThrownBy(() -> session(failure).read("'x'", Deadline.after(AMPLE)))
                .isInstanceOf(RemotingException.class);
        assertThat(asked).isEqualTo(1);
        assertThat(paused).isEmpty();
    }

    @Test
    void connectsAgainWhereNobodyListensYetButNotAfterALogonWasRefused() throws Exception {
        List<RemotingFailure> failures =
                new ArrayList<>(List.of(new ConnectionRefused(5985), new ConnectionCut(Stage.HTTP, 0)));
        open(failures).close();
        assertThat(failures).isEmpty();
        assertThat(waits).hasSize(2);

        List<RemotingFailure> refused =
                new ArrayList<>(Collections.nCopies(2, new LogonFailed("svc", "NTLM", false, Optional.empty())));
        assertThatThrownBy(() -> open(refused)).isInstanceOf(RemotingException.class);
        assertThat(refused).hasSize(1);
    }

    @Test
    void waitsLongerEachTimeUpToALimitAndASmallNumberOfTimes() {
        RemotingFailure[] full = Collections.nCopies(50, new QuotaExceeded(Stage.SHELL, 2150859173L, ""))
                .toArray(RemotingFailure[]::new);

        assertThatThrownBy(() -> session(full).run("'x'", Deadline.after(AMPLE)))
                .isInstanceOf(RemotingException.class);

        assertThat(paused).hasSize(4);
        long doubled = 2000;
        for (Duration pause : paused) {
            assertThat(pause.toMillis()).isBetween(Math.min(doubled, 30_000) / 2, Math.min(doubled, 30_000));
            doubled *= 2;
        }
    }

    @Test
    void doesNotWaitForWhatTheDeadlineLeavesNoTimeFor() {
        assertThatThrownBy(() -> session(new QuotaExceeded(Stage.SHELL, 2150859173L, ""))
                        .run("'x'", Deadline.after(Duration.ofSeconds(5))))
                .isInstanceOf(RemotingException.class);
        assertThat(paused).isEmpty();
    }

    private Session session(RemotingFailure... failures) throws RemotingException, InterruptedException {
        List<RemotingFailure> left = new ArrayList<>(List.of(failures));
        Session failing = new Session() {
            @Override
            public Output run(String script, Deadline deadline) throws RemotingException {
                asked++;
                if (left.isEmpty()) {
                    return DONE;
                }
                throw new RemotingException(left.removeFirst());
            }

            @Override
            public void close() {}
        };
        return patient((endpoint, logon, deadline) -> failing).open(ENDPOINT, LOGON, Deadline.after(AMPLE));
    }

    private Session open(List<RemotingFailure> failures) throws RemotingException, InterruptedException {
        return patient((endpoint, logon, deadline) -> {
                    if (failures.isEmpty()) {
                        return session();
                    }
                    throw new RemotingException(failures.removeFirst());
                })
                .open(ENDPOINT, LOGON, Deadline.after(AMPLE));
    }

    private Remoting patient(Remoting remoting) {
        return new PatientRemoting(remoting, Patience.DEFAULT, new Random(3), paused::add, waits::add);
    }
}
