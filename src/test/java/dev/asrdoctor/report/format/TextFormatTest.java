package dev.asrdoctor.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.report.model.Block;
import dev.asrdoctor.report.model.Block.Item;
import dev.asrdoctor.report.model.Block.Note;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Mark;
import dev.asrdoctor.report.model.Prose;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Tone;
import dev.asrdoctor.testing.Shown;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextFormatTest {
    private static final String COMMAND =
            "Set-OBMachineSetting -ProxyServer http://proxy.contoso.local -ProxyPort 8080 -AndMore 1 2 3 4 5";

    private static String text(int width, Block... blocks) {
        return Shown.in(
                "text", new Report(new Document("t", List.of(blocks))), new Look(Palette.PLAIN, width, ZoneOffset.UTC));
    }

    private static Block note(String advice) {
        return new Note(Tone.PLAIN, Prose.of(advice));
    }

    @Test
    void aCommandStandsWholeOnALineOfItsOwn() {
        assertThat(text(80, note("If it is right, on the server: `" + COMMAND + "`, then look again. Or not.")))
                .isEqualTo("If it is right, on the server:\n    " + COMMAND + "\nthen look again. Or not.\n");
    }

    @Test
    void aCommandThatAdviceQuotesIsNeverBroken() {
        String words = "The host is off or it is the wrong one, which nobody can tell from here. Try ";
        assertThat(text(80, note(words + "'Test-NetConnection ps-01 -Port 5985'; it isn't 'so'.")))
                .contains("\n'Test-NetConnection ps-01 -Port 5985'; it isn't 'so'.\n");
        assertThat(
                        text(
                                80,
                                note(
                                        "Look: 'Get-ADUser USER -Properties Enabled,LockedOut,AccountExpirationDate,LogonHours'.")))
                .isEqualTo("Look:\n"
                        + "    Get-ADUser USER -Properties Enabled,LockedOut,AccountExpirationDate,LogonHours\n");
    }

    @Test
    void whatIsNoPairOfQuotesIsNoCommand() {
        assertThat(text(80, note("one ` alone"))).isEqualTo("one alone\n");
        assertThat(text(80, note(""))).isEmpty();
        assertThat(text(80, note("`a` and ``"))).isEqualTo("    a\nand\n");
    }

    @Test
    void nothingInACommandIsObeyed() {
        assertThat(text(80, note("`a\u001b[31m\nb\u202e`"))).isEqualTo("    a [31m b?\n");
    }

    @Test
    void linesAreAsWideAsTheTerminalButNeverHardToFollow() {
        Note words = new Note(Tone.PLAIN, "word ".repeat(200));
        for (int width : new int[] {20, 80, 100, 120, 300}) {
            int widest =
                    text(width, words).lines().mapToInt(String::length).max().orElse(0);
            assertThat(widest).isBetween(Math.clamp(width, 80, 120) - 5, Math.clamp(width, 80, 120));
        }
    }

    @Test
    void whatBelongsToAnItemStandsUnderItsWords() {
        Block item = new Item(
                new Mark(Tone.BAD, "x", "FAIL"),
                "",
                Prose.words("title"),
                List.of(new Note(Tone.FAINT, Prose.of("next: `do it`"))));
        assertThat(text(80, item)).isEqualTo("x title\n  next:\n      do it\n");
    }

    @Test
    void momentsAreToldByTheReadersClock() {
        Document document = new Document(
                "t", List.of(new Note(Tone.PLAIN, Prose.words("until ").and(Instant.parse("2026-11-23T12:00:00Z")))));
        Look paris = new Look(Palette.PLAIN, 80, ZoneId.of("Europe/Paris"));
        assertThat(Shown.in("text", new Report(document), paris)).isEqualTo("until 2026-11-23 13:00 CET\n");
        assertThat(Shown.in("markdown", new Report(document), paris)).contains("until 2026-11-23 12:00:00 UTC");
    }

    @Test
    void coloursNeverChangeWhereALineEnds() {
        Block words = new Note(
                Tone.FAINT,
                Prose.words("some words that are faint ".repeat(5))
                        .and("and strong ones ".repeat(5), Tone.STRONG)
                        .and("/glued to others ".repeat(5), Tone.BAD));
        Report report = new Report(new Document("t", List.of(words)));
        String plain = Shown.in("text", report, Look.PLAIN);
        String colour = Shown.in("text", report, new Look(Palette.COLOUR, 80, ZoneOffset.UTC));
        assertThat(colour).contains("\u001b[2m");
        assertThat(colour.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }
}
