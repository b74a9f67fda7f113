package dev.asrdoctor.inventory;

import dev.asrdoctor.inventory.Credential.Command;
import dev.asrdoctor.inventory.Credential.Environment;
import dev.asrdoctor.inventory.Credential.Inline;
import dev.asrdoctor.inventory.Credential.Prompt;
import dev.asrdoctor.inventory.Credential.SecretFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Fetches passwords from where credentials say that they are. */
public final class Passwords {
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);
    private static final int LONGEST = 64 * 1024;

    /** Asks somebody at a terminal; null when there is nobody to ask. */
    @FunctionalInterface
    public interface Prompter {
        char @Nullable [] ask(String question);
    }

    private final Map<String, String> environment;
    private final Prompter prompter;

    public Passwords(Map<String, String> environment, Prompter prompter) {
        this.environment = environment;
        this.prompter = prompter;
    }

    /** The password; the caller wipes it. */
    public char[] fetch(Credential credential) throws PasswordException, InterruptedException {
        String who = "credential '" + credential.name() + "': ";
        char[] password = switch (credential.password()) {
            case Environment source -> fromEnvironment(source, who);
            case Prompt source -> fromPrompt(credential, who);
            case Command source -> fromCommand(source, who);
            case SecretFile source -> fromFile(source.path(), who);
            case Credential.None source -> new char[0];
            case Inline source -> source.password().clone();
        };
        if (password.length == 0 && !(credential.password() instanceof Credential.None)) {
            throw new PasswordException(who + "the password is empty");
        }
        return password;
    }

    private char[] fromEnvironment(Environment source, String who) throws PasswordException {
        String value = environment.get(source.variable());
        if (value == null) {
            throw new PasswordException(who + "the environment variable " + source.variable() + " is not set");
        }
        return value.toCharArray();
    }

    private char[] fromPrompt(Credential credential, String who) throws PasswordException {
        char[] answer = prompter.ask("Password for " + credential.user() + ": ");
        if (answer == null) {
            throw new PasswordException(
                    who + "there is no terminal to ask for the password; use an environment variable or a command");
        }
        return answer;
    }

    private static char[] fromFile(Path path, String who) throws PasswordException {
        if (!Files.isRegularFile(path)) {
            throw new PasswordException(who + "there is no file " + path);
        }
        String open = SecretFiles.whyNotPrivate(path).orElse(null);
        if (open != null) {
            throw new PasswordException(who + "the file " + path + " is refused: " + open);
        }
        try (InputStream in = Files.newInputStream(path)) {
            return firstLine(in);
        } catch (IOException e) {
            throw new PasswordException(who + "the file " + path + " cannot be read: " + e.getMessage());
        }
    }

    private static char[] fromCommand(Command source, String who) throws PasswordException, InterruptedException {
        String program = source.arguments().getFirst();
        Process process;
        try {
            process = new ProcessBuilder(source.arguments())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new PasswordException(who + "the command " + program + " cannot be started");
        }
        try {
            process.getOutputStream().close();
            var reader = new FutureTask<>(() -> firstLine(process.getInputStream()));
            Thread.ofVirtual().start(reader);
            if (!process.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new PasswordException(who + "the command " + program + " has not ended within "
                        + COMMAND_LIMIT.toSeconds() + " seconds");
            }
            if (process.exitValue() != 0) {
                throw new PasswordException(
                        who + "the command " + program + " ended with exit code " + process.exitValue());
            }
            return reader.get(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new PasswordException(who + "the answer of the command " + program + " cannot be read");
        } finally {
            process.destroyForcibly();
        }
    }

    /** Reads no further than the line's end, because a helper left behind by a command may keep its output open. */
    static char[] firstLine(InputStream in) throws IOException {
        byte[] bytes = new byte[LONGEST];
        int end = 0;
        for (int read = in.read(); read >= 0 && read != '\n' && read != '\r' && end < LONGEST; read = in.read()) {
            bytes[end++] = (byte) read;
        }
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, end));
        Arrays.fill(bytes, (byte) 0);
        char[] line = new char[decoded.remaining()];
        decoded.get(line);
        Arrays.fill(decoded.array(), '\0');
        return line;
    }
}
