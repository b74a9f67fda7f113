package dev.asrdoctor.probe;

import org.jspecify.annotations.Nullable;

/**
 * What a remote shell of an account is like. Null where it could not be read.
 *
 * @param languageMode such as {@code FullLanguage}
 * @param policy execution policy that a group policy sets for the machine; it wins over every other
 * @param executionPolicy that is set on the machine itself
 * @param memoryMB of one shell with its processes
 * @param dotNetVersion of .NET Framework 4
 * @param administrator the account has all rights of an administrator, also over the network
 */
public record ShellFacts(
        @Nullable String psVersion,
        @Nullable String languageMode,
        @Nullable String policy,
        @Nullable String executionPolicy,
        @Nullable Long memoryMB,
        @Nullable String dotNetVersion,
        @Nullable Boolean administrator) {}
