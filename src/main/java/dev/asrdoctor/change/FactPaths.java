package dev.asrdoctor.change;

import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.UploadFacts;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.lang3.StringUtils;

/** Which paths of facts there can be at all: the names of facts are known, the keys of lists and maps are not. */
final class FactPaths {
    private FactPaths() {}

    /**
     * What is wrong with a path, in words; nothing where a difference could come there.
     *
     * @param parts of a path from its area on, which is known; {@code *} and {@code ?} stand for what is inside a part,
     *     {@code **} for parts
     */
    static Optional<String> mistake(List<String> parts) {
        FactArea<?> area = FactArea.byId(parts.getFirst()).orElse(null);
        if (area == null || parts.stream().anyMatch(part -> part.contains("**"))) {
            return Optional.empty();
        }
        Search search = new Search(parts);
        if (search.reaches(area, 1)) {
            return Optional.empty();
        }
        String wrong = parts.get(Math.min(search.deepest, parts.size() - 1));
        return Optional.of("there is no fact '" + String.join("/", parts) + "': "
                + (search.known.isEmpty()
                        ? "nothing stands below '" + parts.get(Math.max(0, search.deepest - 1)) + "'"
                        : "'" + wrong + "' is none of " + String.join(", ", search.known)
                                + Suggestion.didYouMean(wrong, search.known)));
    }

    private static final class Search {
        private final List<String> parts;
        private int deepest;
        private List<String> known = List.of();

        private Search(List<String> parts) {
            this.parts = parts;
        }

        private boolean reaches(FactArea<?> area, int at) {
            if (area.type() == UploadFacts.class) {
                return at == parts.size() || named(List.of("bytesPerSecond"), at);
            }
            // Services stand below their area by their names.
            return area.equals(FactArea.SERVICES) ? reaches(ServiceFact.class, at + 1) : reaches(area.type(), at);
        }

        private boolean named(List<String> names, int at) {
            note(at, names);
            return at == parts.size() - 1
                    && names.stream().anyMatch(pattern(parts.get(at)).asMatchPredicate());
        }

        private boolean reaches(Type type, int at) {
            if (at >= parts.size()) {
                return true;
            }
            if (type instanceof ParameterizedType several) {
                Type[] of = several.getActualTypeArguments();
                return several.getRawType() == Map.class ? reaches(of[1], at + 1) : reaches(of[0], at + 1);
            }
            if (!(type instanceof Class<?> facts) || !facts.isRecord()) {
                note(at, List.of());
                return false;
            }
            Pattern wanted = pattern(parts.get(at));
            List<RecordComponent> there = Arrays.asList(facts.getRecordComponents());
            note(at, there.stream().map(RecordComponent::getName).toList());
            List<RecordComponent> fitting = new ArrayList<>(there);
            fitting.removeIf(component -> !wanted.matcher(component.getName()).matches());
            return fitting.stream().anyMatch(component -> reaches(component.getGenericType(), at + 1));
        }

        private void note(int at, List<String> names) {
            if (at >= deepest) {
                deepest = at;
                known = names;
            }
        }

        private static Pattern pattern(String part) {
            String regex = StringUtils.replaceEach(
                    Pattern.quote(part), new String[] {"*", "?"}, new String[] {"\\E.*\\Q", "\\E.\\Q"});
            return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
        }
    }
}
