package dev.asrdoctor.store.file;

import dev.asrdoctor.store.Store;
import dev.asrdoctor.store.StoreContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest extends StoreContract {
    @TempDir
    Path folder;

    @Override
    protected Store open() {
        return new FileStore(folder.resolve("state"));
    }

    @Override
    protected List<String> elsewhere() {
        return List.of(InFolder.class.getName(), folder.resolve("state").toString());
    }

    public static final class InFolder implements Elsewhere {
        @Override
        public Store at(String address) {
            return new FileStore(Path.of(address));
        }
    }
}
