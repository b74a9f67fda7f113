package dev.asrdoctor.remedy;

import dev.asrdoctor.facts.ServiceState;
import org.jspecify.annotations.Nullable;

/**
 * What the remedy script did to one service.
 *
 * @param outcome the script's word: {@code started}, {@code resumed}, {@code already-running}, {@code start-failed},
 *     {@code timed-out}, {@code stopped-again}, {@code refused-disabled}, {@code skipped-dependency-failed},
 *     {@code not-installed}, {@code would-start} or {@code would-resume}
 * @param win32Error the error of the start itself, null when it was accepted
 * @param exitCode Win32 exit code when the service stopped again
 * @param message in the server's language
 */
public record ServiceOutcome(
        String service,
        ServiceState before,
        String outcome,
        ServiceState after,
        @Nullable Long win32Error,
        @Nullable Long exitCode,
        @Nullable Long serviceExitCode,
        @Nullable String message) {}
