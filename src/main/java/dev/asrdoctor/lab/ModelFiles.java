package dev.asrdoctor.lab;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.lang3.Strings;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What ps-scripts/lib/files.ps1 reads of a simulated server's files. */
final class ModelFiles {
    private static final int FIRST_LINE = 120;
    private static final int LONGEST_LINE = 600;
    private static final int LINE_BEGINNING = 300;
    private static final int LINE_END = 250;
    private static final int LONGEST_ENTRY = 8192;
    private static final int MOST_NAMED = 20;
    private static final int MOST_OTHERS = 4;
    /** Every server is asked for the same few. */
    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

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
        for (Machine.LabFile file : machine.files(path -> Strings.CI.startsWith(path, prefix))) {
            if (file.path().length() == prefix.length()) {
                return List.of(new Machine.LabFile(folder, new byte[0], 0, Instant.EPOCH, true));
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

    List<Map<String, @Nullable Object>> logs(List<Place> places, JsonNode search, int most, int bytes, int files) {
        Search meant = new Search(search);
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        List<Map<String, @Nullable Object>> logs = new ArrayList<>();
        for (Place place : places) {
            for (Machine.LabFile file : find(place.folder(), place.filter(), files)) {
                if (seen.add(file.path())) {
                    logs.add(log(file, meant, most, bytes));
                }
            }
        }
        return logs;
    }

    private record Search(Pattern entry, Pattern bad, Pattern good) {
        Search(JsonNode search) {
            this(
                    compiled(search.path("entry").asString(""), 0),
                    compiled(search.path("bad").asString(""), Pattern.CASE_INSENSITIVE),
                    compiled(search.path("good").asString(""), Pattern.CASE_INSENSITIVE));
        }

        private static Pattern compiled(String text, int flags) {
            return COMPILED.computeIfAbsent(flags + text, key -> Pattern.compile(text, flags));
        }
    }

    private static Map<String, @Nullable Object> log(Machine.LabFile file, Search search, int most, int bytes) {
        Map<String, @Nullable Object> log = new LinkedHashMap<>();
        log.put("path", file.path());
        log.put("size", file.size());
        log.put("modifiedAt", file.modifiedAt());
        log.put("readBytes", 0);
        log.put("encoding", null);
        log.put("lines", 0);
        log.put("firstLine", null);
        log.put("lastLine", null);
        log.put("matched", 0);
        log.put("matches", List.of());
        log.put("good", List.of());
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
        List<String> lines = lines(decoded.text(), from > 0);
        log.put("lines", lines.size());
        if (!lines.isEmpty()) {
            String first = lines.getFirst();
            log.put("firstLine", part(first, 0, Math.min(FIRST_LINE, first.length())));
            log.put("lastLine", limited(lines.getLast(), search.bad()));
        }
        addEntries(log, joined(lines, search.entry()), search, most);
        return log;
    }

    private static void addEntries(Map<String, @Nullable Object> log, List<String> entries, Search search, int most) {
        List<String> bad = entries.stream()
                .filter(entry -> search.bad().matcher(entry).find())
                .toList();
        List<String> kept = bad.subList(Math.max(0, bad.size() - most), bad.size()).stream()
                .map(entry -> limited(entry, search.bad()))
                .toList();
        Map<String, Integer> lastGood = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            Matcher found = search.good().matcher(entries.get(i));
            if (found.find()) {
                lastGood.put(Objects.requireNonNullElse(found.group("who"), ""), i);
                lastGood.put(Objects.requireNonNullElse(found.group("what"), ""), i);
            }
        }
        TreeSet<Integer> named = new TreeSet<>();
        TreeSet<Integer> others = new TreeSet<>();
        lastGood.forEach((key, at) -> {
            boolean isNamed = !key.isEmpty() && kept.stream().anyMatch(entry -> entry.contains(key));
            (isNamed ? named : others).add(at);
        });
        TreeSet<Integer> chosen = new TreeSet<>();
        named.descendingSet().stream().limit(MOST_NAMED).forEach(chosen::add);
        others.descendingSet().stream()
                .filter(at -> !chosen.contains(at))
                .limit(MOST_OTHERS)
                .forEach(chosen::add);
        log.put("matched", bad.size());
        log.put("matches", kept);
        log.put(
                "good",
                chosen.stream()
                        .map(at -> limited(entries.get(at), search.good()))
                        .toList());
    }

    private static List<String> lines(String text, boolean fromMiddle) {
        String[] pieces = text.split("\n", -1);
        return Arrays.stream(pieces)
                .skip(fromMiddle && pieces.length > 1 ? 1 : 0)
                .map(ModelFiles::trimmed)
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static List<String> joined(List<String> lines, Pattern begin) {
        if (lines.stream().noneMatch(line -> begin.matcher(line).find())) {
            return lines;
        }
        List<StringBuilder> joined = new ArrayList<>();
        for (String line : lines) {
            if (begin.matcher(line).find()) {
                joined.add(new StringBuilder(line));
            } else if (!joined.isEmpty() && joined.getLast().length() < LONGEST_ENTRY) {
                joined.getLast().append(' ').append(line);
            }
        }
        return joined.stream().map(StringBuilder::toString).toList();
    }

    private static String limited(String line, Pattern searched) {
        if (line.length() <= LONGEST_LINE) {
            return line;
        }
        int end = line.length() - LINE_END;
        StringBuilder limited = new StringBuilder(part(line, 0, LINE_BEGINNING));
        Matcher matcher = searched.matcher(line);
        int at = LINE_BEGINNING;
        for (int i = 0; i < 2 && matcher.find(at) && matcher.start() < end; i++) {
            int from = Math.max(at, matcher.start() - 30);
            at = Math.min(end, matcher.start() + 120);
            limited.append(" ... ").append(part(line, from, at));
        }
        return limited.append(" ... ").append(part(line, end, line.length())).toString();
    }

    /** Whole characters alone. */
    private static String part(String text, int from, int to) {
        int begin = from < to && Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from;
        int end = begin < to && Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
        return text.substring(begin, end);
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
