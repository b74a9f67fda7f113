package dev.asrdoctor.cli.terminal;

import dev.asrdoctor.file.FileTrouble;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** A standard stream of the process that remembers why it took no more: a print stream only tells that it did. */
public final class StandardStream extends PrintWriter {
    private final Remembering inner;

    private StandardStream(Remembering inner, boolean autoFlush) {
        super(inner, autoFlush);
        this.inner = inner;
    }

    public static StandardStream out(Charset charset) {
        return of(new FileOutputStream(FileDescriptor.out), charset, false);
    }

    public static StandardStream err(Charset charset) {
        return of(new FileOutputStream(FileDescriptor.err), charset, true);
    }

    public static StandardStream of(OutputStream stream, Charset charset, boolean autoFlush) {
        return new StandardStream(new Remembering(new OutputStreamWriter(stream, charset)), autoFlush);
    }

    /** Why something that was printed on a stream has not got through; null where all of it has. */
    public static @Nullable String failure(PrintWriter stream) {
        if (!stream.checkError()) {
            return null;
        }
        return stream instanceof StandardStream standard && standard.inner.failure != null
                ? FileTrouble.reason(standard.inner.failure)
                : "an output error";
    }

    private static final class Remembering extends Writer {
        private final Writer inner;
        private @Nullable IOException failure;

        private Remembering(Writer inner) {
            this.inner = inner;
        }

        @Override
        public void write(char[] chars, int from, int length) throws IOException {
            try {
                inner.write(chars, from, length);
            } catch (IOException e) {
                throw remembered(e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                inner.flush();
            } catch (IOException e) {
                throw remembered(e);
            }
        }

        @Override
        public void close() throws IOException {
            inner.close();
        }

        private IOException remembered(IOException e) {
            failure = failure == null ? e : failure;
            return e;
        }
    }
}
