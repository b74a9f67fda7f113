package dev.asrdoctor.remedy;

import dev.asrdoctor.check.Checks;
import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.policy.PolicyLoader;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.policy.Terms;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The policy file of this program: limits of every check, of every remedy and of the guard rails. */
public final class PolicyFile {
    private static final Terms TERMS = new Terms(limits(), Checks.orders(), Checks.ids());

    private PolicyFile() {}

    /** @throws ConfigException with every mistake, each with file, line and column */
    public static PolicyLoader.Loaded load(Path path) throws ConfigException {
        return PolicyLoader.load(path, TERMS);
    }

    /** @throws ConfigException with every mistake, each with file, line and column */
    public static PolicyLoader.Loaded load(Value root) throws ConfigException {
        return PolicyLoader.load(root, TERMS);
    }

    public static List<Setting<?>> settings() {
        return TERMS.settings();
    }

    private static List<Setting<?>> limits() {
        Stream<Setting<?>> remedies = Arrays.stream(Remedy.values()).flatMap(remedy -> remedy.limits().stream());
        return Stream.of(Checks.limits().stream(), RailLimits.ALL.stream(), remedies)
                .flatMap(limits -> limits)
                .toList();
    }
}
