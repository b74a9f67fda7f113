package dev.asrdoctor.probe;

import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.text.Texts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Finds a script's answer in what it wrote: {@code ASRDOCTOR-ANSWER 1 nonce length sha256 json ASRDOCTOR-END}, ASCII, on
 * one line. Whatever else was written does not matter; an answer that is not exactly what was sent is never used.
 */
final class Answer {
    private static final String BEGIN = "ASRDOCTOR-ANSWER ";
    private static final String END = " ASRDOCTOR-END";
    private static final int EXCERPT = 203;
    private static final String QUOTES = "'\"\u00ab\u00bb\u2018\u2019\u201a\u201c\u201d\u201e\u300c\u300d";

    private Answer() {}

    /** The answer's JSON. */
    static String json(Output output, Nonce nonce) throws AnswerException {
        String text = new String(output.stdout(), StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN);
        if (begin < 0) {
            throw new AnswerException(withoutAnswer(output, text));
        }
        int[] at = {begin + BEGIN.length()};
        String version = word(text, at);
        if (!version.equals("1")) {
            throw new AnswerException(
                    version.matches("\\d{1,9}")
                            ? new AnswerFailure.OtherVersion(version)
                            : new AnswerFailure.GarbledAnswer("its beginning is damaged"));
        }
        String repeated = word(text, at);
        String length = word(text, at);
        String hash = word(text, at);
        if (!length.matches("\\d{1,9}") || hash.length() != 64) {
            throw new AnswerException(
                    at[0] >= text.length()
                            ? new AnswerFailure.CutAnswer(-1, 0)
                            : new AnswerFailure.GarbledAnswer("its beginning is damaged"));
        }
        if (!repeated.equals(nonce.text())) {
            throw new AnswerException(new AnswerFailure.GarbledAnswer("it answers another request"));
        }
        int expected = Integer.parseInt(length);
        int arrived = Math.min(expected, text.length() - at[0]);
        if (arrived < expected || !text.startsWith(END, at[0] + expected)) {
            throw new AnswerException(
                    text.indexOf(END, at[0]) < 0
                            ? new AnswerFailure.CutAnswer(expected, arrived)
                            : new AnswerFailure.GarbledAnswer("its length is not the announced one"));
        }
        if (!sha256(output.stdout(), at[0], expected).equals(hash)) {
            throw new AnswerException(new AnswerFailure.GarbledAnswer("its hash is not the announced one"));
        }
        return text.substring(at[0], at[0] + expected);
    }

    /** The word at the position, which moves past it and the blank behind. */
    private static String word(String text, int[] at) {
        int end = text.indexOf(' ', at[0]);
        if (end < 0) {
            end = text.length();
        }
        String word = text.substring(Math.min(at[0], end), end);
        at[0] = Math.min(end + 1, text.length());
        return word;
    }

    private static AnswerFailure withoutAnswer(Output output, String stdout) {
        String errors = Clixml.errors(output.stderr());
        // powershell.exe wraps its errors at the width of its console, within words too.
        if (errors.replaceAll("\\s+", "").contains("ConstrainedLanguage")) {
            return new AnswerFailure.ConstrainedLanguage();
        }
        if (output.exitCode() == 9009 || (output.exitCode() == 1 && namesPowerShellAlone(errors))) {
            return new AnswerFailure.NoPowerShell();
        }
        String excerpt = errors.isBlank() ? new String(output.stdout(), StandardCharsets.UTF_8) : errors;
        if (!stdout.isEmpty() && BEGIN.startsWith(stdout.strip())) {
            return new AnswerFailure.CutAnswer(-1, 0);
        }
        return new AnswerFailure.NoAnswer(
                output.exitCode(), oneLine(excerpt), OutOfMemory.tells(errors) || OutOfMemory.tells(oneLine(excerpt)));
    }

    /** cmd.exe quotes what it did not find in every language, some with other quotes than English. */
    private static boolean namesPowerShellAlone(String errors) {
        int at = errors.toLowerCase(Locale.ROOT).indexOf("powershell.exe");
        int end = at + "powershell.exe".length();
        return at > 0
                && end < errors.length()
                && QUOTES.indexOf(errors.charAt(at - 1)) >= 0
                && QUOTES.indexOf(errors.charAt(end)) >= 0;
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return Texts.cut(line, EXCERPT);
    }

    static String sha256(byte[] bytes, int from, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, from, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
