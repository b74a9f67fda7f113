package dev.asrdoctor.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.connect.Examination.Action;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.RemotingFailure.AccessDenied;
import dev.asrdoctor.remoting.RemotingFailure.LogonFailed;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionAdviceTest {
    private static final Endpoint ENDPOINT =
            new Endpoint("ps01.contoso.local", 5986, true, "/wsman", Scheme.CERTIFICATE, false, List.of(), null, true);

    @Test
    void aRefusedClientCertificateIsLookedForAmongThoseThatAreMapped() {
        LogonFailed failure = new LogonFailed("", Scheme.CERTIFICATE.words(), true, Optional.empty());
        assertThat(failure.message()).isEqualTo("the server refuses the logon (client certificate); it was tried once");
        List<Action> actions = new ConnectionAdvice(ENDPOINT, "").on(failure);
        assertThat(actions)
                .singleElement()
                .satisfies(action -> assertThat(action.lines())
                        .contains(
                                "Get-ChildItem WSMan:\\localhost\\ClientCertificate",
                                "Get-Item WSMan:\\localhost\\Service\\Auth\\Certificate")
                        .noneMatch(line -> line.contains("net user") || line.contains("CbtHardeningLevel")));
    }

    @Test
    void channelBindingIsAQuestionOnlyWhereLogonsAreBound() {
        assertThat(linesOf(new LogonFailed("admin", "NTLM", true, Optional.empty())))
                .contains("net user admin", "CbtHardeningLevel");
        assertThat(linesOf(new LogonFailed("admin", "NTLM", false, Optional.empty())))
                .contains("net user admin")
                .doesNotContain("CbtHardeningLevel");
        assertThat(linesOf(new LogonFailed("admin", "Basic", true, Optional.empty())))
                .doesNotContain("CbtHardeningLevel");
    }

    @Test
    void theAccountIsNamedWhereItIsMadeAnAdministrator() {
        assertThat(added("CONTOSO\\svc")).contains("net localgroup Administrators CONTOSO\\svc /add");
        assertThat(added(".\\asr doctor")).contains("net localgroup Administrators \"asr doctor\" /add");
        assertThat(added("svc@contoso.local")).contains("net localgroup Administrators DOMAIN\\user /add");
        assertThat(added("")).contains("net localgroup Administrators DOMAIN\\user /add");
    }

    private static String added(String account) {
        return new ConnectionAdvice(ENDPOINT, account)
                .on(new AccessDenied(Stage.SHELL, ""))
                .toString();
    }

    private static String linesOf(LogonFailed failure) {
        return new ConnectionAdvice(ENDPOINT, "").on(failure).getFirst().lines().toString();
    }
}
