package dev.asrdoctor.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.connect.Examination.Action;
import dev.asrdoctor.connect.Examination.Where;
import dev.asrdoctor.remoting.Access;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.KerberosSettings;
import dev.asrdoctor.remoting.KerberosTrouble;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.KerberosFailed;
import dev.asrdoctor.remoting.RemotingFailure.LogonFailed;
import dev.asrdoctor.remoting.RemotingFailure.NoSchemeWorked;
import dev.asrdoctor.remoting.RemotingFailure.ProxyFailed;
import dev.asrdoctor.remoting.RemotingFailure.SchemeNotOffered;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KerberosAdviceTest {
    private static final String SERVICE = "HTTP/ps01.contoso.local@CONTOSO.LOCAL";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CLIENT_UNKNOWN       | A_DOMAIN_CONTROLLER | Get-ADUser asr-reader",
                "SERVICE_UNKNOWN      | A_DOMAIN_CONTROLLER | setspn -Q HTTP/ps01.contoso.local",
                "NO_COMMON_ENCRYPTION | A_DOMAIN_CONTROLLER | Set-ADUser asr-reader -KerberosEncryptionType AES128,AES256",
                "ACCOUNT_BLOCKED      | A_DOMAIN_CONTROLLER | Get-ADUser asr-reader -Properties Enabled, LockedOut,"
                        + " AccountExpirationDate, LogonHours",
                "PASSWORD_EXPIRED     | A_DOMAIN_CONTROLLER | Get-ADUser asr-reader -Properties PasswordExpired,"
                        + " PasswordLastSet, PasswordNeverExpires",
                "WRONG_PASSWORD       | A_DOMAIN_CONTROLLER | Get-ADUser asr-reader -Properties PasswordLastSet,"
                        + " LastBadPasswordAttempt, LockedOut",
                "TICKET_EXPIRED       | THIS_MACHINE        | klist",
                "CLOCK_SKEW           | THE_SERVER          | w32tm /resync /rediscover",
                "CLOCK_SKEW           | THIS_MACHINE        | w32tm /query /status",
                "WRONG_KEY            | A_DOMAIN_CONTROLLER | setspn -Q HTTP/ps01.contoso.local",
                "WRONG_KEY            | A_DOMAIN_CONTROLLER | setspn -X",
                "WRONG_KEY            | THIS_MACHINE        | nslookup ps01.contoso.local",
                "GENERIC              | A_DOMAIN_CONTROLLER | Get-WinEvent -FilterHashtable @{ LogName = 'System';"
                        + " ProviderName = 'Microsoft-Windows-Kerberos-Key-Distribution-Center' } -MaxEvents 10",
                "KDC_UNREACHABLE      | THIS_MACHINE        | Test-NetConnection dc01.contoso.local -Port 88",
                "KDC_UNREACHABLE      | THIS_MACHINE        | Test-NetConnection dc02.contoso.local -Port 8888",
                "REALM_UNKNOWN        | THE_INVENTORY       | 'kerberos: { realm: CONTOSO.LOCAL }'",
                "NO_TICKET            | THIS_MACHINE        | kinit asr-reader",
            })
    void namesTheCommandAndTheMachine(KerberosTrouble trouble, Where where, String line) {
        assertThat(advice(failed(trouble)))
                .filteredOn(action -> action.where() == where)
                .flatExtracting(Action::lines)
                .contains(line);
    }

    @ParameterizedTest
    @EnumSource(KerberosTrouble.class)
    void everyObjectionIsToldWithItsOwnAdviceFirst(KerberosTrouble trouble) {
        List<Action> actions = advice(failed(trouble));
        assertThat(actions.getFirst().what()).isEqualTo(trouble.advice());
        assertThat(actions).anyMatch(action -> !action.lines().isEmpty());
    }

    @Test
    void findsDomainControllersByDnsWhereTheInventoryNamesNone() {
        Endpoint endpoint = endpoint(new KerberosSettings("host", null, null, List.of()));
        assertThat(new ConnectionAdvice(endpoint, "").on(failed(KerberosTrouble.KDC_UNREACHABLE)))
                .flatExtracting(Action::lines)
                .contains("nslookup -type=SRV _kerberos._tcp.CONTOSO.LOCAL");
    }

    @Test
    void aTicketThatTheServerRefusesWithoutAReasonLeadsToItsNameAndClock() {
        List<Action> actions = advice(
                new LogonFailed("asr-reader@CONTOSO.LOCAL", "Kerberos", true, Optional.of(Duration.ofMinutes(7))));
        assertThat(actions)
                .flatExtracting(Action::lines)
                .contains(
                        "setspn -Q HTTP/ps01.contoso.local",
                        "setspn -X",
                        "w32tm /resync /rediscover",
                        "Get-Item WSMan:\\localhost\\Service\\Auth\\Kerberos",
                        "Get-Item WSMan:\\localhost\\Service\\Auth\\CbtHardeningLevel")
                .noneMatch(line -> line.contains("LocalAccountTokenFilterPolicy"));
    }

    @Test
    void ofSeveralSchemesEachIsToldWithItsName() {
        List<Action> actions = advice(new NoSchemeWorked(List.of(
                new NoSchemeWorked.Tried("Kerberos", failed(KerberosTrouble.CLOCK_SKEW)),
                new NoSchemeWorked.Tried("NTLM", new SchemeNotOffered("NTLM", List.of("Kerberos"))))));
        assertThat(actions).extracting(Action::what).allMatch(what -> what.matches("(?s)(Kerberos|NTLM): .*"));
        assertThat(actions)
                .flatExtracting(Action::lines)
                .contains("w32tm /resync /rediscover", "Set-Item WSMan:\\localhost\\Service\\Auth\\Negotiate $true");
    }

    @Test
    void kerberosThatIsOffIsSwitchedOnAndNotNegotiate() {
        assertThat(advice(new SchemeNotOffered("Kerberos", List.of("Basic"))))
                .flatExtracting(Action::lines)
                .contains("Set-Item WSMan:\\localhost\\Service\\Auth\\Kerberos $true");
    }

    @Test
    void aProxyThatCannotBeReachedIsLookedForFromThisMachine() {
        assertThat(advice(new ProxyFailed("proxy.contoso.local:3128", 0, "port 3128 refuses connections")))
                .singleElement()
                .satisfies(action -> {
                    assertThat(action.where()).isEqualTo(Where.THIS_MACHINE);
                    assertThat(action.lines()).containsExactly("Test-NetConnection proxy.contoso.local -Port 3128");
                });
        assertThat(advice(new ProxyFailed("proxy.contoso.local:3128", 407, "")))
                .singleElement()
                .satisfies(action -> {
                    assertThat(action.where()).isEqualTo(Where.THE_INVENTORY);
                    assertThat(action.lines()).containsExactly("proxy: none");
                });
    }

    private static KerberosFailed failed(KerberosTrouble trouble) {
        return new KerberosFailed("asr-reader@CONTOSO.LOCAL", SERVICE, trouble, "", Optional.empty(), false);
    }

    private static List<Action> advice(RemotingFailure failure) {
        return new ConnectionAdvice(
                        endpoint(new KerberosSettings(
                                "HTTP",
                                "ps01.contoso.local",
                                "CONTOSO.LOCAL",
                                List.of("dc01.contoso.local", "dc02.contoso.local:8888"))),
                        "")
                .on(failure);
    }

    private static Endpoint endpoint(KerberosSettings settings) {
        return new Endpoint(
                "10.0.0.1",
                5986,
                true,
                "/wsman",
                Scheme.KERBEROS,
                false,
                List.of(),
                null,
                true,
                Access.DEFAULT.with(settings));
    }
}
