package dev.asrdoctor.connect;

import dev.asrdoctor.connect.Examination.Action;
import dev.asrdoctor.connect.Examination.Where;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.KerberosSettings;
import dev.asrdoctor.remoting.RemotingFailure.KerberosFailed;
import dev.asrdoctor.remoting.RemotingFailure.LogonFailed;
import java.util.ArrayList;
import java.util.List;

/** For what Kerberos objects to, what to type on which machine. */
final class KerberosAdvice {
    private static final String DUPLICATES = "setspn -X";

    private final Endpoint endpoint;

    KerberosAdvice(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    static Where where(KerberosFailed failure) {
        return switch (failure.trouble()) {
            case SERVICE_UNKNOWN, NO_COMMON_ENCRYPTION, ACCOUNT_BLOCKED, PASSWORD_EXPIRED, WRONG_KEY, GENERIC, POLICY ->
                Where.A_DOMAIN_CONTROLLER;
            case CLIENT_UNKNOWN, WRONG_PASSWORD, REALM_UNKNOWN -> Where.THE_INVENTORY;
            case TICKET_EXPIRED, KDC_UNREACHABLE, NO_TICKET, OTHER -> Where.THIS_MACHINE;
            case CLOCK_SKEW, NO_PROOF -> Where.THE_SERVER;
        };
    }

    List<String> lines(KerberosFailed failure) {
        String user = ConnectionAdvice.user(failure.account());
        return switch (failure.trouble()) {
            case CLIENT_UNKNOWN, REALM_UNKNOWN -> List.of("kerberos: { realm: CONTOSO.LOCAL }");
            case SERVICE_UNKNOWN -> List.of("setspn -Q " + service(failure), "setspn -Q */" + serviceHost());
            case NO_COMMON_ENCRYPTION ->
                List.of(
                        "Get-ADUser " + user + " -Properties msDS-SupportedEncryptionTypes",
                        "Set-ADUser " + user + " -KerberosEncryptionType AES128,AES256");
            case ACCOUNT_BLOCKED ->
                List.of("Get-ADUser " + user + " -Properties Enabled, LockedOut, AccountExpirationDate, LogonHours");
            case PASSWORD_EXPIRED ->
                List.of("Get-ADUser " + user + " -Properties PasswordExpired, PasswordLastSet, PasswordNeverExpires");
            case WRONG_PASSWORD -> List.of();
            case TICKET_EXPIRED, NO_TICKET, OTHER -> List.of("klist", user.isEmpty() ? "kinit" : "kinit " + user);
            case CLOCK_SKEW -> List.of("w32tm /query /status", "w32tm /resync /rediscover");
            case WRONG_KEY -> List.of("setspn -Q " + service(failure), DUPLICATES);
            case GENERIC ->
                List.of(
                        "Get-WinEvent -FilterHashtable @{ LogName = 'System'; ProviderName = 'Microsoft-Windows-Kerberos-Key-Distribution-Center' } -MaxEvents 10");
            case POLICY ->
                List.of("Get-ADUser " + user
                        + " -Properties LogonWorkstations, LogonHours, AuthenticationPolicySilo, MemberOf");
            case KDC_UNREACHABLE -> reach(failure);
            case NO_PROOF -> List.of(ConnectionAdvice.LISTENERS, "netsh http show servicestate");
        };
    }

    List<Action> more(KerberosFailed failure) {
        String user = ConnectionAdvice.user(failure.account());
        return switch (failure.trouble()) {
            case CLIENT_UNKNOWN ->
                List.of(new Action(
                        Where.A_DOMAIN_CONTROLLER, "See whether the account exists.", List.of("Get-ADUser " + user)));
            case WRONG_PASSWORD ->
                List.of(new Action(
                        Where.A_DOMAIN_CONTROLLER,
                        "See when the password was set last, and that the account is not locked now.",
                        List.of("Get-ADUser " + user
                                + " -Properties PasswordLastSet, LastBadPasswordAttempt, LockedOut")));
            case CLOCK_SKEW ->
                List.of(new Action(
                        Where.THIS_MACHINE,
                        "See that its own clock is right; on Linux 'timedatectl' tells.",
                        List.of("w32tm /query /status")));
            case WRONG_KEY ->
                List.of(
                        new Action(
                                Where.THIS_MACHINE,
                                "See that the name leads to the server that is meant.",
                                List.of("nslookup " + serviceHost())),
                        new Action(
                                Where.THE_SERVER,
                                "See that the server and its domain have the same password of the computer account.",
                                List.of("Test-ComputerSecureChannel")));
            default -> List.of();
        };
    }

    /** The domain gave a ticket, and the server did not say why it does not take it. */
    List<String> lines(LogonFailed failure) {
        List<String> lines = new ArrayList<>(List.of("Get-Item WSMan:\\localhost\\Service\\Auth\\Kerberos"));
        if (failure.tls()) {
            lines.add("Get-Item WSMan:\\localhost\\Service\\Auth\\CbtHardeningLevel");
        }
        lines.add("Get-WinEvent -FilterHashtable @{ LogName = 'Security'; Id = 4625 } -MaxEvents 5");
        return lines;
    }

    List<Action> more(LogonFailed failure) {
        List<Action> actions = new ArrayList<>(List.of(new Action(
                Where.A_DOMAIN_CONTROLLER,
                "See that the service's name belongs to this server's computer account and to no other.",
                List.of("setspn -Q " + service(), DUPLICATES))));
        if (failure.clockSkew().isPresent()) {
            actions.addAll(ConnectionAdvice.clock());
        }
        return actions;
    }

    private List<String> reach(KerberosFailed failure) {
        KerberosSettings settings = endpoint.access().kerberos();
        if (!settings.kdcs().isEmpty()) {
            return settings.kdcs().stream().map(KerberosAdvice::reach).toList();
        }
        int at = failure.account().indexOf('@');
        String realm = settings.realm() != null
                ? settings.realm()
                : at < 0 ? "CONTOSO.LOCAL" : failure.account().substring(at + 1);
        return List.of("nslookup -type=SRV _kerberos._tcp." + realm, reach(realm));
    }

    private static String reach(String kdc) {
        int colon = kdc.lastIndexOf(':');
        return colon < 0
                ? "Test-NetConnection " + kdc + " -Port 88"
                : "Test-NetConnection " + kdc.substring(0, colon) + " -Port " + kdc.substring(colon + 1);
    }

    /** As setspn takes it, without the realm. */
    private String service(KerberosFailed failure) {
        String service = failure.service();
        int at = service.indexOf('@');
        return at < 0 || service.indexOf('/') < 0 ? service() : service.substring(0, at);
    }

    private String service() {
        return endpoint.access().kerberos().service() + '/' + serviceHost();
    }

    private String serviceHost() {
        return endpoint.access().kerberos().serviceHostOf(endpoint.host());
    }
}
