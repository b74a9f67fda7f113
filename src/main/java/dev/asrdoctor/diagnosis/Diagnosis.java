package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a fleet, the most important first.
 *
 * @param servers how many were looked at
 * @param unread what could not be read on servers that were reached
 * @param reasoning how those servers were thought through for which it was asked, by name
 */
public record Diagnosis(int servers, List<Named> causes, Map<String, List<Answered>> reasoning, List<Unread> unread) {
    public Diagnosis(int servers, List<Named> causes, Map<String, List<Answered>> reasoning) {
        this(servers, causes, reasoning, List.of());
    }

    /** What of it concerns some servers: causes on them, and causes elsewhere that they suffer from. */
    public Diagnosis about(Set<String> names) {
        return new Diagnosis(
                servers,
                causes.stream()
                        .filter(cause -> cause.servers().stream().anyMatch(names::contains))
                        .toList(),
                reasoning,
                unread.stream().filter(one -> names.contains(one.server())).toList());
    }

    /**
     * One root cause.
     *
     * @param cause id, for {@code asrdoctor explain}; {@code unexplained} where nothing known fits
     * @param title one line without servers' names
     * @param level where it lies
     * @param confidence from 0 to 1
     * @param at servers on which it lies
     * @param servers those and the ones that suffer from it
     * @param machines replicated machines that suffer, as far as the inventory tells
     * @param evidence findings that speak for it
     * @param doubts findings that speak against it without ruling it out
     * @param explains findings that vanish with it
     * @param through titles of the causes by way of which it shows, none where it shows by itself
     * @param unsettled what was not read and could speak against it
     * @param ruledOut ids of causes that would show alike and are not there, by the check that tells so
     * @param undecided other causes with the same symptoms, null where there is none
     * @param shared what its servers have in common, null where nothing is telling
     * @param since about when it began, null where nothing tells
     * @param before what was done to its servers in the hours before, as their event logs tell
     * @param remedy of {@code asrdoctor remediate}, null where it has none
     */
    public record Named(
            String cause,
            String title,
            Cause.Kind kind,
            Cause.Level level,
            double confidence,
            List<String> at,
            List<String> servers,
            int machines,
            List<Hit> evidence,
            List<Hit> doubts,
            List<Hit> explains,
            List<String> through,
            List<Unread> unsettled,
            Map<String, List<String>> ruledOut,
            String nextAction,
            @Nullable Undecided undecided,
            @Nullable Shared shared,
            @Nullable Instant since,
            List<String> before,
            @Nullable String remedy) {
        /** {@code sure}, {@code probable} or {@code possible}. */
        public String sureness() {
            return confidence >= 0.9 ? "sure" : confidence >= 0.7 ? "probable" : "possible";
        }
    }

    /**
     * @param with ids of the other causes
     * @param decide the fact that tells them apart, and how to learn it
     */
    public record Undecided(List<String> with, String decide) {}

    /**
     * What the servers of a cause have in common.
     *
     * @param having how many of the servers of the cause have it
     * @param spared how many others have it too without the cause
     */
    public record Shared(String attribute, String value, int having, int spared) {}

    /**
     * What one question of the flow has brought on a server.
     *
     * @param status the worst of its findings, null where nothing was read
     * @param findings those that are not in order, else the first
     * @param rulesOut ids of causes
     */
    public record Answered(
            Knowledge.Question question, @Nullable Status status, List<Hit> findings, List<String> rulesOut) {}
}
