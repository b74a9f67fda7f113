package dev.asrdoctor.store;

import java.util.List;

/** A fleet's journal of remedies, to be read or written. */
public interface Journals {
    /** For people. */
    String place();

    /** False only where it is known that nothing was ever written. */
    boolean isThere();

    /**
     * Opens it for writing, which nobody else can do until it is closed or this process has ended, and checks all of it.
     *
     * @param by who writes from now on, as user at machine
     * @throws StoreException when another asrdoctor is writing it, it was changed, or it cannot be written
     */
    Journal open(String by) throws StoreException;

    /**
     * What it tells of every attempt, the oldest first; none where nothing was ever written. All of it is checked.
     *
     * @throws StoreException where it cannot be read, or is not as it was written
     */
    List<Attempt> attempts() throws StoreException;

    /**
     * A journal that holds.
     *
     * @param endsTorn a last entry was not written whole, as when the machine went down meanwhile; it counts for nothing
     */
    record Chain(int lines, boolean endsTorn) {}

    /** @param attempts the oldest first */
    record Whole(Chain chain, List<Attempt> attempts) {
        public Whole {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * Reads it once, and checks all of it without writing.
     *
     * @throws StoreException naming the first entry that is not as it was written, or that there is none
     */
    Whole read() throws StoreException;

    /** As {@link #read}, for whoever wants to know nothing else. */
    default Chain chain() throws StoreException {
        return read().chain();
    }
}
