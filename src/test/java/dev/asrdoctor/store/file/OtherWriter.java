package dev.asrdoctor.store.file;

import dev.asrdoctor.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Asks from another process, since locks of files are seen otherwise within one, whether a journal may be written. */
public final class OtherWriter {
    private OtherWriter() {}

    public static void main(String[] args) {
        try {
            FileJournal.open(Path.of(args[0]), "another process").close();
            System.out.println("opened");
        } catch (StoreException e) {
            System.out.println(e.getMessage());
        }
    }

    public static String tries(Path journal) throws Exception {
        Process other = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherWriter.class.getName(),
                        journal.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        other.waitFor();
        return said.strip();
    }
}
