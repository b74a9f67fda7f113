package dev.asrdoctor.lab;

import java.time.Duration;

/** Whoever asks that source now gets no answer, until whoever sent the script ends it. */
final class ModelHang extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ModelHang() {
        super("a source of Windows hangs", null, false, false);
    }

    /** Not while a world's lock is held, since others go on with it. */
    static void forEver() throws InterruptedException {
        Thread.sleep(Duration.ofDays(1));
    }
}
