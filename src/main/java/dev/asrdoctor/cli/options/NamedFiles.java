package dev.asrdoctor.cli.options;

import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.file.Places;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files that one command line names: none may take another's place. */
public final class NamedFiles {
    private final Map<Path, String> taken = new HashMap<>();

    /**
     * @param option as it is written on the command line
     * @param file null where it is not given
     * @throws UsageException where another option names the same file
     */
    public NamedFiles add(String option, @Nullable Path file) throws UsageException {
        if (file != null && !Places.isShared(file)) {
            String other = taken.putIfAbsent(Places.place(file), option);
            if (other != null) {
                throw new UsageException(
                        option + " and " + other + " name the same file " + file + ", which can hold only one of them");
            }
        }
        return this;
    }

    /** @throws UsageException where it is known before that nothing can be written there */
    public static void writable(String option, Path file) throws UsageException {
        Optional<String> why = Places.whyNot(file);
        if (why.isPresent()) {
            throw new UsageException(option + " cannot be written: " + why.get());
        }
    }
}
