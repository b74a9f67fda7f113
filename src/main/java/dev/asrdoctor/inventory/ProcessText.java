package dev.asrdoctor.inventory;

import java.io.File;
import java.util.Optional;

/**
 * Text that comes over the boundary of this process: environment, arguments, what is typed. Java decodes it by the locale
 * and puts U+FFFD for what does not fit (OpenJDK's {@code sun.jnu.encoding}). In an encoding of single bytes everything
 * fits, whether it was meant so or not; only UTF-8 tells.
 *
 * @param utf8 it is decoded as UTF-8, or comes as UTF-16 as on Windows
 */
public record ProcessText(boolean utf8) {
    private static final char REPLACEMENT = '\ufffd';

    public static ProcessText ofThisProcess() {
        return new ProcessText(
                File.separatorChar == '\\' || "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding")));
    }

    /** Why the text may be another than was given: words after its name. Empty where it can be trusted. */
    public Optional<String> whyNot(CharSequence text) {
        if (text.chars().anyMatch(c -> c == REPLACEMENT)) {
            return Optional.of(
                    "is not UTF-8; give it in UTF-8, and start asrdoctor in a UTF-8 locale (LC_ALL=C.UTF-8)");
        }
        return utf8 || text.chars().allMatch(c -> c < 0x80)
                ? Optional.empty()
                : Optional.of(
                        "has characters outside of ASCII, which this locale may have changed; start asrdoctor in a"
                                + " UTF-8 locale (LC_ALL=C.UTF-8)");
    }
}
