package dev.asrdoctor.change;

import dev.asrdoctor.store.StoreException;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.store.Windows;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which servers are in a change window that is open now, and so are left alone by whatever would heal them.
 *
 * @param byServer by the server's name in lower case, every open window that names it, the one that lasts longest first
 */
public record OpenWindows(Map<String, List<Hold>> byServer) {
    public static final OpenWindows NONE = new OpenWindows(Map.of());

    /**
     * @param change the window's id
     * @param openedBy as user at machine, empty where nobody is named
     */
    public record Hold(String change, Instant until, String openedBy) {
        public Hold(String change, Instant until) {
            this(change, until, "");
        }
    }

    public OpenWindows {
        Map<String, List<Hold>> holds = new LinkedHashMap<>();
        byServer.forEach((server, list) -> holds.merge(server.toLowerCase(Locale.ROOT), list, OpenWindows::both));
        byServer = Map.copyOf(holds);
    }

    /**
     * Those that are kept, as they stand.
     *
     * @throws StoreException where a window cannot be read: then nobody knows which servers are to be left alone
     */
    public static OpenWindows read(Windows windows, Instant now) throws StoreException {
        return of(windows.all(), now);
    }

    public static OpenWindows of(List<Window> windows, Instant now) {
        Map<String, List<Hold>> byServer = new LinkedHashMap<>();
        windows.stream()
                .filter(window -> window.holds(now))
                .sorted(Comparator.comparing(Window::until).reversed().thenComparing(Window::id))
                .forEach(window -> window.servers()
                        .forEach(server -> byServer.merge(
                                server.toLowerCase(Locale.ROOT),
                                List.of(new Hold(window.id(), window.until(), window.openedBy())),
                                OpenWindows::both)));
        return new OpenWindows(byServer);
    }

    private static List<Hold> both(List<Hold> one, List<Hold> other) {
        return java.util.stream.Stream.concat(one.stream(), other.stream()).toList();
    }

    /** The window that holds a server longest, upper and lower case alike; nothing where none does. */
    public Optional<Hold> of(String server) {
        return byServer.getOrDefault(server.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** The same at a later time, when some of the windows may have ended. */
    public Optional<Hold> of(String server, Instant at) {
        return of(server).filter(hold -> at.isBefore(hold.until()));
    }
}
