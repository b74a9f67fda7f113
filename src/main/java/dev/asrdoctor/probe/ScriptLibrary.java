package dev.asrdoctor.probe;

import dev.asrdoctor.remoting.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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
            "lib/events",
            "lib/registry",
            "lib/files",
            "lib/net",
            "lib/sample",
            "lib/mars",
            "lib/proxy",
            "lib/product");
    private static final Set<String> WITHOUT_BASICS = Set.of("host", "services");
    private static final Map<List<String>, Script.Shared> PROBES = new ConcurrentHashMap<>();
    private static final Map<Set<String>, Script.Shared> REMEDIES = new ConcurrentHashMap<>();
    private static final List<String> REMEDY_BASICS =
            List.of("lib/begin", "lib/json", "lib/answer", "lib/services", "lib/events", "remedy/result");
    private static final List<String> SET_PROXY =
            List.of("lib/registry", "lib/product", "lib/mars", "remedy/set-proxy");
    /** What an action needs beside the basics. */
    private static final Map<String, List<String>> ACTIONS = Map.of(
            "start", List.of("remedy/start-services"),
            "resume", List.of("remedy/start-services"),
            "restart", List.of("remedy/restart-service"),
            "set-start-type", List.of("remedy/program", "remedy/set-start-type"),
            "resync-time", List.of("remedy/program", "remedy/resync-time"),
            "set-mars-proxy", SET_PROXY,
            "set-product-proxy", SET_PROXY,
            "exclude-folders", List.of("remedy/exclude-folders"));

    private static final List<String> SHELL =
            List.of("lib/begin", "lib/json", "lib/answer", "lib/registry", "probe/doctor");

    private ScriptLibrary() {}

    /** The scripts that these areas need, and no others. */
    static Script.Shared probe(List<String> areas) {
        return PROBES.computeIfAbsent(List.copyOf(areas), names -> {
            List<String> scripts = new ArrayList<>();
            boolean small = WITHOUT_BASICS.containsAll(names);
            scripts.addAll(small ? BASICS.subList(0, 5) : BASICS);
            names.forEach(name -> scripts.add("probe/" + name));
            scripts.add("probe/run");
            return together(scripts);
        });
    }

    /** The scripts that these actions need, and no others. */
    static Script.Shared remedy(Set<String> actions) {
        return REMEDIES.computeIfAbsent(Set.copyOf(actions), wanted -> {
            Set<String> scripts = new LinkedHashSet<>(REMEDY_BASICS);
            wanted.stream().sorted().forEach(action -> scripts.addAll(needed(action)));
            scripts.add("remedy/run");
            return together(List.copyOf(scripts));
        });
    }

    private static List<String> needed(String action) {
        List<String> scripts = ACTIONS.get(action);
        if (scripts == null) {
            throw new IllegalArgumentException("no script does '" + action + "'");
        }
        return scripts;
    }

    static Script.Shared shell() {
        return together(SHELL);
    }

    private static Script.Shared together(List<String> names) {
        List<ScriptPart> all = names.stream()
                .flatMap(name -> ScriptPart.of(read(name)).stream())
                .toList();
        return new Script.Shared(
                ScriptPart.needed(all).stream().map(ScriptPart::text).collect(Collectors.joining("\n", "", "\n")));
    }

    private static String read(String name) {
        String path = "/ps-scripts/" + name + ".ps1";
        try (InputStream in = ScriptLibrary.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the script " + path + " is missing in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
