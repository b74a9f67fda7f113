package dev.asrdoctor.inventory;

import dev.asrdoctor.config.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * What Ansible's {@code --limit} selects: names of hosts or groups, globs and {@code ~expressions}, with {@code [0:2]}
 * behind a group, {@code &} and {@code !}, apart by commas or colons, or by lines in {@code @FILE}. What would match
 * nothing is a mistake here (Ansible's documentation, "Patterns: targeting hosts and groups").
 */
final class AnsiblePatterns {
    private static final Pattern APART = Pattern.compile("(?:[^\\s:\\[\\]]|\\[[^\\]]*])+");
    private static final Pattern SUBSCRIPT = Pattern.compile("(.+)\\[(?:(-?\\d{1,9})|(\\d{1,9})[:-](\\d{0,9}))]");
    /** What Java and Python read differently. */
    private static final Pattern OTHERWISE =
            Pattern.compile("&&|\\[\\^?\\[|\\(\\?P|\\(\\?<[A-Za-z]|\\\\[pPQEGhHRXkzZ]");

    private final AnsibleRoster roster;

    AnsiblePatterns(AnsibleRoster roster) {
        this.roster = roster;
    }

    /** The names of the hosts that one limit selects. */
    Set<String> select(String limit) throws SelectionException {
        List<String> patterns = new ArrayList<>();
        for (String pattern : apart(limit)) {
            if (pattern.startsWith("@")) {
                patterns.addAll(lines(pattern.substring(1)));
            } else {
                patterns.add(pattern);
            }
        }
        if (patterns.isEmpty()) {
            throw new SelectionException("the limit '" + limit + "' names nobody");
        }
        Set<String> chosen = new LinkedHashSet<>();
        if (patterns.stream().allMatch(pattern -> pattern.startsWith("!") || pattern.startsWith("&"))) {
            chosen.addAll(roster.hosts());
        }
        for (String pattern : with(patterns, p -> !p.startsWith("!") && !p.startsWith("&"))) {
            chosen.addAll(roster.hosts().contains(pattern) ? List.of(pattern) : matched(pattern, pattern));
        }
        for (String pattern : with(patterns, p -> p.startsWith("&"))) {
            chosen.retainAll(Set.copyOf(matched(pattern.substring(1), pattern)));
        }
        for (String pattern : with(patterns, p -> p.startsWith("!"))) {
            chosen.removeAll(Set.copyOf(matched(pattern.substring(1), pattern)));
        }
        return chosen;
    }

    private static List<String> with(List<String> patterns, Predicate<String> kind) {
        return patterns.stream().filter(kind).toList();
    }

    private static List<String> apart(String limit) {
        Stream<String> parts;
        if (limit.contains(",")) {
            parts = Stream.of(limit.split(","));
        } else if (AnsibleRange.isAddress(limit)) {
            parts = Stream.of(limit);
        } else {
            parts = APART.matcher(limit).results().map(MatchResult::group);
        }
        return parts.map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    private static List<String> lines(String file) throws SelectionException {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException | InvalidPathException e) {
            throw new SelectionException(
                    "the limit is to be read from '" + file + "', which cannot be read: " + e.getMessage(), e);
        }
    }

    private List<String> matched(String pattern, String written) throws SelectionException {
        if (pattern.isEmpty()) {
            throw new SelectionException("behind '" + written + "' of the limit stands no name");
        }
        Matcher subscript = SUBSCRIPT.matcher(pattern);
        boolean numbered = !pattern.startsWith("~") && subscript.matches();
        String expression = numbered ? subscript.group(1) : pattern;
        Predicate<String> matches = matcher(expression);
        List<String> groups = roster.groups().keySet().stream().filter(matches).toList();
        List<String> hosts = new ArrayList<>();
        for (String group : groups) {
            hosts.addAll(
                    numbered
                            ? roster.inOrder(group)
                                    .orElseThrow(() -> new SelectionException("'" + pattern
                                            + "' has no fixed meaning: Ansible itself has no order for the hosts of '"
                                            + group
                                            + "', in which several groups hold others; name the hosts"))
                            : roster.in(group));
        }
        if (groups.isEmpty() || expression.startsWith("~") || expression.matches(".*[.?*\\[].*")) {
            roster.hosts().stream().filter(matches).forEach(hosts::add);
        }
        if (hosts.isEmpty() && groups.isEmpty()) {
            throw nobody(pattern, written);
        }
        return numbered && !hosts.isEmpty() ? slice(hosts, subscript, pattern) : hosts;
    }

    private SelectionException nobody(String pattern, String written) {
        if (pattern.contains("=")) {
            return new SelectionException("'" + written
                    + "' is no pattern of Ansible's, which -l takes; write it without -l to choose by a tag, site or"
                    + " deployment");
        }
        List<String> names = new ArrayList<>(roster.groups().keySet());
        names.addAll(roster.hosts());
        return new SelectionException("'" + written + "' of the limit matches no host and no group"
                + Suggestion.didYouMean(pattern, names)
                + (pattern.contains(" ") ? "; several patterns are written 'a,b'" : ""));
    }

    private static List<String> slice(List<String> hosts, Matcher subscript, String pattern) throws SelectionException {
        int size = hosts.size();
        int from = Integer.parseInt(subscript.group(2) != null ? subscript.group(2) : subscript.group(3));
        String end = subscript.group(2) != null ? "0" : subscript.group(4);
        int to = end.isEmpty() ? size - 1 : Integer.parseInt(end);
        if (to == 0 && !end.isEmpty()) {
            // Ansible takes an end of 0 for none.
            if (from >= size || from < -size) {
                throw new SelectionException("'" + pattern + "' is beyond the " + size + " hosts that match");
            }
            return List.of(hosts.get(from < 0 ? size + from : from));
        }
        return from >= size ? List.of() : hosts.subList(from, Math.max(from, Math.min(size, to + 1)));
    }

    private static Predicate<String> matcher(String pattern) throws SelectionException {
        if (!pattern.startsWith("~")) {
            Pattern glob = glob(pattern);
            return name -> glob.matcher(name).matches();
        }
        String expression = pattern.substring(1);
        if (OTHERWISE.matcher(expression).find()) {
            throw new SelectionException(
                    "'" + pattern + "' has something that Python and Java read differently; write it more simply");
        }
        try {
            Pattern compiled = Pattern.compile(expression, Pattern.UNICODE_CHARACTER_CLASS);
            return name -> compiled.matcher(name).lookingAt();
        } catch (PatternSyntaxException e) {
            throw new SelectionException("'" + pattern + "' is no regular expression: " + e.getDescription(), e);
        }
    }

    /** As Python's fnmatch reads it: upper and lower case differ, and brackets hold one of several signs. */
    private static Pattern glob(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            int close = c == '[' ? closing(glob, i) : -1;
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (close > 0) {
                regex.append(oneOf(glob.substring(i + 1, close)));
                i = close;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static int closing(String glob, int open) {
        int from = open + 1;
        if (from < glob.length() && glob.charAt(from) == '!') {
            from++;
        }
        return glob.indexOf(']', from + 1);
    }

    private static String oneOf(String signs) {
        boolean not = signs.startsWith("!");
        String inside = not ? signs.substring(1) : signs;
        StringBuilder set = new StringBuilder(not ? "[^" : "[");
        boolean any = false;
        for (int i = 0; i < inside.length(); i++) {
            char from = inside.charAt(i);
            boolean range = i + 2 < inside.length() && inside.charAt(i + 1) == '-';
            char to = range ? inside.charAt(i + 2) : from;
            if (from <= to) {
                set.append("\\x{%x}-\\x{%x}".formatted((int) from, (int) to));
                any = true;
            }
            i += range ? 2 : 0;
        }
        return any ? set.append(']').toString() : not ? "." : "(?!)";
    }
}
