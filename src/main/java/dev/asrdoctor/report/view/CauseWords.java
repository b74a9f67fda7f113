package dev.asrdoctor.report.view;

import dev.asrdoctor.check.Status;
import dev.asrdoctor.diagnosis.Diagnosis;
import dev.asrdoctor.diagnosis.Hit;
import dev.asrdoctor.diagnosis.Unread;
import dev.asrdoctor.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is said of a cause in a line. */
final class CauseWords {
    static final int SHOWN = 6;
    private static final int NAMES = 4;
    private static final int MOST_UNREAD = 5;

    private CauseWords() {}

    /** Each check and subject once, with how many servers have it. */
    static List<String> grouped(List<Hit> hits, Diagnosis.Named cause) {
        Map<String, List<Hit>> groups = new LinkedHashMap<>();
        for (Hit hit : hits) {
            groups.computeIfAbsent(hit.finding().check() + " " + hit.finding().subject(), key -> new ArrayList<>())
                    .add(hit);
        }
        return groups.values().stream()
                .map(CauseWords::telling)
                .map(group -> words(group, cause))
                .toList();
    }

    private static String words(List<Hit> group, Diagnosis.Named cause) {
        Hit first = group.stream()
                .filter(hit -> cause.at().contains(hit.patient().name()))
                .findFirst()
                .orElse(group.getFirst());
        long servers =
                group.stream().map(hit -> hit.patient().name()).distinct().count();
        boolean named = servers > 1 || !cause.at().contains(first.patient().name());
        return first.finding().check() + (servers > 1 ? " on " + servers + " servers, for example" : "") + ": "
                + first.finding().title() + (named ? " (" + first.patient().name() + ")" : "");
    }

    /** Servers on which it is in order count only where it is in order on all of them. */
    private static List<Hit> telling(List<Hit> group) {
        List<Hit> bad = group.stream()
                .filter(hit -> hit.finding().status() != Status.PASS)
                .toList();
        return bad.isEmpty() ? group : bad;
    }

    static String sureness(Diagnosis.Named cause) {
        return cause.sureness() + ", " + Math.round(cause.confidence() * 100) + " %";
    }

    static String explained(Diagnosis.Named cause) {
        int count = cause.explains().size();
        return count == 0 ? "" : "; explains " + Words.count(count, "more finding");
    }

    static String suffering(Diagnosis.Named cause) {
        List<String> others = cause.servers().stream()
                .filter(name -> !cause.at().contains(name))
                .toList();
        String machines = cause.machines() == 0 ? "" : Words.count(cause.machines(), "replicated machine");
        return "affects "
                + String.join(
                        " and ",
                        Stream.of(machines, Words.first(others, NAMES))
                                .filter(text -> !text.isEmpty())
                                .toList());
    }

    static String shared(Diagnosis.Shared shared, int members) {
        String what = shared.attribute().startsWith("tag:")
                ? shared.attribute().substring(4)
                : shared.attribute().replace('-', ' ');
        return (shared.having() == members ? "all " + members : shared.having() + " of " + members) + " have the "
                + what + " " + shared.value() + ", "
                + (shared.spared() == 0
                        ? "and no other server has it"
                        : "which " + shared.spared() + (shared.spared() == 1 ? " other has" : " others have")
                                + " without the fault");
    }

    static String servers(List<String> names, int fleet) {
        return names.size() == 1
                ? names.getFirst()
                : names.size() + " of " + fleet + " servers (" + Words.first(names, NAMES) + ")";
    }

    /** For example {@code firewall.urls of ps-01, time.source of ps-02 and 3 more}. */
    static String unread(List<Unread> unread) {
        return Words.first(
                unread.stream()
                        .map(one -> one.check() + " of " + one.server())
                        .distinct()
                        .toList(),
                MOST_UNREAD);
    }
}
