package dev.asrdoctor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.report.Plain.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainTest {
    @Test
    void aCommandStandsWholeOnALineOfItsOwn() {
        String command =
                "Set-OBMachineSetting -ProxyServer http://proxy.contoso.local -ProxyPort 8080 -AndMore 1 2 3 4 5";

        assertThat(Plain.advice("If it is right, on the server: `" + command + "`, then look again. Or not.", 29))
                .containsExactly(
                        new Line("If it is right, on the", false),
                        new Line("server:", false),
                        new Line(command, true),
                        new Line("then look again. Or not.", false));
    }

    @Test
    void aCommandThatAdviceQuotesIsNeverBroken() {
        assertThat(Plain.advice(
                        "The host is off or the wrong one. Try 'Test-NetConnection ps-01 -Port 5985'; it isn't 'so'.",
                        50))
                .extracting(Line::text)
                .contains("'Test-NetConnection ps-01 -Port 5985'; it isn't");
        assertThat(Plain.advice(
                        "Look: 'Get-ADUser USER -Properties Enabled,LockedOut,AccountExpirationDate,LogonHours'.", 40))
                .containsExactly(
                        new Line("Look:", false),
                        new Line(
                                "Get-ADUser USER -Properties Enabled,LockedOut,AccountExpirationDate,LogonHours",
                                true));
    }

    @Test
    void whatIsNoPairOfQuotesIsNoCommand() {
        assertThat(Plain.advice("one ` alone", 80)).containsExactly(new Line("one", false), new Line("alone", false));
        assertThat(Plain.advice("", 80)).isEmpty();
        assertThat(Plain.advice("`a` and ``", 80)).isEqualTo(List.of(new Line("a", true), new Line("and", false)));
    }

    @Test
    void nothingInACommandIsObeyed() {
        assertThat(Plain.advice("`a\u001b[31m\nb\u202e`", 80)).containsExactly(new Line("a [31m b?", true));
    }
}
