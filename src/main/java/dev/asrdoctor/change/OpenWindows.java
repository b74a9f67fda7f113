package dev.asrdoctor.change;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which servers are in a change window that is open now, and so are left alone by whatever would heal them.
 *
 * @param byServer every open window that names the server, the one that lasts longest first
 */
public record OpenWindows(Map<String, List<Hold>> byServer) {
    public static final OpenWindows NONE = new OpenWindows(Map.of());

    /** @param change the window's id */
    public record Hold(String change, Instant until) {}

    public OpenWindows {
        byServer = Map.copyOf(byServer);
    }

    /**
     * @param folder of change windows; one that does not exist holds none
     * @throws ChangeException where a window cannot be read: then nobody knows which servers are to be left alone
     */
    public static OpenWindows read(Path folder, Instant now) throws ChangeException {
        return of(new WindowStore(folder).all(), now);
    }

    public static OpenWindows of(List<Window> windows, Instant now) {
        Map<String, List<Hold>> byServer = new LinkedHashMap<>();
        windows.stream()
                .filter(window -> window.holds(now))
                .sorted(Comparator.comparing(Window::until).reversed().thenComparing(Window::id))
                .forEach(window -> window.servers()
                        .forEach(server -> byServer.merge(
                                server, List.of(new Hold(window.id(), window.until())), OpenWindows::both)));
        return new OpenWindows(byServer);
    }

    private static List<Hold> both(List<Hold> one, List<Hold> other) {
        return java.util.stream.Stream.concat(one.stream(), other.stream()).toList();
    }

    /** The window that holds a server longest; nothing where none does. */
    public Optional<Hold> of(String server) {
        return byServer.getOrDefault(server, List.of()).stream().findFirst();
    }
}
