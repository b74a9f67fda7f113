package dev.asrdoctor.check;

import java.util.Set;

/**
 * An entry of the MARS agent's trace: process, thread, day, time, component, file, object, task, machine, level, message
 * (docs/facts.md, "Logs"). Only the message means something; the numbers of the other columns are times and names.
 */
record MarsEntry(Level level, String message) {
    enum Level {
        NONE,
        ORDINARY,
        WARNING,
        FATAL
    }

    private static final int MOST_COLUMNS = 11;
    private static final int FIRST_LEVEL = 4;
    private static final Set<String> ORDINARY = Set.of("NORMAL", "VERBOSE", "INFO");

    /** Its level is the first column that is one; an entry without columns has none. */
    static MarsEntry of(String line) {
        String[] columns = line.split("\t", MOST_COLUMNS + 4);
        StringBuilder message = new StringBuilder();
        Level level = Level.NONE;
        for (int i = 0; i < columns.length; i++) {
            if (level == Level.NONE && i >= Math.min(FIRST_LEVEL, columns.length - 2) && isLevel(columns[i])) {
                level = ORDINARY.contains(columns[i]) ? Level.ORDINARY : Level.valueOf(columns[i]);
                message.setLength(0);
            } else {
                message.append(message.isEmpty() ? "" : " ").append(columns[i]);
            }
        }
        return new MarsEntry(level, message.toString());
    }

    private static boolean isLevel(String column) {
        return ORDINARY.contains(column) || column.equals("WARNING") || column.equals("FATAL");
    }

    boolean fatal() {
        return level == Level.FATAL;
    }
}
