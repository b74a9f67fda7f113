package dev.asrdoctor.inventory;

import dev.asrdoctor.config.PythonNumbers;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of Ansible's INI form, which Python's {@code ast.literal_eval} reads: a number, a truth, {@code None}, a quoted
 * text with its escapes, a list; a comment may follow. Whatever is no literal is a text as it stands.
 */
final class PythonLiteral {
    private static final int DEEPEST = 50;
    private static final Pattern NUMBER = Pattern.compile("0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+"
            + "|(?:[0-9](?:_?[0-9])*)?\\.[0-9](?:_?[0-9])*(?:[eE][-+]?[0-9]+)?"
            + "|[0-9](?:_?[0-9])*\\.?(?:[eE][-+]?[0-9]+)?");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern QUOTE = Pattern.compile("([rRuUbB]{0,2})(\"\"\"|'''|\"|')");

    /** The text is no literal, so Ansible takes it as it stands. */
    private static final class NoLiteral extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private final String text;
    private int at;
    private int depth;

    private PythonLiteral(String text) {
        this.text = text;
    }

    static AnsibleValue read(String text) {
        try {
            PythonLiteral reader = new PythonLiteral(text);
            AnsibleValue value = reader.tupleOrValue();
            return reader.atEnd() ? value : new AnsibleValue.Text(text);
        } catch (NoLiteral e) {
            return new AnsibleValue.Text(text);
        }
    }

    private AnsibleValue tupleOrValue() throws NoLiteral {
        AnsibleValue first = value();
        blanks();
        if (!looking(',')) {
            return first;
        }
        List<AnsibleValue> items = new ArrayList<>(List.of(first));
        while (looking(',')) {
            at++;
            blanks();
            if (atEnd()) {
                break;
            }
            items.add(value());
            blanks();
        }
        return items(items);
    }

    private AnsibleValue value() throws NoLiteral {
        blanks();
        if (at >= text.length() || ++depth > DEEPEST) {
            throw new NoLiteral();
        }
        char c = text.charAt(at);
        AnsibleValue value = switch (c) {
            case '[' -> list(']', false);
            case '(' -> list(')', true);
            case '{' -> fields();
            case '-', '+' -> signed(c);
            default -> scalar();
        };
        depth--;
        return value;
    }

    private AnsibleValue list(char close, boolean parentheses) throws NoLiteral {
        at++;
        List<AnsibleValue> items = new ArrayList<>();
        boolean comma = false;
        for (blanks(); !looking(close); blanks()) {
            if (!items.isEmpty() && !comma) {
                throw new NoLiteral();
            }
            items.add(value());
            blanks();
            comma = looking(',');
            if (comma) {
                at++;
            }
        }
        at++;
        return parentheses && items.size() == 1 && !comma ? items.getFirst() : items(items);
    }

    private static AnsibleValue items(List<AnsibleValue> items) {
        List<String> texts = new ArrayList<>();
        for (AnsibleValue item : items) {
            if (!(item instanceof AnsibleValue.Text one)) {
                return new AnsibleValue.Odd("a list");
            }
            texts.add(one.text());
        }
        return new AnsibleValue.Items(texts);
    }

    /** Names with values, or a set: their texts matter to nobody here, but whether they are literals does. */
    private AnsibleValue fields() throws NoLiteral {
        at++;
        boolean comma = true;
        int colons = 0;
        int values = 0;
        for (blanks(); !looking('}'); blanks()) {
            if (!comma) {
                throw new NoLiteral();
            }
            value();
            values++;
            blanks();
            if (looking(':')) {
                at++;
                colons++;
                value();
                blanks();
            }
            comma = looking(',');
            if (comma) {
                at++;
            }
        }
        at++;
        if (colons != 0 && colons != values) {
            throw new NoLiteral();
        }
        return new AnsibleValue.Odd("names with values");
    }

    private AnsibleValue signed(char sign) throws NoLiteral {
        at++;
        blanks();
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            throw new NoLiteral();
        }
        Optional<String> number = number();
        if (number.isEmpty()) {
            throw new NoLiteral();
        }
        String unsigned = number.get();
        return unsigned.isEmpty()
                ? new AnsibleValue.Odd("a number")
                : new AnsibleValue.Text(sign == '-' && !unsigned.equals("0") ? "-" + unsigned : unsigned, true);
    }

    private AnsibleValue scalar() throws NoLiteral {
        Optional<String> number = number();
        if (number.isPresent()) {
            return number.get().isEmpty()
                    ? new AnsibleValue.Odd("a number")
                    : new AnsibleValue.Text(number.get(), true);
        }
        StringBuilder all = new StringBuilder();
        boolean any = false;
        for (Matcher quote = matcher(QUOTE); quote.lookingAt(); quote = matcher(QUOTE)) {
            at = quote.end();
            string(all, quote.group(1), quote.group(2));
            any = true;
            blanks();
        }
        if (any) {
            return new AnsibleValue.Text(all.toString());
        }
        Matcher word = matcher(WORD);
        if (word.lookingAt()) {
            at = word.end();
            return switch (word.group()) {
                case "None" -> new AnsibleValue.Nothing();
                case "True", "False" -> new AnsibleValue.Text(word.group(), true);
                default -> throw new NoLiteral();
            };
        }
        throw new NoLiteral();
    }

    /** Empty text where only Python knows how the number is written. */
    private Optional<String> number() throws NoLiteral {
        Matcher number = matcher(NUMBER);
        if (!number.lookingAt()) {
            return Optional.empty();
        }
        String written = number.group().replace("_", "");
        at = number.end();
        if (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            throw new NoLiteral();
        }
        if (written.matches("0[xX].*")) {
            return Optional.of(new BigInteger(written.substring(2), 16).toString());
        } else if (written.matches("0[oO].*")) {
            return Optional.of(new BigInteger(written.substring(2), 8).toString());
        } else if (written.matches("0[bB].*")) {
            return Optional.of(new BigInteger(written.substring(2), 2).toString());
        } else if (written.matches("0*[1-9]\\d*|0+")) {
            if (written.matches("0+[1-9]\\d*")) {
                throw new NoLiteral();
            }
            return Optional.of(new BigInteger(written).toString());
        }
        return Optional.of(PythonNumbers.fraction(written));
    }

    private void string(StringBuilder into, String prefix, String quote) throws NoLiteral {
        boolean raw = prefix.toLowerCase(Locale.ROOT).contains("r");
        while (true) {
            if (at >= text.length()) {
                throw new NoLiteral();
            }
            if (text.startsWith(quote, at)) {
                at += quote.length();
                return;
            }
            char c = text.charAt(at++);
            if (c != '\\') {
                into.append(c);
            } else if (at >= text.length()) {
                throw new NoLiteral();
            } else if (raw) {
                into.append(c).append(text.charAt(at++));
            } else {
                escape(into, text.charAt(at++));
            }
        }
    }

    private void escape(StringBuilder into, char c) throws NoLiteral {
        switch (c) {
            case '\\', '\'', '"' -> into.append(c);
            case 'a' -> into.append('\u0007');
            case 'b' -> into.append('\b');
            case 'f' -> into.append('\f');
            case 'n' -> into.append('\n');
            case 'r' -> into.append('\r');
            case 't' -> into.append('\t');
            case 'v' -> into.append('\u000b');
            case 'x' -> into.appendCodePoint(hex(2));
            case 'u' -> into.appendCodePoint(hex(4));
            case 'U' -> into.appendCodePoint(hex(8));
            case 'N' -> into.appendCodePoint(named());
            default -> {
                if (c < '0' || c > '7') {
                    into.append('\\').append(c);
                    return;
                }
                int code = c - '0';
                for (int i = 0; i < 2 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '7'; i++) {
                    code = code * 8 + text.charAt(at++) - '0';
                }
                into.appendCodePoint(code);
            }
        }
    }

    private int hex(int digits) throws NoLiteral {
        if (at + digits > text.length() || !text.substring(at, at + digits).matches("[0-9a-fA-F]+")) {
            throw new NoLiteral();
        }
        long code = Long.parseLong(text.substring(at, at + digits), 16);
        at += digits;
        if (code > Character.MAX_CODE_POINT) {
            throw new NoLiteral();
        }
        return (int) code;
    }

    private int named() throws NoLiteral {
        int close = text.indexOf('}', at);
        if (!looking('{') || close < 0) {
            throw new NoLiteral();
        }
        try {
            int code = Character.codePointOf(text.substring(at + 1, close));
            at = close + 1;
            return code;
        } catch (IllegalArgumentException e) {
            throw new NoLiteral();
        }
    }

    private void blanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t' || text.charAt(at) == '\f')) {
            at++;
        }
    }

    private boolean looking(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean atEnd() {
        blanks();
        return at >= text.length() || looking('#');
    }

    private Matcher matcher(Pattern pattern) {
        return pattern.matcher(text).region(at, text.length());
    }

    /** As Ansible takes one pair of quotation marks off an option that is a text. */
    static String unquoted(String text) {
        int last = text.length() - 1;
        boolean quoted = last > 0
                && text.charAt(0) == text.charAt(last)
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(last - 1) != '\\';
        return quoted ? text.substring(1, last) : text;
    }
}
