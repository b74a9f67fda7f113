package dev.asrdoctor.check;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers that a message tells as an error: {@code (407)}, {@code error 10060}, {@code HTTP 503}, {@code Fehler: 12029}. The
 * same digits as a count, a size, a time, a port or an id tell nothing.
 */
final class ErrorNumbers {
    /** A number that stands alone: no part of an address, a version, a path, a GUID or another number. */
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.\\-/\\\\#$+%])\\d{3,5}(?![\\w\\-/\\\\%]|\\.\\d)");

    private static final Pattern SAID_AS_ERROR =
            Pattern.compile("(?i)(?:error|err|errno|fehler|erreur|code|hr|hresult|status"
                    + "|winsock|win32|http(?:/\\d(?:\\.\\d)?)?|rc|result|response|exception|failed|failure"
                    + "|WinHttp\\w{0,40}|WSA\\w{0,40}|GetLastError(?:\\(\\))?)"
                    + "\\W{0,3}(?:(?:code|number|with|status|is|was|error|returned|http)\\W{0,3}){0,2}$");

    /** A number in parentheses, and one after a colon in front of where it happened. */
    private static final Pattern OPENED = Pattern.compile("\\($");

    private static final Pattern CLOSED = Pattern.compile("^\\)");
    private static final Pattern SAID = Pattern.compile("[:=\\[] ?$");
    private static final Pattern PLACE = Pattern.compile("^\\W{0,3}(?:at |to |for )?[\\w.-]{1,60}:\\d");

    /** Words before a number that make it a quantity or a name. */
    private static final Pattern COUNTED =
            Pattern.compile("(?i)(?:block|size|byte|port|pid|tid|id|job|task|vm|time|took|after"
                    + "|duration|elapsed|length|offset|count|total|line|record|sequence|seq|chunk|file|disk|thread|process|session"
                    + "|entry|entrie|item|number|no|nr|retrie|attempt|waited|sent|received|read|wrote|written|version|build|rpo|lag"
                    + "|delay|latency|ms|kb|mb|gb|progress|pair|snapshot|pool|queue|handle|timeout|interval|timer|next|remaining|left"
                    + "|free|used|speed|rate|volume|index|generation|round|batch|row|page|cluster|sector|extent|epoch|tick)s?"
                    + "\\W{0,4}$");

    private static final Pattern UNIT = Pattern.compile(
            "(?i)^\\W{0,2}(?:ms|msec|milliseconds?|s|sec|secs|seconds?|min|minutes?|h|hours?|days?"
                    + "|b|bytes?|kb|mb|gb|tb|kib|mib|gib|blocks?|files?|items?|lines?|records?|entries|times|retries|attempts"
                    + "|pairs|requests|connections|threads|handles|chunks?|jobs?|tasks?|pages?|sectors?)\\b|^ {0,2}(?:of \\d|%)");

    /** Far more than any word before or after it that counts. */
    private static final int AROUND = 60;

    private ErrorNumbers() {}

    /** Whether one of them is told as an error. */
    static boolean tells(String message, Set<String> numbers) {
        Matcher matcher = NUMBER.matcher(message);
        while (matcher.find()) {
            if (numbers.contains(matcher.group()) && isError(message, matcher.start(), matcher.end())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isError(String message, int start, int end) {
        String before = message.substring(Math.max(0, start - AROUND), start);
        String after = message.substring(end, Math.min(message.length(), end + AROUND));
        if (UNIT.matcher(after).find()) {
            return false;
        }
        if (SAID_AS_ERROR.matcher(before).find()) {
            return true;
        }
        boolean alone = (OPENED.matcher(before).find() && CLOSED.matcher(after).find())
                || (SAID.matcher(before).find() && PLACE.matcher(after).find());
        return alone && !COUNTED.matcher(before).find();
    }
}
