package dev.asrdoctor.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of hosts as Ansible's inventories write them: {@code ps[01:12]}, {@code ps[a:g:3]}, {@code ps1:5985}.
 *
 * @param names every host that is meant
 * @param port that stands behind the names
 */
record AnsibleRange(List<String> names, @Nullable Integer port) {
    static final int MOST_NAMES = 100_000;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final Pattern BRACKETED = Pattern.compile("\\[(.+)]:(\\d{1,9})");
    private static final Pattern HOST_AND_PORT = Pattern.compile("((?:[^:\\[\\]]|\\[[^\\]]*])*):(\\d{1,9})");
    private static final String STEPS = "\\[(?:[A-Za-z]:[A-Za-z]|\\d+:\\d+)(?::\\d+)?]";
    private static final String LABEL = "(?:\\w|" + STEPS + ")(?:[\\w-]|" + STEPS + ")*(?<![_-])";
    private static final Pattern HOST =
            Pattern.compile(LABEL + "(?:\\." + LABEL + ")*", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern IPV6 =
            Pattern.compile("[0-9a-fA-F:.\\[\\]]*:[0-9a-fA-F:.\\[\\]]*:[0-9a-fA-F:.\\[\\]]*");

    /** What is wrong with a range, in words. */
    static final class BadRange extends Exception {
        private static final long serialVersionUID = 1L;

        BadRange(String message) {
            super(message);
        }
    }

    static AnsibleRange of(String pattern) throws BadRange {
        for (Pattern form : List.of(BRACKETED, HOST_AND_PORT)) {
            Matcher matcher = form.matcher(pattern);
            if (matcher.matches() && (HOST.matcher(matcher.group(1)).matches() || isIpv6(matcher.group(1)))) {
                return new AnsibleRange(expand(matcher.group(1)), Integer.valueOf(matcher.group(2)));
            }
        }
        return new AnsibleRange(expand(pattern), null);
    }

    /** A host's name or address, with a port behind it or without one. */
    static boolean isAddress(String text) {
        String address = text;
        for (Pattern form : List.of(BRACKETED, HOST_AND_PORT)) {
            Matcher matcher = form.matcher(address);
            if (matcher.matches()) {
                address = matcher.group(1);
            }
        }
        return HOST.matcher(address).matches() || isIpv6(address);
    }

    static boolean isIpv6(String name) {
        return IPV6.matcher(name).matches();
    }

    private static List<String> expand(String pattern) throws BadRange {
        List<String> names = new ArrayList<>(List.of(pattern));
        while (names.getFirst().indexOf('[') >= 0) {
            List<String> next = new ArrayList<>();
            for (String name : names) {
                int open = name.indexOf('[');
                int close = name.indexOf(']');
                if (close < open) {
                    throw notARange(pattern);
                }
                for (String middle : steps(name.substring(open + 1, close).split(":", -1), pattern)) {
                    next.add(name.substring(0, open) + middle + name.substring(close + 1));
                    if (next.size() > MOST_NAMES) {
                        throw new BadRange("'" + pattern + "' is more than " + MOST_NAMES + " hosts");
                    }
                }
            }
            names = next;
        }
        return names;
    }

    private static List<String> steps(String[] range, String pattern) throws BadRange {
        if (range.length < 2 || range.length > 3 || range[1].isEmpty()) {
            throw notARange(pattern);
        }
        String begin = range[0].isEmpty() ? "0" : range[0];
        String end = range[1];
        String step = range.length == 3 ? range[2] : "1";
        if (!step.matches("0*[1-9]\\d{0,5}")) {
            throw notARange(pattern);
        }
        boolean filled = begin.startsWith("0") && begin.length() > 1;
        if (filled && begin.length() != end.length()) {
            throw new BadRange("'" + pattern + "': both ends of a range with zeros in front have the same length");
        }
        int by = Integer.parseInt(step);
        List<String> steps = new ArrayList<>();
        if (begin.matches("[a-zA-Z]") && end.matches("[a-zA-Z]")) {
            for (int i = LETTERS.indexOf(begin); i <= LETTERS.indexOf(end); i += by) {
                steps.add(String.valueOf(LETTERS.charAt(i)));
            }
        } else if (begin.matches("\\d{1,9}") && end.matches("\\d{1,9}")) {
            for (long i = Long.parseLong(begin); i <= Long.parseLong(end) && steps.size() <= MOST_NAMES; i += by) {
                String digits = Long.toString(i);
                steps.add(filled ? "0".repeat(Math.max(0, begin.length() - digits.length())) + digits : digits);
            }
        }
        if (steps.isEmpty()) {
            throw notARange(pattern);
        }
        return steps;
    }

    private static BadRange notARange(String pattern) {
        return new BadRange("'" + pattern + "' is not a range such as ps[01:12]");
    }
}
