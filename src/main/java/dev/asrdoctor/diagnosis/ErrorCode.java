package dev.asrdoctor.diagnosis;

import java.util.List;

/**
 * What is known of a code that the portal, the article or an agent shows (docs/facts.md, Error codes).
 *
 * @param also other codes of the same meaning
 * @param means a sentence
 * @param on which machine to look
 * @param checks ids of the checks that look for what is behind it, in the order of looking; empty where none does
 * @param first what to do first, in sentences
 * @param confidence {@code H}, {@code M} or {@code L}, and where the meaning is from
 */
public record ErrorCode(
        String code,
        List<String> also,
        String means,
        String on,
        List<String> checks,
        String first,
        String confidence) {}
