package dev.asrdoctor.store.file;

import java.io.IOException;
import java.io.RandomAccessFile;

/** How a journal's lines get onto the disk. */
interface JournalDisk {
    void write(byte[] bytes) throws IOException;

    /** Returns when everything that was written is on the disk itself, and not in the memory of the system. */
    void sync() throws IOException;

    static JournalDisk of(RandomAccessFile file) {
        return new JournalDisk() {
            @Override
            public void write(byte[] bytes) throws IOException {
                file.write(bytes);
            }

            @Override
            public void sync() throws IOException {
                file.getFD().sync();
            }
        };
    }
}
