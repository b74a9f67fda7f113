package dev.asrdoctor.config;

/** How Python writes numbers. */
public final class PythonNumbers {
    private static final double LEAST_PLAIN = 1e-3;
    private static final double MOST_PLAIN = 1e7;

    private PythonNumbers() {}

    /** What Python prints for a fraction; empty where Java would not print the same. */
    public static String fraction(String written) {
        try {
            double number = Double.parseDouble(written);
            double size = Math.abs(number);
            return number == 0 || (size >= LEAST_PLAIN && size < MOST_PLAIN) ? Double.toString(number) : "";
        } catch (NumberFormatException e) {
            return "";
        }
    }
}
