package dev.asrdoctor.assess;

import dev.asrdoctor.check.CheckSelection;
import dev.asrdoctor.check.Profile;
import java.util.List;
import java.util.Set;

/**
 * What a run judges by.
 *
 * @param checks ids
 */
public record Choice(Set<String> checks, Profile profile) {
    public static final Choice EVERYTHING =
            new Choice(CheckSelection.of(List.of(), List.of(), Profile.FULL), Profile.FULL);
}
