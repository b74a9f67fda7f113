package dev.asrdoctor.remedy;

import org.jspecify.annotations.Nullable;

/**
 * What the remedy script did for one step; its word is no proof.
 *
 * @param action and {@code target} as the step has them
 * @param before what the script found: a service's state, or the value that was to be changed
 * @param outcome what the script tells
 * @param win32Error the error of the call itself, null when it was accepted
 * @param exitCode Win32 exit code of a service that stopped again, or of the program that was run
 * @param message in the server's language, or the name of what stood in the way
 */
public record StepOutcome(
        String action,
        String target,
        String before,
        Ending outcome,
        String after,
        @Nullable Long win32Error,
        @Nullable Long exitCode,
        @Nullable Long serviceExitCode,
        @Nullable String message) {}
