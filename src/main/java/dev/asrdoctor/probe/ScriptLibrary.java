package dev.asrdoctor.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The scripts of ps-scripts, put together once: the request is all that differs from server to server. */
final class ScriptLibrary {
    private static final List<String> BASICS = List.of(
            "lib/begin",
            "lib/json",
            "lib/answer",
            "lib/services",
            "lib/registry",
            "lib/files",
            "lib/net",
            "lib/sample",
            "lib/mars");
    private static final Set<String> WITHOUT_BASICS = Set.of("host", "services");
    private static final Map<List<String>, String> PROBES = new ConcurrentHashMap<>();
    private static final List<String> REMEDY =
            List.of("lib/begin", "lib/json", "lib/answer", "lib/services", "remedy/start-services", "remedy/run");
    private static final List<String> SHELL =
            List.of("lib/begin", "lib/json", "lib/answer", "lib/registry", "probe/doctor");

    private ScriptLibrary() {}

    /** Built on first use, so that a command that contacts nobody does not pay for it. */
    private static final class Holder {
        static final String REMEDY_TEXT = together(REMEDY);
    }

    /** The scripts that these areas need, and no others. */
    static String probe(List<String> areas) {
        return PROBES.computeIfAbsent(List.copyOf(areas), names -> {
            List<String> scripts = new ArrayList<>();
            boolean small = WITHOUT_BASICS.containsAll(names);
            scripts.addAll(small ? BASICS.subList(0, 4) : BASICS);
            names.forEach(name -> scripts.add("probe/" + name));
            scripts.add("probe/run");
            return together(scripts);
        });
    }

    static String remedy() {
        return Holder.REMEDY_TEXT;
    }

    static String shell() {
        return together(SHELL);
    }

    private static String together(List<String> names) {
        return names.stream().map(ScriptLibrary::read).collect(Collectors.joining("\n"));
    }

    /** Comments are for whoever reads the file; the server gets the code. */
    private static String read(String name) {
        String path = "/ps-scripts/" + name + ".ps1";
        try (InputStream in = ScriptLibrary.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the script " + path + " is missing in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
