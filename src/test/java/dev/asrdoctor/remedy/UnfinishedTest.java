package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.ProxyFacts;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.RemedyMode;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.store.Attempt;
import dev.asrdoctor.store.Journal;
import dev.asrdoctor.store.JournalEntry;
import dev.asrdoctor.store.file.FileJournal;
import dev.asrdoctor.store.file.FileJournals;
import dev.asrdoctor.testing.ServerMaker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedTest {
    private static final Instant AT = ServerMaker.READ_AT.minus(Duration.ofHours(1));
    private static final Policy PROXY = Policy.DEFAULT.with(Remedy.PROXY.setting(), RemedyMode.APPLY);
    private static final Step SET = Step.of(Remedy.PROXY, Step.Action.SET_MARS_PROXY, AlignProxy.MARS, "they differ")
            .change("none", "http://proxy 8080");

    @TempDir
    Path folder;

    private final ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);

    /** What came of the step that sets the proxy. */
    private String set = "VERIFIED: x";

    private static Step restart(long process) {
        return Step.of(Remedy.PROXY, Step.Action.RESTART, "obengine", "it takes it")
                .change(Long.toString(process), "")
                .after(AlignProxy.MARS);
    }

    private List<Attempt> journal(String... ends) throws Exception {
        Path file = Files.createTempDirectory(folder, "journal").resolve("journal.jsonl");
        ServerPlan plan =
                new ServerPlan(ResolvedServer.asSaid(server.server()), List.of(SET, restart(pid())), List.of());
        try (Journal journal = FileJournal.open(file, "a test")) {
            for (int i = 0; i < ends.length; i++) {
                journal.append(plan.intent(AT.plusSeconds(i), "a" + i));
                if (!ends[i].isEmpty()) {
                    journal.append(new JournalEntry.Done(
                            AT.plusSeconds(i), "a" + i, "ps1", Map.of(SET.key(), set, "obengine", ends[i])));
                }
            }
        }
        return new FileJournals(file).attempts();
    }

    private long pid() {
        return server.service("obengine").make().processId();
    }

    private ServerPlan plan(List<Attempt> history) {
        return plan(history, PROXY, "connected");
    }

    /** @param answer of the proxy that was set */
    private ServerPlan plan(List<Attempt> history, Policy policy, String answer) {
        ProxyFacts proxies = new ProxyFacts(
                new ProxyFacts.ProductProxy("http://proxy", "8080", null, null, "False"),
                null,
                new ProxyFacts.MarsProxy(true, "http://proxy", "8080", null),
                null,
                null,
                new ProxyFacts.SystemProxy(false, null, null, null, null),
                List.of(new ConnectionFacts(
                        "product", "proxy", 8080, answer, 0, 3, null, "done", 200L, null, null, null)),
                null);
        Facts facts = server.facts().with(FactArea.PROXY, new Area.Read<>(proxies));
        return RemedyPlanner.plan(ResolvedServer.asSaid(server.server()), facts, policy, Unfinished.of("PS1", history));
    }

    @Test
    void oneWhoseProxyDoesNotAnswerAnyMoreIsToldAndLeftAlone() throws Exception {
        ServerPlan plan = plan(journal(""), PROXY, "timeout");
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.heldBack()).extracting(HeldBack::guard).containsExactly("proxy-dead");
    }

    @Test
    void oneWhoseProxyCouldNotBeReadIsToldAndLeftAlone() throws Exception {
        ServerPlan plan = RemedyPlanner.plan(
                ResolvedServer.asSaid(server.server()), server.facts(), PROXY, Unfinished.of("PS1", journal("")));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.heldBack()).extracting(HeldBack::guard).containsExactly("proxy-unread");
    }

    @Test
    void oneOfAPolicyThatDoesNotLookAtProxiesIsToldAndLeftAlone() throws Exception {
        ServerPlan plan = plan(journal(""), new Policy(PROXY.values(), Set.of("proxy.same"), List.of()), "connected");
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.heldBack()).extracting(HeldBack::guard).containsExactly("check-disabled");
    }

    @Test
    void whatWasNotSetIsNotTaken() throws Exception {
        set = "FAILED: a password belongs to it";
        assertThat(plan(journal("FAILED: it was not tried")).steps()).isEmpty();
        set = "NOT_TRIED: nothing was done";
        assertThat(plan(journal("NOT_TRIED: nothing was done")).steps()).isEmpty();
    }

    @Test
    void whatWasNotSetTheSecondTimeLeavesTheFirstOpen() throws Exception {
        set = "FAILED: it was left alone";
        assertThat(plan(journal("", "FAILED: it was not tried")).keys()).containsExactly("obengine");
    }

    @Test
    void aRestartThatNobodyToldTheEndOfIsPlannedAgainAndTold() throws Exception {
        ServerPlan plan = plan(journal(""));
        assertThat(plan.keys()).containsExactly("obengine");
        assertThat(plan.steps().getFirst().why())
                .contains("it still runs in the process from before its proxy was set at " + AT);
    }

    @Test
    void aRestartThatFailedIsPlannedAgain() throws Exception {
        assertThat(plan(journal("FAILED: error 5")).keys()).containsExactly("obengine");
    }

    @Test
    void oneThatWasVerifiedAtAnyTimeSinceIsNot() throws Exception {
        assertThat(plan(journal("", "VERIFIED: x")).steps()).isEmpty();
    }

    @Test
    void oneThatRunsInAnotherProcessNowIsNot() throws Exception {
        List<Attempt> history = journal("");
        server.service("obengine").processId(pid() + 4L);
        assertThat(plan(history).steps()).isEmpty();
    }

    @Test
    void oneWhoseMachineHasBootedSinceIsNot() throws Exception {
        List<Attempt> history = journal("");
        server.bootedFor(Duration.ofMinutes(30));
        assertThat(plan(history).steps()).isEmpty();
    }

    @Test
    void oneThatMightNotStartAgainIsToldAndLeftAlone() throws Exception {
        List<Attempt> history = journal("");
        server.service("obengine").startType(StartType.DISABLED);
        ServerPlan plan = plan(history);
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.heldBack()).extracting(HeldBack::guard).containsExactly("disabled");
    }

    @Test
    void anotherServersHistorySaysNothing() throws Exception {
        assertThat(Unfinished.of("ps2", journal(""))).isEmpty();
    }
}
