package dev.asrdoctor.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads YAML 1.2 files that people write; a file that is missing, empty, huge or not YAML is one clear mistake. */
public final class YamlFile {
    private static final int MOST_BYTES = 10 * 1024 * 1024;

    private YamlFile() {}

    public static Value read(Path path) throws ConfigException {
        return parse(text(path), path.toString());
    }

    /** The file's text, decoded as UTF-8 with or without a byte order mark. */
    public static String text(Path path) throws ConfigException {
        String file = path.toString();
        try {
            if (Files.isDirectory(path)) {
                throw unusable(file, "the file is a folder, not a file");
            }
            if (Files.size(path) > MOST_BYTES) {
                throw unusable(file, "the file is larger than 10 MB; that cannot be right");
            }
            return text(Files.readAllBytes(path), file);
        } catch (NoSuchFileException e) {
            throw unusable(file, "there is no such file");
        } catch (AccessDeniedException e) {
            throw unusable(file, "the file cannot be read: access is denied");
        } catch (IOException e) {
            throw unusable(file, "the file cannot be read: " + e.getMessage());
        }
    }

    /**
     * The text of a file that was read already.
     *
     * @param file its name, for people
     */
    public static String text(byte[] bytes, String file) throws ConfigException {
        try {
            if (isUtf16(bytes)) {
                throw unusable(
                        file,
                        "the file is a text in UTF-16, as Windows PowerShell and Notepad write it; save it as UTF-8");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw unusable(file, "the file is not a text in UTF-8; save it as UTF-8");
        }
    }

    /** By its mark, or by every other byte being none, as in what is written in Latin letters. */
    private static boolean isUtf16(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean marked = (first == 0xff && second == 0xfe) || (first == 0xfe && second == 0xff);
        return marked || (bytes.length >= 8 && (latin(bytes, 0) || latin(bytes, 1)));
    }

    private static boolean latin(byte[] bytes, int high) {
        for (int i = 0; i + 1 < Math.min(bytes.length, 64); i += 2) {
            if (bytes[i + high] != 0 || bytes[i + 1 - high] == 0) {
                return false;
            }
        }
        return true;
    }

    public static Value parse(String text, String file) throws ConfigException {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(MOST_BYTES)
                .setMaxAliasesForCollections(200)
                .setAllowNonScalarKeys(true)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                throw unusable(file, "the file is empty");
            }
            if (root.get() instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
                throw unusable(file, "the file holds no names with values");
            }
            return new Value(root.get(), file, new Problems());
        } catch (MarkedYamlEngineException e) {
            Position at = e.getProblemMark()
                    .map(mark -> new Position(file, mark.getLine() + 1, mark.getColumn() + 1))
                    .orElse(new Position(file, 1, 1));
            throw new ConfigException(List.of(new Problem(at, "this is not YAML: " + e.getProblem())));
        } catch (ReaderException e) {
            throw new ConfigException(List.of(new Problem(
                    place(file, text, e.getPosition()),
                    "a text file has no character U+%04X".formatted(e.getCodePoint()))));
        } catch (YamlEngineException e) {
            throw unusable(file, "the file is not YAML: " + firstLine(e.getMessage()));
        } catch (StackOverflowError e) {
            throw unusable(file, "the file is nested too deeply");
        }
    }

    private static Position place(String file, String text, int codePoints) {
        String before = text.codePoints()
                .limit(codePoints)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Position(file, line, before.length() - before.lastIndexOf('\n'));
    }

    private static ConfigException unusable(String file, String message) {
        return new ConfigException(List.of(new Problem(new Position(file, 1, 1), message)));
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
    }
}
