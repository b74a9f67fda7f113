package dev.asrdoctor.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

class MemoryStoreTest extends StoreContract {
    private final MemoryStore store = new MemoryStore();

    @Override
    protected Store open() {
        return store;
    }

    @Override
    protected @Nullable List<String> elsewhere() {
        return null;
    }
}
