package dev.asrdoctor.check;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.Policy;
import java.util.List;

/** One pure judgement: the same facts, server and policy always give the same findings. */
public interface Check {
    About about();

    /** At least one finding: PASS, or UNKNOWN where the facts are missing. */
    List<Finding> judge(Facts facts, ResolvedServer server, Policy policy);

    /** Stable id, lower case with dots. */
    default String id() {
        return about().id();
    }

    default String title() {
        return about().title();
    }

    /** The step of Microsoft's article. */
    default String step() {
        return Integer.toString(about().step());
    }
}
