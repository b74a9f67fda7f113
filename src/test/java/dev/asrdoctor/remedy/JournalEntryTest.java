package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.inventory.Deployment;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.testing.ServerMaker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalEntryTest {
    private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");
    private static final Step START = new Step(Step.Action.START, "svagents", "svagents", "it is down");
    private static final Step TYPE = Step.of(
                    Remedy.SET_START_TYPE, Step.Action.SET_START_TYPE, "tmansvc", "it is manual")
            .change("manual", "automatic");
    private static final Step TAKES = Step.of(Remedy.PROXY, Step.Action.RESTART, "obengine", "it takes it")
            .change("4711", "")
            .after(AlignProxy.MARS);

    private static JournalEntry.Intent intent(Step... steps) {
        ServerPlan plan = new ServerPlan(
                ResolvedServer.asSaid(ServerMaker.server("ps1", Deployment.STANDALONE)), List.of(steps), List.of());
        return JournalEntry.Intent.of(AT, "a1", plan);
    }

    @Test
    void anIntentTellsHowAPersonTakesBackWhatCanBeTakenBack() {
        assertThat(intent(START, TYPE).toJson())
                .hasToString(
                        "{\"kind\":\"intent\",\"at\":\"2026-11-23T10:00:00Z\",\"attempt\":\"a1\",\"server\":\"ps1\","
                                + "\"services\":[\"svagents\",\"set-start-type tmansvc\"],"
                                + "\"undo\":{\"set-start-type tmansvc\":\"sc.exe config \\\"tmansvc\\\" start= demand\"}}");
    }

    @Test
    void anIntentTellsWhichProcessARestartIsToReplace() {
        assertThat(intent(TAKES).toJson().path("takes")).hasToString("{\"obengine\":\"4711\"}");
    }

    @Test
    void anIntentTellsNothingOfTheKindForWhatIsOnlyRehearsed() {
        assertThat(intent(START, TYPE.rehearsed(), TAKES.rehearsed()).toJson())
                .hasToString(
                        "{\"kind\":\"intent\",\"at\":\"2026-11-23T10:00:00Z\",\"attempt\":\"a1\",\"server\":\"ps1\","
                                + "\"services\":[\"svagents\"]}");
    }

    @Test
    void outcomesAndSecondLooksTellVerdictAndReasonByService() {
        Map<String, String> results = Map.of("svagents", "VERIFIED: it runs");

        assertThat(new JournalEntry.Done(AT, "a1", "ps1", results).toJson())
                .hasToString(
                        "{\"kind\":\"outcome\",\"at\":\"2026-11-23T10:00:00Z\",\"attempt\":\"a1\",\"server\":\"ps1\","
                                + "\"results\":{\"svagents\":\"VERIFIED: it runs\"}}");
        assertThat(new JournalEntry.Looked(AT, "a1", "ps1", results).toJson())
                .hasToString("{\"kind\":\"second-look\",\"at\":\"2026-11-23T10:00:00Z\",\"attempt\":\"a1\","
                        + "\"server\":\"ps1\",\"results\":{\"svagents\":\"VERIFIED: it runs\"}}");
    }
}
