package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure.RemoteFault;
import dev.asrdoctor.remoting.RemotingFailure.ShellGone;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client against what real hosts said, in the clear and sealed. */
class RecordedConversationsTest {

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void runsACommand(Scheme scheme) throws Exception {
        try (FakeHost host = new FakeHost(scheme, new RecordedHost("winrs/winrs_standard.yml"))) {
            Output output = Client.run(host.endpoint());

            assertThat(new String(output.stdout(), UTF_8)).isEqualTo("hi\r\n");
            assertThat(output.stderr()).isEmpty();
            assertThat(output.exitCode()).isZero();
            assertThat(host.actions).containsExactly("Create", "Command", "Send", "Receive", "Signal", "Delete");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void tellsStandardErrorAndExitCode(Scheme scheme) throws Exception {
        try (FakeHost host = new FakeHost(scheme, new RecordedHost("winrs/winrs_stderr_rc.yml"))) {
            Output output = Client.run(host.endpoint());

            assertThat(new String(output.stdout(), UTF_8)).isEqualTo("out \r\n");
            assertThat(new String(output.stderr(), UTF_8)).isEqualTo("err \r\n");
            assertThat(output.exitCode()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void sendsStandardInput(Scheme scheme) throws Exception {
        try (FakeHost host = new FakeHost(scheme, new RecordedHost("winrs/winrs_send.yml"))) {
            assertThat(new String(Client.run(host.endpoint()).stdout(), UTF_8)).isEqualTo("output 1\noutput 2\n");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void asksAgainWhenThereIsNothingYet(Scheme scheme) throws Exception {
        try (FakeHost host = new FakeHost(scheme, new RecordedHost("winrs/winrs_operation_timeout.yml"))) {
            Output output = Client.run(host.endpoint());

            assertThat(new String(output.stdout(), UTF_8)).isEqualTo("hi\nhi again\n");
            assertThat(host.actions.stream().filter("Receive"::equals).count()).isGreaterThan(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void readsOddCharacters(Scheme scheme) throws Exception {
        try (FakeHost host = new FakeHost(scheme, new RecordedHost("winrs/winrs_environment.yml"))) {
            assertThat(new String(Client.run(host.endpoint()).stdout(), UTF_8))
                    .contains("1234=5678\r\n", "env1=var1\r\n", "_-(){}[]<>*+-/\\?\"!@#$^&|;:i,.`~0=");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void saysThatTheShellIsGone(Scheme scheme) {
        try (FakeHost host = new FakeHost(scheme, new RecordedHost("winrs/winrs_bad_cmd_id.yml"))) {
            assertThat(Client.failure(host.endpoint())).isInstanceOfSatisfying(ShellGone.class, gone -> {
                assertThat(gone.code()).isEqualTo(2150858843L);
                assertThat(gone.stage()).isEqualTo(Stage.SCRIPT);
                assertThat(gone.message()).contains("command identifier that does not exist");
            });
            assertThat(host.actions).endsWith("Signal", "Delete");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void goesOnInTheSameSessionAfterACommandThatIsNotThere(Scheme scheme) throws Exception {
        try (FakeHost host = new FakeHost(scheme, new RecordedHost("winrs/winrs_no_cmd_shell.yml"));
                Session session = Client.open(host.endpoint())) {
            Deadline deadline = Deadline.after(Client.AMPLE);

            assertThat(Client.failure(() -> session.run("'hi'", deadline)))
                    .isEqualTo(
                            new RemoteFault(Stage.SCRIPT, 2147942402L, "The system cannot find the file specified."));
            assertThat(new String(session.run("'hi'", deadline).stdout(), UTF_8))
                    .isEqualTo("hi\n");
            assertThat(host.connections).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void connectsAgainWhenTheHostHungUpBetweenTwoScripts(Scheme scheme) throws RemotingException, InterruptedException {
        try (FakeHost host = new FakeHost(scheme, new RecordedHost("winrs/winrs_standard.yml")).hangUpAfterDelete();
                Session session = Client.open(host.endpoint())) {
            for (int i = 0; i < 3; i++) {
                Output output = session.run("'hi'", Deadline.after(Client.AMPLE));
                assertThat(new String(output.stdout(), UTF_8)).isEqualTo("hi\r\n");
            }
            assertThat(host.connections).hasValue(3);
        }
    }
}
