package dev.asrdoctor.lab;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.lang3.Strings;
import org.jspecify.annotations.Nullable;

/** What ps-scripts/lib/files.ps1 reads of a simulated server's files. */
final class ModelFiles {
    private static final int LONGEST_LINE = 400;

    /** @param filter with {@code *} for anything */
    record Place(String folder, String filter) {}

    private final Machine machine;

    ModelFiles(Machine machine) {
        this.machine = machine;
    }

    List<Machine.LabFile> find(String folder, String filter, int most) {
        String prefix = folder.replaceAll("\\\\+$", "") + "\\";
        Pattern pattern = glob(filter);
        List<Machine.LabFile> found = new ArrayList<>();
        for (Machine.LabFile file : machine.files()) {
            if (!Strings.CI.startsWith(file.path(), prefix)) {
                continue;
            }
            if (file.path().length() == prefix.length()) {
                throw new ModelError(
                        "DirUnauthorizedAccessError,Microsoft.PowerShell.Commands.GetChildItemCommand",
                        "Access to the path '" + folder + "' is denied.");
            }
            if (file.path().lastIndexOf('\\') == prefix.length() - 1
                    && pattern.matcher(file.name()).matches()
                    && !file.name().toLowerCase(Locale.ROOT).endsWith(".gz")) {
                found.add(file);
            }
        }
        found.sort(Comparator.comparing(Machine.LabFile::modifiedAt)
                .reversed()
                .thenComparing(Machine.LabFile::name, String.CASE_INSENSITIVE_ORDER));
        return found.subList(0, Math.min(most, found.size()));
    }

    private static Pattern glob(String filter) {
        return Pattern.compile(
                Arrays.stream(filter.split("\\*", -1))
                        .map(Pattern::quote)
                        .reduce((a, b) -> a + ".*" + b)
                        .orElse(""),
                Pattern.CASE_INSENSITIVE);
    }

    List<Map<String, @Nullable Object>> logs(List<Place> places, String pattern, int most, int bytes, int files) {
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        List<Map<String, @Nullable Object>> logs = new ArrayList<>();
        for (Place place : places) {
            for (Machine.LabFile file : find(place.folder(), place.filter(), files)) {
                if (seen.add(file.path())) {
                    logs.add(log(file, pattern, most, bytes));
                }
            }
        }
        return logs;
    }

    private static Map<String, @Nullable Object> log(Machine.LabFile file, String pattern, int most, int bytes) {
        Map<String, @Nullable Object> log = new LinkedHashMap<>();
        log.put("path", file.path());
        log.put("size", file.size());
        log.put("modifiedAt", file.modifiedAt());
        log.put("readBytes", 0);
        log.put("encoding", null);
        log.put("lines", 0);
        log.put("lastLine", null);
        log.put("matched", 0);
        log.put("matches", List.of());
        log.put("error", null);
        if (file.denied()) {
            log.put("error", "UnauthorizedAccessException");
            return log;
        }
        long from = Math.max(0, file.size() - bytes);
        from += from % 2;
        byte[] end = end(file, (int) (file.size() - from));
        log.put("readBytes", end.length);
        Decoded decoded = decode(mark(file), end, from > 0);
        log.put("encoding", decoded.encoding());
        String[] lines = decoded.text().split("\n", -1);
        Pattern regex = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        Deque<String> kept = new ArrayDeque<>();
        long read = 0;
        long matched = 0;
        for (int i = from > 0 && lines.length > 1 ? 1 : 0; i < lines.length; i++) {
            String line = trimmed(lines[i]);
            if (line.isBlank()) {
                continue;
            }
            read++;
            log.put("lastLine", limited(line));
            if (regex.matcher(line).find()) {
                matched++;
                kept.addLast(limited(line));
                if (kept.size() > most) {
                    kept.removeFirst();
                }
            }
        }
        log.put("lines", read);
        log.put("matched", matched);
        log.put("matches", List.copyOf(kept));
        return log;
    }

    private static String limited(String line) {
        if (line.length() <= LONGEST_LINE) {
            return line;
        }
        boolean pair = Character.isHighSurrogate(line.charAt(LONGEST_LINE - 1));
        return line.substring(0, pair ? LONGEST_LINE - 1 : LONGEST_LINE);
    }

    private static String trimmed(String line) {
        int begin = 0;
        int end = line.length();
        while (begin < end && "\r\0\uFEFF".indexOf(line.charAt(begin)) >= 0) {
            begin++;
        }
        while (end > begin && "\r\0\uFEFF".indexOf(line.charAt(end - 1)) >= 0) {
            end--;
        }
        return line.substring(begin, end);
    }

    /** The file's last bytes; what stands in front of those that the scenario gives is zeros. */
    private static byte[] end(Machine.LabFile file, int length) {
        byte[] end = new byte[length];
        int copied = Math.min(length, file.bytes().length);
        System.arraycopy(file.bytes(), file.bytes().length - copied, end, length - copied, copied);
        return end;
    }

    private static byte[] mark(Machine.LabFile file) {
        return file.size() > file.bytes().length
                ? new byte[4]
                : Arrays.copyOf(file.bytes(), Math.min(4, file.bytes().length));
    }

    String text(String path, int bytes) {
        return machine.file(path)
                .filter(file -> !file.denied())
                .map(file -> decode(mark(file), end(file, (int) Math.min(file.size(), bytes)), file.size() > bytes)
                        .text())
                .orElse("");
    }

    private record Decoded(String encoding, String text) {}

    private static Decoded decode(byte[] mark, byte[] bytes, boolean fromMiddle) {
        if (mark.length >= 2 && mark[0] == (byte) 0xff && mark[1] == (byte) 0xfe) {
            return new Decoded("utf-16le", new String(bytes, StandardCharsets.UTF_16LE));
        }
        if (mark.length >= 2 && mark[0] == (byte) 0xfe && mark[1] == (byte) 0xff) {
            return new Decoded("utf-16be", new String(bytes, StandardCharsets.UTF_16BE));
        }
        int looked = Math.min(bytes.length, 400);
        int zeros = 0;
        for (int i = 1; i < looked; i += 2) {
            zeros += bytes[i] == 0 && bytes[i - 1] != 0 ? 1 : 0;
        }
        if (looked >= 8 && zeros * 4 > looked) {
            return new Decoded("utf-16le", new String(bytes, StandardCharsets.UTF_16LE));
        }
        int begin = 0;
        while (fromMiddle && begin < bytes.length && (bytes[begin] & 0xc0) == 0x80) {
            begin++;
        }
        return cleanUtf8(bytes, begin)
                ? new Decoded("utf-8", new String(bytes, begin, bytes.length - begin, StandardCharsets.UTF_8))
                : new Decoded("ansi", new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** A character may be cut at the end by its writer. */
    private static boolean cleanUtf8(byte[] bytes, int begin) {
        return !StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(
                        ByteBuffer.wrap(bytes, begin, bytes.length - begin),
                        CharBuffer.allocate(bytes.length - begin),
                        false)
                .isError();
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
