package dev.asrdoctor.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line of the heartbeat's logs tells of an error. The logs are free text: a level counts where there is one, else
 * words that say that something failed; names, counts of none and failovers are no errors (docs/facts.md, "Heartbeat").
 *
 * @param reason a word for why
 */
record HeartbeatEntry(String reason, Retry retry) {
    static final String OTHER = "other";

    private record Reason(String word, Pattern pattern, Set<String> numbers) {
        Reason(String word, String pattern, String... numbers) {
            this(word, Pattern.compile("(?i)" + pattern), Set.of(numbers));
        }
    }

    private static final List<Reason> REASONS = List.of(
            new Reason(
                    "database",
                    "\\bDB[ID]::|\\bDBD::|\\bMySQL\\b|MySQL server has gone away|\\bdatabase\\b|\\bSQLSTATE\\b"),
            new Reason("certificate-expired", "certificate (?:has )?expired|certificate is not yet valid"),
            new Reason("certificate", "curl:? ?(?:error:? ?)?\\((?:60|58|51)\\)|certificate|fingerprint"),
            new Reason(
                    "tls",
                    "curl:? ?(?:error:? ?)?\\((?:35|53|54|59|66|77|80|83)\\)|\\bschannel\\b|\\bSEC_E_|\\bSSL|\\bTLS\\b|handshake"),
            new Reason(
                    "name",
                    "curl:? ?(?:error:? ?)?\\(6\\)|resolve host|resolve proxy|no such host|name (?:could not be|is not) resolved",
                    "11001",
                    "11002",
                    "11003",
                    "11004"),
            new Reason("server", "internal server error|service unavailable|bad gateway", "500", "502", "503", "504"),
            new Reason("refused", "\\bforbidden\\b|\\bunauthori[sz]ed\\b|access denied", "401", "403"),
            new Reason(
                    "connection",
                    "curl:? ?(?:error:? ?)?\\((?:7|28|52|55|56)\\)|could not connect|couldn't connect|cannot connect|can't connect"
                            + "|connection (?:refused|reset|timed out|attempt failed)|timed out",
                    "10060",
                    "10061",
                    "10065",
                    "12002",
                    "12029"));

    /** Time, brackets and names of programs may stand before a level. */
    private static final int LEVEL_WITHIN = 80;

    private static final Pattern LEVEL = Pattern.compile(
            "(?<![\\w./\\\\-])(ERROR|EXCEPTION|FATAL|CRITICAL|SEVERE|WARN|WARNING|INFO|NOTICE|DEBUG|TRACE|ALWAYS|VERBOSE|NORMAL)(?![\\w./\\\\-])");
    private static final Set<String> BAD = Set.of("ERROR", "EXCEPTION", "FATAL", "CRITICAL", "SEVERE");
    private static final Set<String> DOUBTFUL = Set.of("WARN", "WARNING");

    /** Names, paths and phrases in which the words of an error tell none. */
    private static final Pattern HARMLESS = Pattern.compile("(?i)\\bfail(?:ed)?[- ]?(?:over|back|safe)\\w{0,4}"
            + "|\\b(?:no|0|zero|without|any|none) (?:\\w{1,12} )?(?:errors?|exceptions?|failures?|failed|refused|timed out)\\b"
            + "|\\b(?:errors?|exceptions?|failures?|failed)(?:[ _]?(?:codes?|counts?|rates?|numbers?|total|items?|pairs?|jobs?|files?))?"
            + "\\W{0,4}(?:(?:is|was|are) )?['\"]?(?:(?:0x0{1,8}|0)\\b(?!\\.\\d)|(?:none|null|no|false|ok|success\\w{0,4})['\"]?(?= ?(?:[,;)\\]}|]|$)))"
            + "|\\b(?:last|previous|old) (?:error|failure|exception) (?:\\w{1,10} )?(?:cleared|resolved|gone)"
            + "|\\b(?:error|exception|failure)s? (?:log|handler|handling|report|queue|level|threshold|budget|page|list|table|reporting)s?\\b"
            + "|\\b(?:on|if|upon|in case of|after|for) (?:error|exception|failure)s?\\b"
            + "|\\berrors? (?:cleared|resolved|fixed|corrected)\\b"
            + "|[\\\\/_-](?:error|exception|fail)\\w{0,40}"
            + "|\\b(?:error|exception|fail(?:ed|ure)?)s?(?:[\\\\/_-]\\w|\\.(?:log|txt|pl|pm|php|html?|dat)\\b)");

    private static final Pattern SAYS = Pattern.compile(
            "(?i)\\b(?:errors?|exceptions?|fail(?:s|ed|ure|ures)?|fatal|could not|couldn't|cannot|can't|unable to|timed out|refused|gone away)\\b"
                    + "|curl: \\(");

    /** What this line tells; nothing where it tells no error. */
    static Optional<HeartbeatEntry> of(String line) {
        Matcher level = LEVEL.matcher(line.substring(0, Math.min(LEVEL_WITHIN, line.length())));
        String word = level.find() ? level.group(1) : "";
        String rest = HARMLESS.matcher(line).replaceAll(" ");
        boolean bad = BAD.contains(word) && LEVEL.matcher(rest).find();
        boolean plain = word.isEmpty() && SAYS.matcher(rest).find();
        Optional<String> reason = bad || plain || DOUBTFUL.contains(word) ? reason(rest) : Optional.empty();
        boolean doubtful = DOUBTFUL.contains(word)
                && reason.isPresent()
                && SAYS.matcher(rest).find();
        return bad || plain || doubtful
                ? Optional.of(new HeartbeatEntry(reason.orElse(OTHER), Retry.of(rest)))
                : Optional.empty();
    }

    private static Optional<String> reason(String text) {
        return REASONS.stream()
                .filter(reason -> reason.pattern().matcher(text).find()
                        || (!reason.numbers().isEmpty() && ErrorNumbers.tells(text, reason.numbers())))
                .map(Reason::word)
                .findFirst();
    }
}
