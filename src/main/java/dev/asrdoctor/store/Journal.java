package dev.asrdoctor.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A journal that is being written: what was meant stands in it before it is done, and what came of it after. */
public interface Journal extends AutoCloseable {
    /** What an earlier controller meant to do and never told the end of, in words; such servers are looked at afresh. */
    List<String> openIntents();

    /** What it told of every attempt when it was opened, the oldest first. */
    List<Attempt> attempts();

    /** It lasts when this returns; after it was refused once, nothing more is written. */
    void append(JournalEntry entry) throws StoreException;

    /** Why it could not be written at some time, null where all of it was. */
    @Nullable String broken();

    @Override
    void close();
}
