package dev.asrdoctor.store;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A fleet's change windows. Whatever is written is whole and lasts when a method returns. */
public interface Windows {
    String BASELINE = "baseline";
    /** Beside the facts: the differences that were declared then. */
    String EXPECTED = "expected.yaml";
    /** Beside the facts: the policy that they were judged by. */
    String POLICY = "policy.yaml";

    Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    Pattern WINDOWS_DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com.|lpt.)(\\..*)?");

    /** Whether folders can be named by it on every system. */
    static boolean isId(String id) {
        return ID.matcher(id).matches()
                && !id.endsWith(".")
                && !WINDOWS_DEVICE.matcher(id).matches();
    }

    /** The evidence of a verification. */
    static String after(int number) {
        return "after-" + number;
    }

    /** What a window's lease is called, upper and lower case alike. */
    static String lease(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    /** For people. */
    String place();

    /**
     * What is kept.
     *
     * @param windows by the time they were opened
     * @param unusable a line for each that cannot be read
     */
    record Contents(List<Window> windows, List<String> unusable) {
        public Contents {
            windows = List.copyOf(windows);
            unusable = List.copyOf(unusable);
        }
    }

    /**
     * Every window, and which cannot be read; nothing where none was ever opened.
     *
     * @throws StoreException where nobody can tell which there are
     */
    Contents contents() throws StoreException;

    /**
     * Every window, by the time it was opened; none where none was ever opened.
     *
     * @throws StoreException where one cannot be read, so that nobody takes it for none
     */
    default List<Window> all() throws StoreException {
        Contents contents = contents();
        if (!contents.unusable().isEmpty()) {
            throw new StoreException(contents.unusable().getFirst());
        }
        return contents.windows();
    }

    /**
     * The window with that id, upper and lower case alike.
     *
     * @throws StoreException where there is one that cannot be read
     */
    Optional<Window> find(String id) throws StoreException;

    void save(Window window) throws StoreException;

    /** Takes everything of a window away; until all of it is gone, what is left is known for what it is. */
    void delete(Window window) throws StoreException;

    /** @param name {@link #BASELINE} or {@link #after} */
    Evidence evidence(Window window, String name) throws StoreException;

    /**
     * Takes the window, so that nobody else works on it.
     *
     * @throws StoreException when another asrdoctor works on it at this moment, or nobody can tell
     */
    Leases.Lease take(String id) throws StoreException;
}
