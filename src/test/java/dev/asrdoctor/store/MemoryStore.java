package dev.asrdoctor.store;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.text.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A store in the memory of this process: that a further kind needs no more than this file. */
public final class MemoryStore implements Store, Journals, Windows {
    private final List<Attempt> attempts = new ArrayList<>();
    private int entries;
    private final Map<String, Window> windows = new LinkedHashMap<>();
    private final Map<String, Stored> evidence = new ConcurrentHashMap<>();
    private final Stored latest = new Stored("latest facts");
    private final Map<String, AtomicBoolean> leases = new ConcurrentHashMap<>();

    @Override
    public String place() {
        return "memory";
    }

    @Override
    public Journals journal() {
        return this;
    }

    @Override
    public Windows windows() {
        return this;
    }

    @Override
    public FactSet facts() {
        return latest;
    }

    @Override
    public boolean isThere() {
        return entries > 0;
    }

    @Override
    public List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    @Override
    public Whole read() {
        return new Whole(new Chain(entries, false), attempts());
    }

    private Leases.Lease lease(String what, String refusal) throws StoreException {
        AtomicBoolean held = leases.computeIfAbsent(what, key -> new AtomicBoolean());
        if (!held.compareAndSet(false, true)) {
            throw new StoreException(refusal);
        }
        return () -> held.set(false);
    }

    @Override
    public Journal open(String by) throws StoreException {
        Leases.Lease lease = lease(" journal", "the journal is being written by another asrdoctor");
        return new Written(by, lease, attempts());
    }

    private final class Written implements Journal {
        private final String by;
        private final Leases.Lease lease;
        private final List<Attempt> before;
        private boolean closed;
        private @Nullable String broken;

        Written(String by, Leases.Lease lease, List<Attempt> before) {
            this.by = by;
            this.lease = lease;
            this.before = before;
        }

        @Override
        public List<String> openIntents() {
            return before.stream()
                    .filter(attempt -> !attempt.ended())
                    .map(attempt -> attempt.server() + ": " + String.join(", ", attempt.services()) + " (meant at "
                            + attempt.at() + ")")
                    .toList();
        }

        @Override
        public List<Attempt> attempts() {
            return before;
        }

        @Override
        public void append(JournalEntry entry) throws StoreException {
            if (closed) {
                broken = "the journal cannot be written: it is closed";
                throw new StoreException(broken);
            }
            synchronized (attempts) {
                entries++;
                switch (entry) {
                    case JournalEntry.Intent intent ->
                        attempts.add(new Attempt(
                                intent.attempt(),
                                intent.server(),
                                intent.at(),
                                by,
                                intent.services(),
                                intent.takes(),
                                Map.of()));
                    case JournalEntry.Done done -> tell(done.attempt(), done.results());
                    case JournalEntry.Looked looked -> tell(looked.attempt(), looked.results());
                }
            }
        }

        private void tell(String id, Map<String, String> results) {
            attempts.replaceAll(attempt -> {
                Map<String, String> all = new HashMap<>(attempt.results());
                all.putAll(results);
                return attempt.id().equals(id) ? attempt.with(all) : attempt;
            });
        }

        @Override
        public @Nullable String broken() {
            return broken;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                lease.close();
            }
        }
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    @Override
    public Contents contents() {
        return new Contents(
                windows.values().stream()
                        .sorted(Comparator.comparing(Window::openedAt).thenComparing(Window::id))
                        .toList(),
                List.of());
    }

    @Override
    public Optional<Window> find(String id) {
        return Optional.ofNullable(windows.get(key(id)));
    }

    @Override
    public void save(Window window) {
        windows.put(key(window.id()), window);
    }

    @Override
    public void delete(Window window) {
        windows.remove(key(window.id()));
        evidence.keySet().removeIf(name -> name.startsWith(key(window.id()) + "/"));
    }

    @Override
    public Leases.Lease take(String id) throws StoreException {
        return lease(Windows.lease(id), "another asrdoctor works on the change window " + id + " at this moment");
    }

    @Override
    public Evidence evidence(Window window, String name) {
        return evidence.computeIfAbsent(key(window.id()) + "/" + name, Stored::new);
    }

    private static final class Stored implements FactSet, Evidence {
        private final String name;
        private final Map<String, Visit> visits = new TreeMap<>();
        private final Map<String, byte[]> beside = new HashMap<>();

        Stored(String name) {
            this.name = name;
        }

        @Override
        public String place() {
            return "memory: " + name;
        }

        @Override
        public String place(String file) {
            return place() + "/" + file;
        }

        @Override
        public void save(List<Visit> visits) {
            visits.forEach(visit -> this.visits.put(visit.server().name(), visit));
        }

        @Override
        public List<Visit> load() throws IOException {
            if (visits.isEmpty()) {
                throw new IOException(place() + " holds no facts");
            }
            return List.copyOf(visits.values());
        }

        @Override
        public Optional<Facts> facts(String server) {
            return visits.get(server) instanceof Visit.Read read ? Optional.of(read.facts()) : Optional.empty();
        }

        @Override
        public String fingerprint() {
            return Sha256.of(visits.toString());
        }

        @Override
        public Kept keep(List<Visit> visits, Map<String, byte[]> beside) {
            delete();
            save(visits);
            this.beside.putAll(beside);
            Map<String, String> fingerprints = new HashMap<>();
            beside.forEach((file, bytes) -> fingerprints.put(file, Sha256.of(bytes)));
            return new Kept(fingerprint(), fingerprints);
        }

        @Override
        public FactSet facts() {
            return this;
        }

        @Override
        public Optional<byte[]> beside(String file) {
            return Optional.ofNullable(beside.get(file));
        }

        @Override
        public void delete() {
            visits.clear();
            beside.clear();
        }
    }
}
