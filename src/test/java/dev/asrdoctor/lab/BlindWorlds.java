package dev.asrdoctor.lab;

import dev.asrdoctor.assess.FleetDiagnosis;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.diagnosis.Cause;
import dev.asrdoctor.diagnosis.Diagnosis;
import dev.asrdoctor.diagnosis.KnowledgeReader;
import dev.asrdoctor.testing.Peers;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the diagnosis against worlds that people wrote who did not know its causes (src/test/resources/diagnosis/blind/README.md).
 * Of the measured half nothing is printed but its score by kind.
 */
final class BlindWorlds {
    static final String LEARNING = "learning";
    static final String MEASURED = "measured";
    private static final double SURE = 0.9;
    private static final double EVEN = 0.5;

    private BlindWorlds() {}

    /** @param answers ids of causes, as answers.yaml says */
    record World(String id, String half, List<String> kinds, Map<String, Object> answers, Path scenario) {
        boolean quiet() {
            return Boolean.TRUE.equals(answers.get("quiet"));
        }

        List<String> lead() {
            return list(answers.get("lead"));
        }

        List<List<String>> also() {
            return answers.get("also") instanceof List<?> all
                    ? all.stream().map(BlindWorlds::list).toList()
                    : List.of();
        }

        Stream<String> named() {
            return Stream.concat(
                    Stream.of("lead", "may", "never").flatMap(key -> list(answers.get(key)).stream()),
                    also().stream().flatMap(List::stream));
        }

        boolean allows(String cause) {
            return lead().contains(cause)
                    || list(answers.get("may")).contains(cause)
                    || also().stream().anyMatch(ids -> ids.contains(cause));
        }
    }

    /**
     * How one world came out.
     *
     * @param right the first cause is right and, of several faults, each is told
     * @param forbidden it is led by something that sends people the wrong way
     * @param sure how many causes were told at 90 % and more, and how many of these are right
     */
    record Outcome(World world, boolean right, boolean forbidden, int sure, int sureRight, String told) {}

    /** Counts of a kind. */
    record Score(int worlds, int right, int forbidden, int sure, int sureRight) {
        static Score of(List<Outcome> outcomes) {
            return new Score(
                    outcomes.size(),
                    (int) outcomes.stream().filter(Outcome::right).count(),
                    (int) outcomes.stream().filter(Outcome::forbidden).count(),
                    outcomes.stream().mapToInt(Outcome::sure).sum(),
                    outcomes.stream().mapToInt(Outcome::sureRight).sum());
        }

        double percentRight() {
            return worlds == 0 ? 100 : 100.0 * right / worlds;
        }
    }

    static List<World> worlds() throws Exception {
        Path folder = Peers.project("src/test/resources/diagnosis/blind");
        Map<String, Object> answers = table(file(folder.resolve("answers.yaml")).get("worlds"));
        List<World> worlds = new ArrayList<>();
        try (Stream<Path> scenarios = Files.list(folder.resolve("scenarios"))) {
            for (Path scenario : scenarios.sorted().toList()) {
                String id = scenario.getFileName().toString().replace(".yaml", "");
                Map<String, Object> words = file(folder.resolve("words/" + id + ".yaml"));
                if (answers.containsKey(id)) {
                    worlds.add(new World(
                            id,
                            String.valueOf(words.get("half")),
                            list(words.get("kind")),
                            table(answers.get(id)),
                            scenario));
                }
            }
        }
        return worlds;
    }

    static Outcome judge(World world, Path folder) throws Exception {
        Diagnosis diagnosis = diagnose(world, folder);
        List<Diagnosis.Named> causes = diagnosis.causes();
        List<Diagnosis.Named> faults = causes.stream()
                .filter(cause -> cause.kind() == Cause.Kind.FAULT)
                .toList();
        List<Diagnosis.Named> sure =
                causes.stream().filter(cause -> cause.confidence() >= SURE).toList();
        int sureRight =
                (int) sure.stream().filter(cause -> world.allows(cause.cause())).count();
        boolean forbidden = world.quiet()
                ? !faults.isEmpty()
                : !causes.isEmpty()
                        && list(world.answers.get("never"))
                                .contains(causes.getFirst().cause());
        return new Outcome(
                world,
                world.quiet()
                        ? faults.isEmpty()
                        : !forbidden
                                && isRight(world, causes, !diagnosis.unread().isEmpty()),
                forbidden,
                sure.size(),
                sureRight,
                told(causes));
    }

    private static boolean isRight(World world, List<Diagnosis.Named> causes, boolean unread) {
        if (causes.isEmpty()) {
            return Boolean.TRUE.equals(world.answers.get("unsure")) && unread;
        }
        Diagnosis.Named first = causes.getFirst();
        boolean leads = world.lead().contains(first.cause())
                || world.also().stream().anyMatch(ids -> ids.contains(first.cause()));
        boolean unsure = Boolean.TRUE.equals(world.answers.get("unsure")) && first.confidence() <= EVEN;
        List<String> told = causes.stream().map(Diagnosis.Named::cause).toList();
        boolean all = Stream.concat(Stream.of(world.lead()), world.also().stream())
                .allMatch(ids -> ids.isEmpty() || ids.stream().anyMatch(told::contains));
        return (leads && (all || world.also().isEmpty())) || unsure;
    }

    private static String told(List<Diagnosis.Named> causes) {
        return causes.stream()
                .map(cause -> String.format(
                        Locale.ROOT,
                        "%s%s@%s %.0f%%",
                        cause.kind() == Cause.Kind.FAULT ? "" : "(" + cause.kind() + ") ",
                        cause.cause(),
                        String.join(",", cause.at()),
                        100 * cause.confidence()))
                .toList()
                .toString();
    }

    static Diagnosis diagnose(World world, Path folder) throws Exception {
        Map<String, Object> scenario = new LinkedHashMap<>(file(world.scenario));
        scenario.remove("cannot");
        String text = JsonMapper.shared().writeValueAsString(scenario);
        ModelRun run = ModelRun.of(
                ScenarioReader.read(YamlFile.parse(text, world.id), null).servers(), folder);
        return FleetDiagnosis.of(run.reports(), run.visits(), KnowledgeReader.shipped(), Set.of());
    }

    static Map<String, Score> scores(List<Outcome> outcomes) {
        Map<String, List<Outcome>> byKind = new TreeMap<>();
        outcomes.forEach(outcome -> outcome.world.kinds.forEach(
                kind -> byKind.computeIfAbsent(kind, key -> new ArrayList<>()).add(outcome)));
        Map<String, Score> scores = new LinkedHashMap<>();
        scores.put("all", Score.of(outcomes));
        byKind.forEach((kind, those) -> scores.put(kind, Score.of(those)));
        return scores;
    }

    /** @param folder where inventories are written for a moment */
    static List<Outcome> outcomes(String half, Path folder) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        for (World world : worlds()) {
            if (world.half.equals(half)) {
                outcomes.add(judge(world, folder));
            }
        }
        return outcomes;
    }

    static void print(String half, List<Outcome> outcomes, PrintStream out) {
        out.println();
        out.println("| " + half
                + " half | worlds | first cause right | forbidden lead | told at 90 % and more | of these right |");
        out.println("|---|--:|--:|--:|--:|--:|");
        scores(outcomes)
                .forEach((kind, score) -> out.printf(
                        Locale.ROOT,
                        "| %s | %d | %d (%.0f %%) | %d | %d | %d |%n",
                        kind,
                        score.worlds,
                        score.right,
                        score.percentRight(),
                        score.forbidden,
                        score.sure,
                        score.sureRight));
    }

    /** Prints the score of both halves; with an argument also what was told in each world of the learning half that came out wrong. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("asrdoctor-blind");
        List<Outcome> learning = outcomes(LEARNING, folder);
        if (args.length > 0) {
            for (Outcome outcome : learning) {
                if (!outcome.right || outcome.sureRight < outcome.sure) {
                    System.out.println((outcome.right ? "sure   " : outcome.forbidden ? "FORBID " : "wrong  ")
                            + outcome.world.id + " " + outcome.world.kinds + " wants " + outcome.world.answers
                            + "\n         told "
                            + outcome.told);
                }
            }
        }
        print(LEARNING, learning, System.out);
        print(MEASURED, outcomes(MEASURED, folder), System.out);
        try (Stream<Path> left = Files.walk(folder)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static Map<String, Object> file(Path path) throws Exception {
        return table(YamlFile.read(path).plain());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> table(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static List<String> list(Object value) {
        return value == null
                ? List.of()
                : value instanceof List<?> many
                        ? many.stream().map(String::valueOf).toList()
                        : List.of(value.toString());
    }
}
