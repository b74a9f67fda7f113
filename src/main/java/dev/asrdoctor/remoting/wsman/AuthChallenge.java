package dev.asrdoctor.remoting.wsman;

import java.util.ArrayList;
import java.util.List;

/**
 * One way to log on that a server offers.
 *
 * @param token what follows the scheme up to the next comma: the token of Negotiate, or the first parameter; may be empty
 */
record AuthChallenge(String scheme, String token) {

    /** Reads the values of all WWW-Authenticate headers, each of which may offer several schemes. Never fails: what makes no sense is left out. */
    static List<AuthChallenge> parse(List<String> values) {
        List<AuthChallenge> challenges = new ArrayList<>();
        for (String value : values) {
            int from = 0;
            boolean quoted = false;
            for (int i = 0; i <= value.length(); i++) {
                if (i == value.length() || (value.charAt(i) == ',' && !quoted)) {
                    add(challenges, value.substring(from, i).strip());
                    from = i + 1;
                } else if (value.charAt(i) == '"') {
                    quoted = !quoted;
                } else if (value.charAt(i) == '\\' && quoted && i + 1 < value.length()) {
                    i++;
                }
            }
        }
        return challenges;
    }

    private static void add(List<AuthChallenge> challenges, String part) {
        int end = 0;
        while (end < part.length() && isSchemeCharacter(part.charAt(end))) {
            end++;
        }
        if (end == 0) {
            return;
        }
        String rest = part.substring(end).strip();
        boolean parameterOfTheOneBefore = rest.startsWith("=");
        if (!parameterOfTheOneBefore && (rest.isEmpty() || part.charAt(end) == ' ' || part.charAt(end) == '\t')) {
            challenges.add(new AuthChallenge(part.substring(0, end), rest));
        }
    }

    private static boolean isSchemeCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.';
    }
}
