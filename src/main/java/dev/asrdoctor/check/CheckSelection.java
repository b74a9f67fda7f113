package dev.asrdoctor.check;

import dev.asrdoctor.config.Suggestion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which checks a run judges by: those of a profile, narrowed by names. */
public final class CheckSelection {
    private CheckSelection() {}

    /**
     * @param only ids of checks, parts of ids before a dot, or areas; empty for all
     * @param skip the same, taken away
     * @return ids in the order of {@link Checks#all}
     * @throws IllegalArgumentException with one line for people when a name means nothing, or nothing is left
     */
    public static Set<String> of(List<String> only, List<String> skip, Profile profile) {
        Stream.concat(only.stream(), skip.stream()).forEach(CheckSelection::known);
        Set<String> selected = new LinkedHashSet<>();
        for (Check check : Checks.all()) {
            boolean inProfile = profile == Profile.FULL || check.about().profile() == Profile.QUICK;
            boolean named = only.isEmpty() || only.stream().anyMatch(name -> names(name, check));
            if (inProfile && named && skip.stream().noneMatch(name -> names(name, check))) {
                selected.add(check.id());
            }
        }
        if (selected.isEmpty()) {
            throw new IllegalArgumentException("no check is left by --only, --skip and --profile"
                    + (profile == Profile.QUICK ? "; the quick profile leaves out what takes long" : ""));
        }
        return selected;
    }

    /**
     * The nearest word that means something, and where all of them stand.
     *
     * @param more words beside those for checks
     */
    public static String hint(String name, Set<String> more) {
        Set<String> words = names();
        words.addAll(more);
        String nearest = Suggestion.didYouMean(name, words);
        return nearest + (nearest.isEmpty() ? ";" : "") + " 'asrdoctor checks' lists them";
    }

    /** Every word that means one check or several. */
    private static Set<String> names() {
        Set<String> names = new TreeSet<>(Checks.ids());
        Checks.all().forEach(check -> {
            names.add(check.id().split("\\.", 2)[0]);
            names.add(check.about().area().id());
        });
        return names;
    }

    private static boolean names(String name, Check check) {
        return check.id().equals(name)
                || check.id().startsWith(name + ".")
                || check.about().area().id().equals(name);
    }

    private static void known(String name) {
        if (Checks.all().stream().noneMatch(check -> names(name, check))) {
            throw new IllegalArgumentException("no check or area is called '" + name + "'" + hint(name, Set.of()));
        }
    }
}
