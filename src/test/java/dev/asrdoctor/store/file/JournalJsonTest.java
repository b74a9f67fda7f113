package dev.asrdoctor.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.store.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalJsonTest {
    private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");
    private static final String REST = ",\"at\":\"2026-11-23T10:00:00Z\",\"attempt\":\"a1\",\"server\":\"ps1\",";

    @Test
    void anIntentTellsWhatIsMeantAndHowItIsTakenBack() {
        JournalEntry.Intent intent = new JournalEntry.Intent(
                AT, "a1", "ps1", List.of("svagents"), Map.of("obengine", "4711"), Map.of("svagents", "stop it"));

        assertThat(JournalJson.of(intent))
                .hasToString("{\"kind\":\"intent\"" + REST + "\"services\":[\"svagents\"],"
                        + "\"takes\":{\"obengine\":\"4711\"},\"undo\":{\"svagents\":\"stop it\"}}");
    }

    @Test
    void anIntentWithNothingToTakeBackSaysNothingOfIt() {
        JournalEntry.Intent intent = new JournalEntry.Intent(AT, "a1", "ps1", List.of("svagents"), Map.of());

        assertThat(JournalJson.of(intent)).hasToString("{\"kind\":\"intent\"" + REST + "\"services\":[\"svagents\"]}");
    }

    @Test
    void outcomesAndSecondLooksTellVerdictAndReasonByService() {
        Map<String, String> results = Map.of("svagents", "VERIFIED: it runs");
        String told = REST + "\"results\":{\"svagents\":\"VERIFIED: it runs\"}}";

        assertThat(JournalJson.of(new JournalEntry.Done(AT, "a1", "ps1", results)))
                .hasToString("{\"kind\":\"outcome\"" + told);
        assertThat(JournalJson.of(new JournalEntry.Looked(AT, "a1", "ps1", results)))
                .hasToString("{\"kind\":\"second-look\"" + told);
    }
}
