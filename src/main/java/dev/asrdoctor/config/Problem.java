package dev.asrdoctor.config;

/** One mistake, told as {@code FILE:LINE:COLUMN: message}, in one line that a terminal shows as it is. */
public record Problem(Position at, String message) {
    private static final int LONGEST = 500;

    /** Messages quote what somebody wrote, which may hold anything. */
    public Problem {
        StringBuilder line = new StringBuilder();
        message.codePoints().limit(LONGEST).forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> line.append('?');
                default -> line.appendCodePoint(c);
            }
        });
        if (message.codePointCount(0, message.length()) > LONGEST) {
            line.append("...");
        }
        message = line.toString();
    }

    @Override
    public String toString() {
        return at + ": " + message;
    }
}
