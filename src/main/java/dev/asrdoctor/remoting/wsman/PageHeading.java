package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.asrdoctor.text.Texts;
import java.util.List;
import org.apache.commons.lang3.Strings;

/** The heading of an HTML page that came instead of an envelope: HTTP.sys, proxies and portals say there what is wrong. */
final class PageHeading {
    private static final int LOOKED_AT = 4096;
    private static final int LONGEST = 120;

    private PageHeading() {}

    /** Empty where there is none. */
    static String of(HttpAnswer answer) {
        String page = new String(answer.body(), 0, Math.min(answer.body().length, LOOKED_AT), ISO_8859_1);
        for (String element : List.of("h2", "h1", "title")) {
            String text = Words.clean(inside(page, element));
            if (!text.isEmpty()) {
                return Texts.cut(text, LONGEST);
            }
        }
        return "";
    }

    private static String inside(String page, String element) {
        int opened = Strings.CI.indexOf(page, "<" + element);
        int from = opened < 0 ? -1 : page.indexOf('>', opened);
        int to = from < 0 ? -1 : Strings.CI.indexOf(page, "</" + element, from);
        return to < 0 ? "" : withoutTags(page.substring(from + 1, to));
    }

    private static String withoutTags(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        boolean tag = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '<' || c == '>') {
                tag = c == '<';
                plain.append(' ');
            } else if (!tag) {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
