package dev.asrdoctor.inventory;

import dev.asrdoctor.inventory.Credential.Command;
import dev.asrdoctor.inventory.Credential.Environment;
import dev.asrdoctor.inventory.Credential.Inline;
import dev.asrdoctor.inventory.Credential.Keystore;
import dev.asrdoctor.inventory.Credential.Prompt;
import dev.asrdoctor.inventory.Credential.SecretFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Fetches passwords from where credentials say that they are. */
public final class Passwords {
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);
    private static final int LONGEST = 64 * 1024;
    private static final char BYTE_ORDER_MARK = 0xfeff;
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");

    /** Asks somebody at a terminal; null when there is nobody to ask. */
    @FunctionalInterface
    public interface Prompter {
        char @Nullable [] ask(String question);
    }

    private final Map<String, String> environment;
    private final Prompter prompter;
    private final ProcessText process;
    private final Set<String> secretVariables;

    /** Where the environment and what is typed come in UTF-8. */
    public Passwords(Map<String, String> environment, Prompter prompter) {
        this(environment, prompter, new ProcessText(true), List.of());
    }

    /**
     * @param process how the environment and what is typed were decoded
     * @param all whose passwords no program that fetches one of them gets to see
     */
    public Passwords(
            Map<String, String> environment, Prompter prompter, ProcessText process, Collection<Credential> all) {
        this.environment = environment;
        this.prompter = prompter;
        this.process = process;
        this.secretVariables = all.stream()
                .flatMap(credential -> variables(credential.password()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> variables(Credential.Source source) {
        return switch (source) {
            case Environment environment -> Stream.of(environment.variable());
            case Keystore keystore -> variables(keystore.opener());
            default -> Stream.empty();
        };
    }

    /** The password; the caller wipes it. */
    public char[] fetch(Credential credential) throws PasswordException, InterruptedException {
        String who = "credential '" + credential.name() + "': ";
        return fetch(credential.password(), "Password for " + credential.user() + ": ", who);
    }

    private char[] fetch(Credential.Source from, String question, String who)
            throws PasswordException, InterruptedException {
        char[] password = switch (from) {
            case Environment source -> fromEnvironment(source, who);
            case Prompt source -> fromPrompt(question, who);
            case Command source -> fromCommand(source, who);
            case SecretFile source -> fromFile(source.path(), who);
            case Keystore source -> fromKeystore(source, who);
            case Credential.None source -> new char[0];
            case Inline source -> source.password().clone();
        };
        if (password.length == 0 && !(from instanceof Credential.None)) {
            throw new PasswordException(who + "the password is empty");
        }
        for (char c : password) {
            if (c == '\n' || c == '\r' || c == '\0') {
                Arrays.fill(password, '\0');
                throw new PasswordException(
                        who + "the password holds a line break or a NUL, so it was not presented to anybody");
            }
        }
        return password;
    }

    private char[] fromKeystore(Keystore source, String who) throws PasswordException, InterruptedException {
        char[] opener = fetch(source.opener(), "Password of the keystore " + source.path() + ": ", who);
        try {
            return Keystores.password(source.path(), source.entry(), opener);
        } catch (PasswordException e) {
            throw new PasswordException(who + e.getMessage());
        } finally {
            Arrays.fill(opener, '\0');
        }
    }

    private char[] fromEnvironment(Environment source, String who) throws PasswordException {
        String value = environment.get(source.variable());
        if (value == null) {
            throw new PasswordException(who + "the environment variable " + shown(source.variable()) + " is not set");
        }
        return trusted(
                value.toCharArray(), "the password in the environment variable " + shown(source.variable()), who);
    }

    /** One that was decoded wrongly would be another password, and count as a wrong one. */
    private char[] trusted(char[] password, String what, String who) throws PasswordException {
        String why = process.whyNot(CharBuffer.wrap(password)).orElse(null);
        if (why == null) {
            return password;
        }
        Arrays.fill(password, '\0');
        throw new PasswordException(who + what + " " + why + ", so it was not presented to anybody");
    }

    /** Who wrote the password itself where its variable's name belongs must not find it in a log. */
    private static String shown(String variable) {
        return VARIABLE.matcher(variable).matches()
                ? variable
                : "that the inventory names (its name looks like none, so it is not shown)";
    }

    private char[] fromPrompt(String question, String who) throws PasswordException {
        char[] answer = prompter.ask(question);
        if (answer == null) {
            throw new PasswordException(
                    who + "there is no terminal to ask for the password; use an environment variable or a command");
        }
        return trusted(answer, "the password that was typed", who);
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
        } catch (CharacterCodingException e) {
            throw new PasswordException(who + "the file " + path + " is not UTF-8; save it anew as UTF-8");
        } catch (IOException e) {
            throw new PasswordException(who + "the file " + path + " cannot be read: " + e.getMessage());
        }
    }

    private char[] fromCommand(Command source, String who) throws PasswordException, InterruptedException {
        String program = source.arguments().getFirst();
        Process process;
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(source.arguments()).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().keySet().removeAll(secretVariables);
            process = builder.start();
        } catch (IOException e) {
            throw new PasswordException(who + "the command " + program
                    + " cannot be started (on Windows name it whole, such as az.cmd): " + e.getMessage());
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
            if (e.getCause() instanceof CharacterCodingException) {
                throw new PasswordException(who + "what the command " + program
                        + " prints is not UTF-8; in PowerShell set [Console]::OutputEncoding first");
            }
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
        return utf8(bytes, end);
    }

    /**
     * The password without the mark that Windows puts before UTF-8. What is not UTF-8 would be another password, and
     * count as a wrong one.
     *
     * @param bytes wiped
     */
    static char[] utf8(byte[] bytes, int length) throws CharacterCodingException {
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            if (decoded.hasRemaining() && decoded.get(decoded.position()) == BYTE_ORDER_MARK) {
                decoded.get();
            }
            char[] line = new char[decoded.remaining()];
            decoded.get(line);
            Arrays.fill(decoded.array(), '\0');
            return line;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
