package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.store.JournalEntry;
import dev.asrdoctor.testing.ServerMaker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerPlanTest {
    private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");
    private static final Step START = new Step(Step.Action.START, "svagents", "svagents", "it is down");
    private static final Step TYPE = Step.of(
                    Remedy.SET_START_TYPE, Step.Action.SET_START_TYPE, "tmansvc", "it is manual")
            .change("manual", "automatic");
    private static final Step TAKES = Step.of(Remedy.PROXY, Step.Action.RESTART, "obengine", "it takes it")
            .change("4711", "")
            .after(AlignProxy.MARS);

    private static JournalEntry.Intent intent(Step... steps) {
        return new ServerPlan(
                        ResolvedServer.asSaid(ServerMaker.server("ps1", Deployment.STANDALONE)),
                        List.of(steps),
                        List.of())
                .intent(AT, "a1");
    }

    @Test
    void anIntentTellsHowAPersonTakesBackWhatCanBeTakenBack() {
        assertThat(intent(START, TYPE))
                .isEqualTo(new JournalEntry.Intent(
                        AT,
                        "a1",
                        "ps1",
                        List.of("svagents", "set-start-type tmansvc"),
                        Map.of(),
                        Map.of("set-start-type tmansvc", "sc.exe config \"tmansvc\" start= demand")));
    }

    @Test
    void anIntentTellsWhichProcessARestartIsToReplace() {
        assertThat(intent(TAKES).takes()).isEqualTo(Map.of("obengine", "4711"));
    }

    @Test
    void anIntentTellsNothingOfTheKindForWhatIsOnlyRehearsed() {
        assertThat(intent(START, TYPE.rehearsed(), TAKES.rehearsed()))
                .isEqualTo(new JournalEntry.Intent(AT, "a1", "ps1", List.of("svagents"), Map.of(), Map.of()));
    }
}
