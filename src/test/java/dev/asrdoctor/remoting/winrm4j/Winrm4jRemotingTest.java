package dev.asrdoctor.remoting.winrm4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.asrdoctor.remoting.Access;
import dev.asrdoctor.remoting.BlockingCalls;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.OptionalTransport;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.CredentialDoesNotFit;
import dev.asrdoctor.remoting.RemotingFailure.NotWithTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** What WinRM4j would leave out of what the inventory asks for; nothing is contacted. */
class Winrm4jRemotingTest {
    private static final Duration SOON = Duration.ofSeconds(2);

    @Test
    void itsNtlmIsNotUsedWhereTheInventoryDoesNotAllowNtlm() throws Exception {
        for (Endpoint endpoint : List.of(
                endpoint(Scheme.KERBEROS, Access.DEFAULT),
                endpoint(Scheme.CERTIFICATE, Access.DEFAULT),
                endpoint(Scheme.KERBEROS, Access.DEFAULT.withFallbacks(List.of(Scheme.BASIC))))) {
            RemotingFailure failure = failure(endpoint);
            assertThat(failure).isInstanceOf(NotWithTransport.class);
            assertThat(failure.message()).contains("logs on with NTLM, which the inventory does not allow");
        }
        assertThat(failure(endpoint(Scheme.KERBEROS, Access.DEFAULT)).message()).contains("authentication kerberos");
    }

    @Test
    void itDoesNotGoAroundTheProxy() throws Exception {
        RemotingFailure failure =
                failure(endpoint(Scheme.NTLM, Access.DEFAULT.with(new Access.Proxy("proxy.contoso.local", 3128))));
        assertThat(failure).isInstanceOf(NotWithTransport.class);
        assertThat(failure.message()).contains("a proxy");
        assertThat(failure.advice()).contains("proxy: none");
    }

    @Test
    void itDoesNotSpeakOlderTlsThanAllowed() throws Exception {
        RemotingFailure failure = failure(endpoint(Scheme.NTLM, Access.DEFAULT.withMinimumTls("TLSv1.3")));
        assertThat(failure).isInstanceOf(NotWithTransport.class);
        assertThat(failure.message()).contains("minVersion TLSv1.3");
    }

    @Test
    void anEmptyPasswordIsNotPresentedForAKeytab() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger abandoned = new AtomicInteger();
        Logon logon = new Logon() {
            @Override
            public Identity begin() {
                return Identity.of("CONTOSO\\svc", new char[0], new Identity.Proof.Keytab(Path.of("svc.keytab")));
            }

            @Override
            public void accepted() {}

            @Override
            public void refused() {
                refused.incrementAndGet();
            }

            @Override
            public void abandoned() {
                abandoned.incrementAndGet();
            }
        };
        Winrm4jSession session = new Winrm4jSession(
                endpoint(Scheme.NTLM, Access.DEFAULT),
                logon,
                1000,
                new BlockingCalls("winrm4j", getClass().getClassLoader(), SOON),
                new Contexts(),
                SSLContext.getDefault());
        RemotingException failed =
                catchThrowableOfType(RemotingException.class, () -> session.run("exit 0", Deadline.after(SOON)));
        assertThat(failed.failure()).isInstanceOf(CredentialDoesNotFit.class);
        assertThat(failed.failure().message()).isEqualTo("NTLM cannot log CONTOSO\\svc on with a keytab");
        assertThat(refused).hasValue(0);
        assertThat(abandoned).hasValue(1);
    }

    private static RemotingFailure failure(Endpoint endpoint) {
        Logon logon = Logon.unlimited(new Identity("CONTOSO", "svc", "secret".toCharArray()));
        return catchThrowableOfType(
                        RemotingException.class,
                        () -> new Winrm4jRemoting(new OptionalTransport.Settings(1000, "pwsh"))
                                .open(endpoint, logon, Deadline.after(SOON)))
                .failure();
    }

    private static Endpoint endpoint(Scheme scheme, Access access) {
        return new Endpoint("192.0.2.1", 5986, true, "/wsman", scheme, false, List.of(), null, true, access);
    }
}
