package dev.asrdoctor.cli.state;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Places that were named one by one before a fleet had one folder for its state.
 *
 * @param journal named with {@code --journal}: it is written in place of the state's, null where it is not named
 * @param changes named with {@code --changes}: a folder of change windows, or of a state, that counts too; null for none
 */
public record Earlier(@Nullable Path journal, @Nullable Path changes) {
    /** Beside the journal, or where a command was started. */
    static final Path WINDOWS = Path.of("asrdoctor-changes");

    /** Where a command was started. */
    static final Path JOURNAL = Path.of("asrdoctor-journal.jsonl");

    static final Earlier NONE = new Earlier(null, null);

    public static Earlier of(@Nullable Path journal, @Nullable Path changes) {
        return new Earlier(journal, changes);
    }
}
