package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asrdoctor.remoting.DescribedFault;
import dev.asrdoctor.remoting.Recordings;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.AccessDenied;
import dev.asrdoctor.remoting.RemotingFailure.QuotaExceeded;
import dev.asrdoctor.remoting.RemotingFailure.RemoteFault;
import dev.asrdoctor.remoting.RemotingFailure.ShellGone;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {

    @Test
    void readsTheQuotaFaultInItsCimForm() throws Exception {
        assertThat(recorded("faults/wmi_error_v2.xml").failure(Stage.SHELL))
                .isEqualTo(
                        new QuotaExceeded(
                                Stage.SHELL,
                                2150859173L,
                                "The WS-Management service cannot process the request. This user is allowed a maximum number of 30 concurrent"
                                        + " shells, which has been exceeded. Close existing shells or raise the quota for this user."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"faults/soap_fault_v1.xml", "faults/soap_fault_v2.xml"})
    void readsTheInnermostWordsOfANestedFault(String name) throws Exception {
        assertThat(recorded(name))
                .isEqualTo(new WsmanFault(
                        2150858778L,
                        "CannotProcessFilter",
                        "The specified class does not exist in the given namespace."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"faults/soap_fault_omi.xml", "faults/get_omi_config_response.xml"})
    void readsAFaultWithoutACode(String name) throws Exception {
        assertThat(recorded(name).failure(Stage.SHELL))
                .isEqualTo(new RemoteFault(Stage.SHELL, 0, "get-instance: instance name parameter is missing"));
    }

    @ParameterizedTest
    @CsvSource({
        "faults/open_shell_v1.xml,uuid:739990FF-1492-4CDD-80BB-6E07ADB06D85",
        "faults/open_shell_v2.xml,62DE33F0-8674-43D9-B6A5-3298012CC4CD",
        "faults/open_shell_omi.xml,74142DC5-E14D-4FCC-86ED-63DA3EE8407E"
    })
    void findsTheShellIdWhateverTheVersion(String name, String shellId) throws Exception {
        String xml = Recordings.text(name);

        assertThat(EnvelopeReader.read(bytes(xml), idItAnswers(xml))).isEqualTo(new WsmanAnswer.ShellCreated(shellId));
    }

    @Test
    void refusesTheAnswerToAnotherRequest() {
        String xml = Recordings.text("faults/open_shell_v2.xml");

        assertThatThrownBy(() -> EnvelopeReader.read(bytes(xml), "uuid:OTHER"))
                .isInstanceOf(MalformedEnvelopeException.class)
                .hasMessageContaining("another request");
    }

    @ParameterizedTest
    @CsvSource({
        "5, ACCESS_DENIED",
        "2147942405, ACCESS_DENIED",
        "995, SHELL_GONE",
        "1223, SHELL_GONE",
        "2147943395, SHELL_GONE",
        "2150858843, SHELL_GONE",
        "2150858815, QUOTA",
        "2150859173, QUOTA",
        "2150859174, QUOTA",
        "2150859175, QUOTA",
        "2150859176, QUOTA",
        "2150859179, QUOTA",
        "2150859236, QUOTA",
        "2150859237, QUOTA",
        "2150859238, QUOTA",
        "2150859239, QUOTA",
        "2150859240, QUOTA",
        "2150859241, QUOTA",
        "2150859180, OTHER",
        "42, OTHER"
    })
    void sortsFaultsByTheirCode(long code, String kind) {
        RemotingFailure failure = new WsmanFault(code, "x", "words").failure(Stage.SCRIPT);

        assertThat(failure)
                .isInstanceOf(
                        switch (kind) {
                            case "ACCESS_DENIED" -> AccessDenied.class;
                            case "SHELL_GONE" -> ShellGone.class;
                            case "QUOTA" -> QuotaExceeded.class;
                            default -> RemoteFault.class;
                        });
        assertThat(failure.message()).contains("words");
        assertThat(failure.advice()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                2150858793L, 2150858843L, 2150858770L, 2150859046L, 2150859193L, 2150859027L, 2150859026L, 2150859025L,
                2150858790L, 2150858823L, 2150858824L, 2150858825L, 2150858999L, 2150858997L, 2150858998L, 2150858996L,
                2150859120L, 2150859121L, 2150859123L, 2150859173L, 2150859236L, 2150859238L, 2150859174L, 2150859240L,
                2150859239L, 2150859179L, 2150859237L, 2150859241L, 2150858815L, 2150859175L, 2150859176L, 2150859180L,
                2150859229L, 2150859235L, 2150858752L, 2150858753L, 2150858754L, 2150858811L, 2150858817L, 2150858909L,
                2150858980L, 2150859194L, 2150859019L, 2150859248L, 5, 995, 1223, 1326
            })
    void knowsNameAndAdviceOf(long code) {
        RemoteFault fault = new RemoteFault(Stage.SHELL, code, "");

        assertThat(DescribedFault.of(code)).isPresent();
        assertThat(fault.message()).contains(Long.toString(code), "ERROR_");
        assertThat(fault.advice()).endsWith(".").doesNotContain("helpmsg");
    }

    @Test
    void saysHowToLookUpACodeItDoesNotKnow() {
        RemoteFault fault = new RemoteFault(Stage.SHELL, 2150858999L + 100_000, "");

        assertThat(fault.message()).contains("0x803");
        assertThat(fault.advice()).contains("winrm helpmsg");
    }

    private static WsmanFault recorded(String name) throws MalformedEnvelopeException {
        String xml = Recordings.text(name);
        WsmanAnswer answer = EnvelopeReader.read(bytes(xml), idItAnswers(xml));
        assertThat(answer).isInstanceOf(WsmanAnswer.Fault.class);
        return ((WsmanAnswer.Fault) answer).fault();
    }

    private static String idItAnswers(String xml) {
        int at = xml.indexOf("RelatesTo>");
        return at < 0
                ? ""
                : xml.substring(at + "RelatesTo>".length(), xml.indexOf('<', at))
                        .strip();
    }

    private static ByteBuffer bytes(String xml) {
        return ByteBuffer.wrap(xml.getBytes(UTF_8));
    }
}
