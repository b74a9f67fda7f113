package dev.asrdoctor.cli.options;

import dev.asrdoctor.assess.Choice;
import dev.asrdoctor.check.CheckSelection;
import dev.asrdoctor.check.Profile;
import dev.asrdoctor.cli.terminal.UsageException;
import java.util.List;
import picocli.CommandLine.Option;

/** Which checks a run judges by. */
public final class CheckOptions {
    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only these checks, by id, the part of it before the dot, or area: --only proxy,time.")
    List<String> only = List.of();

    @Option(names = "--skip", paramLabel = "NAME", split = ",", description = "Not these checks.")
    List<String> skip = List.of();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description =
                    "full (default), or quick: leave out what looks through the cache, reads many logs, or tries every URL.")
    Profile profile = Profile.FULL;

    public Choice choice() throws UsageException {
        try {
            return new Choice(CheckSelection.of(only, skip, profile), profile);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
