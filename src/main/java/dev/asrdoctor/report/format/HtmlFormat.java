package dev.asrdoctor.report.format;

import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * One page that needs nothing beside itself, to be forwarded, read on a phone and printed. Its script only searches and
 * sorts; a browser that runs none shows all of it, and runs no other.
 */
final class HtmlFormat implements Format {
    private static final String STYLE = resource("page.css");
    private static final String SCRIPT = resource("page.js");
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-" + digest(SCRIPT) + "'";

    @Override
    public String name() {
        return "html";
    }

    @Override
    public Subject.Part shows() {
        return Subject.Part.DOCUMENT;
    }

    @Override
    public void write(Report report, Look look, Writer out) throws IOException {
        Document document = report.document();
        String verdict = document.mark() == null ? "" : document.mark().word();
        out.write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.write("<meta http-equiv=\"Content-Security-Policy\" content=\"" + HtmlText.safe(POLICY) + "\">\n");
        out.write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
        out.write(HtmlText.safe(document.title() + (verdict.isEmpty() ? "" : ": " + verdict)));
        out.write("</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n<main>\n<h1>");
        out.write(HtmlText.safe(document.title()));
        out.write("</h1>\n");
        HtmlBlocks blocks = new HtmlBlocks(out);
        if (document.mark() != null) {
            out.write("<p>" + HtmlBlocks.badge(document.mark()) + "</p>\n");
        }
        blocks.blocks(document.conclusion(), 2);
        out.write("<div id=\"tools\" role=\"search\" hidden></div>\n");
        blocks.blocks(document.body(), 2);
        out.write("</main>\n<script>" + SCRIPT + "</script>\n</body>\n</html>\n");
    }

    private static String resource(String name) {
        try (InputStream stream = HtmlFormat.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String script) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
