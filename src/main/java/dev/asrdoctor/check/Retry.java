package dev.asrdoctor.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether an entry says that what failed is tried again: one such try is no failure. */
enum Retry {
    /** The first or second of more. */
    EARLY,
    /** Another is announced, without saying the how-manieth. */
    ANNOUNCED,
    /** The last, a late one, or none at all. */
    NONE;

    private static final Pattern COUNTED = Pattern.compile(
            "(?i)\\b(?:retry|retries|attempt|try)\\b\\D{0,12}(\\d{1,4}) {0,2}(?:of|/|out of) {0,2}(\\d{1,4})\\b");

    private static final Pattern AGAIN = Pattern.compile(
            "(?i)\\bwill (?:be )?(?:retr|try again)|\\bretrying\\b|\\b(?:retry|try again) (?:later|in\\b)");

    private static final int EARLIEST = 2;

    static Retry of(String message) {
        Matcher counted = COUNTED.matcher(message);
        if (counted.find()) {
            int number = Integer.parseInt(counted.group(1));
            return number < Integer.parseInt(counted.group(2)) && number <= EARLIEST ? EARLY : NONE;
        }
        return AGAIN.matcher(message).find() ? ANNOUNCED : NONE;
    }
}
