package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.Peers;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shipped for schedulers calls the program with words that it knows. */
class ScheduleTest {
    private static final Pattern CALL = Pattern.compile("remediate (--apply --unattended[^<\\n]*)");

    @ParameterizedTest
    @ValueSource(strings = {"asrdoctor-task.xml", "asrdoctor.service", "asrdoctor.cron"})
    void callsItWithOptionsThatExist(String file) throws Exception {
        String help = new Commands().run("remediate", "--help").out();
        Matcher call = CALL.matcher(Files.readString(Peers.project("docs/schedule/" + file)));
        assertThat(call.find()).isTrue();
        List<String> options = Pattern.compile("(?<= |^)--?[a-z-]+")
                .matcher(call.group(1))
                .results()
                .map(found -> found.group())
                .toList();
        assertThat(options).contains("--apply", "--unattended", "--within", "--state", "--log", "-i");
        assertThat(options).allSatisfy(option -> assertThat(help).contains(option));
    }

    @Test
    void theTaskIsXmlThatNeverRunsTwiceAtOnce() throws Exception {
        var task = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Peers.project("docs/schedule/asrdoctor-task.xml").toFile());
        assertThat(task.getElementsByTagName("MultipleInstancesPolicy").item(0).getTextContent())
                .isEqualTo("IgnoreNew");
        assertThat(Files.readString(Peers.project("docs/schedule/asrdoctor-task.xml")))
                .as("what every trigger has stands before what a calendar's has, as Windows exports it")
                .containsSubsequence("<Repetition>", "<StartBoundary>", "<RandomDelay>", "<ScheduleByDay>");
    }
}
