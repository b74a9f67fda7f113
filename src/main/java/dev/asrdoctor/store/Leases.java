package dev.asrdoctor.store;

import java.util.Optional;

/** Who works on something at this moment. */
public interface Leases {
    /** Held until it is closed, or the process that took it has ended, however it ended. */
    interface Lease extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @param what upper and lower case alike
     * @return nothing where somebody else has it, in this process or in another
     * @throws StoreException where nobody can tell who has it
     */
    Optional<Lease> take(String what) throws StoreException;
}
