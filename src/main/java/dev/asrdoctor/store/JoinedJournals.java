package dev.asrdoctor.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The journal that is written, and others that tell of the same servers: what any of them tells counts, and whoever writes
 * holds all of them, so that nobody else heals meanwhile.
 */
public final class JoinedJournals implements Journals {
    private final Journals written;
    private final List<Journals> others;

    /** @param others different from {@code written} and from each other */
    public JoinedJournals(Journals written, List<Journals> others) {
        this.written = written;
        this.others = List.copyOf(others);
    }

    @Override
    public String place() {
        return written.place();
    }

    @Override
    public boolean isThere() {
        return written.isThere() || others.stream().anyMatch(Journals::isThere);
    }

    @Override
    public Journal open(String by) throws StoreException {
        List<Journal> opened = new ArrayList<>();
        try {
            opened.add(written.open(by));
            for (Journals other : others) {
                if (other.isThere()) {
                    opened.add(opened(other, by));
                }
            }
            return new Together(opened);
        } catch (StoreException e) {
            opened.forEach(Journal::close);
            throw e;
        }
    }

    private static Journal opened(Journals other, String by) throws StoreException {
        try {
            return other.open(by);
        } catch (StoreException e) {
            throw new StoreException(e.getMessage() + "; what it tells of earlier runs counts too, so it has to be"
                    + " mended, or moved away if it is of other servers");
        }
    }

    @Override
    public List<Attempt> attempts() throws StoreException {
        return withOthers(written.attempts());
    }

    /** The chain is that of the one that is written. */
    @Override
    public Whole read() throws StoreException {
        Whole whole = written.read();
        return new Whole(whole.chain(), withOthers(whole.attempts()));
    }

    private List<Attempt> withOthers(List<Attempt> attempts) throws StoreException {
        List<Attempt> all = attempts;
        for (Journals other : others) {
            all = merged(other.attempts(), all);
        }
        return all;
    }

    /** By time, and each in its own order, whatever its clock said. */
    private static List<Attempt> merged(List<Attempt> one, List<Attempt> other) {
        List<Attempt> all = new ArrayList<>();
        int next = 0;
        for (Attempt attempt : one) {
            while (next < other.size() && other.get(next).at().isBefore(attempt.at())) {
                all.add(other.get(next));
                next++;
            }
            all.add(attempt);
        }
        all.addAll(other.subList(next, other.size()));
        return List.copyOf(all);
    }

    /** The first is written. */
    private record Together(List<Journal> journals) implements Journal {
        @Override
        public List<String> openIntents() {
            return journals.stream()
                    .flatMap(journal -> journal.openIntents().stream())
                    .toList();
        }

        @Override
        public List<Attempt> attempts() {
            return journals.stream().map(Journal::attempts).reduce(List.of(), JoinedJournals::merged);
        }

        @Override
        public void append(JournalEntry entry) throws StoreException {
            journals.getFirst().append(entry);
        }

        @Override
        public @Nullable String broken() {
            return journals.getFirst().broken();
        }

        @Override
        public void close() {
            journals.forEach(Journal::close);
        }
    }
}
