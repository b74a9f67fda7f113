package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.facts.LogFacts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which entries of logs are failures, and which only look like one. */
class LogJudgementTest {
    private static final String HEAD = "0A34\t0407\t11/23\t20:21:17.407\t32\tclient.cpp(407)\t00000\tB1\tvm-407\t";
    private static final String CXPS = "2026-Nov-23 10:00:00\t1500\t2210\tERROR\t";
    private static final String SESSION = CXPS
            + "[at session.cpp:BasicSession::handleAsyncHandshake:99]   (sid: ab12) local ip: 10.20.0.10, local port: 9443,"
            + " remote ip: 10.20.3.7, remote port: 50111 ";
    private static final String AGENT = "#~> (11-23-2026 10:00:00):   ERROR  2480 4612 36 ";

    private static Optional<String> mars(String level, String message, boolean proxied) {
        return MarsReason.of(MarsEntry.of(HEAD + level + "\t" + message), proxied)
                .map(MarsReason::word);
    }

    private static Optional<String> transfer(String log, String entry) {
        return TransferEntry.of(
                        new LogFacts(
                                "E:\\log\\" + log,
                                10,
                                Instant.EPOCH,
                                10,
                                "utf-8",
                                1,
                                entry,
                                entry,
                                1,
                                List.of(entry),
                                List.of(),
                                null),
                        entry)
                .map(TransferEntry::reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upload finished for 52.239.140.10:443",
                "Uploaded 20481 of 20481",
                "Committed block 407 of 12002, transfer time 10061 ms, hr 0x00000000",
                "connection attempt failed is what an earlier text said",
                "error 10060 in an entry of ordinary level",
            })
    void ordinaryEntriesOfTheMarsTraceAreNoFailure(String message) {
        assertThat(mars("NORMAL", message, true)).isEmpty();
        assertThat(mars("VERBOSE", message, true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cached Token Expired | Params: {ErrorCode = IdToken, Id = 407}",
                "block 407 of 12002 took 10061 ms",
                "transfer time: 10060 ms",
                "error count 407",
                "status of 503 files is clean",
                "job (407) of pair 12007 waits",
                "wrote 10061 bytes in 12002 ms, code page 12029 pages",
                "port 10060 is in use for session 407",
                "VM 5f0c0407-0403-4503-8407-100601201200 has 10061 extents",
                "retry 1 of 5: https://x.blob.core.windows.net:443/c HTTP 503 ServerBusy",
                "RPO 403 s, lag 503 s, queue (407)",
                "version 2.0.9254.403 build 10061",
                "C:\\Temp\\407\\403.dat is old",
                "slow answer from https://x.blob.core.windows.net:443, 12002 ms",
                "error rate 0.407 of chunk 503",
            })
    void warningsWhoseNumbersAreCountsTellNothingOfTheNetwork(String message) {
        assertThat(mars("WARNING", message, true).filter(reason -> !reason.equals("busy")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proxy | The remote server returned an error: (407)",
                "proxy | The Microsoft Azure Recovery Service Agent was unable to connect to Microsoft Azure Backup. (ID: 100050) Check your network settings. (407) Proxy Authentication Required.",
                "proxy | HTTP 407 from 10.0.0.8:8080",
                "log | WinHttpSendRequest 12029",
                "log | A connection attempt failed because the connected party did not properly respond 52.239.140.10:443",
                "log | Verbindungsversuch: 10060 20.60.128.36:443",
                "log | Une tentative de connexion a échoué 20.60.128.36:443",
                "log | error 10060 at 20.60.128.36:443",
                "log | System.Net.WebException: Unable to connect to the remote server",
                "log | System.Net.WebException: The operation has timed out",
                "registration | hr: = [0x80790300]",
                "registration | AADSTS70002: Error validating credentials",
                "clock | AADSTS700024: Client assertion is not within its valid time range.",
                "clock | HTTP 403 RequestTimeTooSkewed",
                "name | System.Net.WebException: The remote name could not be resolved: 'pod01.we.backup.windowsazure.com'",
                "name | failed: 0x80072EE7",
                "tls | System.Net.WebException: The request was aborted: Could not create SSL/TLS secure channel.",
                "tls | WinHttpSendRequest failed: 12175",
                "version | Azure Backup service version and Microsoft Azure Recovery Services Agent do not match. (0x1FBD3)",
                "no-space | Scratch write failed: There is not enough space on the disk. (0x80070070)",
                "refused | PutBlock failed https://x.blob.core.windows.net/c/b HTTP 403 This request is not authorized to perform this operation. AuthorizationFailure",
                "refused | The remote server returned an error: (403) Forbidden.",
                "busy | PutBlock failed https://x.blob.core.windows.net/c/b HTTP 503 ServerBusy",
                "local | System.ServiceModel.EndpointNotFoundException: Could not connect to net.tcp://localhost:6049/CBEngine. TCP error code 10061: No connection could be made because the target machine actively refused it 127.0.0.1:6049.",
                "local | connect to [::1]:6049: error 10061",
            })
    void whatTheMessageOfTheMarsTraceSaysIsItsReason(String reason, String message) {
        assertThat(mars("FATAL", message, true)).contains(reason);
        assertThat(mars("WARNING", message, true)).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Exception in worker: object reference not set", "hr 0x80004005"})
    void anythingFatalIsTold(String message) {
        assertThat(mars("FATAL", message, false)).contains("fatal");
        assertThat(mars("WARNING", message, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"error (407)", "HTTP 407", "status 407"})
    void aBareNumber407IsAProxysOnlyWhereThereIsOne(String message) {
        assertThat(mars("WARNING", message, true)).contains("proxy");
        assertThat(mars("WARNING", message, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ": /",
                ": /favicon.ico",
                ": /nmaplowercheck1500",
                ": GET",
                " async read some  timed out (300)",
                " asyncReadSome  timed out (300)",
                " asyncHandShake  timed out (300)",
                ": asio.misc:2(End of file)  ()",
                ": system:10054(An existing connection was forcibly closed by the remote host)  ()",
                ": asio.ssl:336027900(unknown protocol)  ()",
                ": asio.ssl:336130315(wrong version number)  ()",
                ": asio.ssl:336109761(no shared cipher)  ()",
                ": error returned reading data from socket: asio.ssl:335544539(short read)  ()",
                ": missing nonce",
                ": not logged in",
            })
    void whatCarriedNothingAtTheDataPortIsNoFailedTransfer(String text) {
        assertThat(transfer("cxps.err.log", SESSION + text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "certificate-expired|: asio.ssl:336151573(sslv3 alert certificate expired)  ()",
                "not-known|: invalid id for host: 0f6e2a request: /login",
                "directory-refused|: Folder Access Denied for Host : 0f6e , File : E:/x.dat",
                "no-space|: E:/a.dat write file error: No space left on device",
                "file-in-use|: error opening file E:/a.dat: EACCES",
                "throttled|: putfile requested because there is a cumulative throttle",
                "time-out| asyncReadSome /putfile name=a.dat timed out (300)",
                "connection|: E:/a.dat socket error: system:10054",
                "connection|: EOF received, but expecting more data (/putfile name=a.dat)",
                "other|: unknown exception",
            })
    void whatTheDataPortSaysIsItsReason(String reason, String text) {
        assertThat(transfer("cxps.err.log", SESSION + text)).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-Nov-23 10:00:00\t1500\t2210\tINFO\tCFS MONITOR STOPPED failed ERROR",
                "2026-Nov-23 10:00:00\t1500\t2210\tWARNING\tsession failed",
                "2026-Nov-23 10:00:00\t1500\t2210\tINFO\tread\tERROR\tpages",
            })
    void entriesOfOtherLevelsAreNoErrorsOfTheDataPort(String entry) {
        assertThat(transfer("cxps.err.log", entry)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "putfile\\t0f6e\\t10.20.3.9\\t/diff/z.dat\\t0\\t300110\\t12\\tyes\\tfailed\\t(sid: ab11), true",
        "getfile\\t0f6e\\t10.20.3.9\\t/diff/z.dat\\t0\\t300110\\tyes\\tfailed\\t(sid: ab11), true",
        "putfile\\t0f6e\\t10.20.3.7\\t/diff/a.dat\\t1048576\\t0.11\\tssl yes\\tfailed, true",
        "putfile\\t0f6e\\t10.20.3.7\\t/failed\\t1048576\\t110\\t12\\tyes\\tsuccess\\t(sid: ab11), false",
    })
    void onlyTheOutcomeOfATransferTellsThatItFailed(String columns, boolean failed) {
        String entry = "2026-Nov-23 10:00:00\t" + columns.replace("\\t", "\t");
        assertThat(transfer("cxps.xfer.log", entry)).isEqualTo(failed ? Optional.of("failed") : Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "certificate | TransportStream::Write: Failed to send data: WIN-0LTQUK99R9O : 11001, No such host is known.: handshake: certificate verify failed (SSL routines)",
                "certificate | Curl error: (60) SSL peer certificate was not OK",
                "name | Could not perform curl. Curl error: (6) Couldn't resolve host name",
                "connection | Curl error: (7) 接続できません",
                "time-out | Curl error: (28) Timeout was reached",
                "tls | Curl error: (35) SSL connect error",
                "configuration-server | FAILED: post request: (7) - Couldn't connect to server",
                "configuration-server | could not get initial settings from CX 10.106.101.8:443",
                "file-in-use | FAILED to open a diff file: it is in use by another process",
                "failed | upload of diff file was not finished",
                "unrelated | FAILED to read cluster information",
            })
    void whatTheMobilityAgentSaysIsItsReason(String reason, String text) {
        assertThat(transfer("svagents_curr_1.log", AGENT + text)).contains(reason);
        assertThat(transfer("svagents_curr_1.log", AGENT.replace("ERROR", "ALWAYS") + text))
                .isEmpty();
        assertThat(transfer("svagents_curr_1.log", AGENT.replace("ERROR", "DEBUG") + text))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23 10:00:00 monitor_ps finished with no errors",
                "2026-11-23 10:00:00 0 errors, 12 pairs",
                "2026-11-23 10:00:00 errorCode=0",
                "2026-11-23 10:00:00 failed: 0, done: 17",
                "2026-11-23 10:00:00 failed pairs: 0",
                "2026-11-23 10:00:00 last error: none",
                "2026-11-23 10:00:00 failover of pair 17 is done",
                "2026-11-23 10:00:00 failed over to the second link",
                "2026-11-23 10:00:00 failback plan read",
                "2026-11-23 10:00:00 reading E:\\ASR\\errors\\error.log",
                "2026-11-23 10:00:00 error.log was rotated",
                "2026-11-23 10:00:00 INFO  exception handler registered, failed 0",
                "2026-11-23 10:00:00 [INFO] request failed once, got through at the second try",
                "2026-11-23 10:00:00 DEBUG: status 500 of 500 pairs",
                "2026-11-23 10:00:00 monitor_errors looked at 503 pairs",
                "2026-11-23 10:00:00 500 pairs, code 503 pairs",
                "2026-11-23 10:00:00 errors cleared",
                "2026-11-23 10:00:00 retry on error is set",
                "2026-11-23 10:00:00 job 500 done, errors=0 failed=0",
                "2026-11-23 10:00:00 WARNING 3 pairs are slow",
            })
    void aLineThatCountsNoErrorsIsNone(String line) {
        assertThat(HeartbeatEntry.of(line)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connection | 2026-11-23 10:00:00 ERROR: could not connect to 10.0.0.4:443",
                "server | 2026-11-23 10:00:00 EXCEPTION in main: response is HTTP 500",
                "connection | 2026-11-23 10:00:00 register failed: error 12029",
                "tls | 2026-11-23 10:00:00 ERROR: curl: (35) schannel: next InitializeSecurityContext failed: SEC_E_ILLEGAL_MESSAGE",
                "certificate | 2026-11-23 10:00:00 ERROR curl: (60) SSL certificate problem",
                "name | 2026-11-23 10:00:00 ERROR curl: (6) Could not resolve host: cs-01",
                "connection | 2026-11-23 10:00:00 ERROR curl: (7) Failed to connect to cs-01 port 443",
                "server | 2026-11-23 10:00:00 ERROR https post https://cs-01:443/ScoutAPI/CXAPI.php failed: 503 Service Unavailable",
                "database | 2026-11-23 10:00:00 ERROR DBI connect failed: Can't connect to MySQL server on 'localhost' (10061)",
                "database | 2026-11-23 10:00:00 DBD::mysql::st execute failed: MySQL server has gone away",
                "other | 2026-11-23 10:00:00 register failed: reason 4711",
                "other | 2026-11-23 10:00:00 ERROR: no route, error: no route to host",
                "connection | 2026-11-23 10:00:00 WARNING heartbeat timed out",
            })
    void aLineThatTellsAnErrorIsOneAndWhy(String reason, String line) {
        assertThat(HeartbeatEntry.of(line).map(HeartbeatEntry::reason)).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "retry 1 of 5: HTTP 503, EARLY",
        "attempt 2/5 failed, EARLY",
        "retry 3 of 5: HTTP 503, NONE",
        "retry 5 of 5: HTTP 503, NONE",
        "failed; will retry in 30 s, ANNOUNCED",
        "upload failed; retry later, ANNOUNCED",
        "upload failed, NONE",
    })
    void oneTryOfSeveralIsTold(String message, Retry retry) {
        assertThat(Retry.of(message)).isEqualTo(retry);
    }
}
