package dev.asrdoctor.remoting;

import java.util.stream.Collectors;

/** What is said of logons. */
final class LogonWords {
    private LogonWords() {}

    static String message(RemotingFailure.OfLogon failure) {
        return switch (failure) {
            case RemotingFailure.LogonNotKept f ->
                (f.forgotten()
                                ? "the server has forgotten the " + f.scheme() + " logon of this connection while "
                                : "the connection that the " + f.scheme()
                                        + " logon belongs to was ended by the other side while ")
                        + f.stage().doing();
            case RemotingFailure.SchemeNotOffered f -> message(f);
            case RemotingFailure.LogonFailed f ->
                "the server refuses the logon" + (f.account().isEmpty() ? "" : " of " + f.account()) + " (" + f.scheme()
                        + "); it was tried once";
            case RemotingFailure.KerberosFailed f ->
                "no Kerberos logon of " + (f.account().isEmpty() ? "the owner of the tickets" : f.account())
                        + (f.service().isEmpty() ? "" : " to " + f.service())
                        + ": " + f.trouble().words() + (f.detail().isEmpty() ? "" : " [" + f.detail() + "]")
                        + (f.repeated() ? "; known from another server, not tried again" : "");
            case RemotingFailure.NoSchemeWorked f ->
                "no allowed logon works: "
                        + f.tried().stream()
                                .map(each -> "(" + each.scheme() + ") "
                                        + each.failure().message())
                                .collect(Collectors.joining("; "));
            case RemotingFailure.CredentialDoesNotFit f ->
                f.scheme() + " cannot log " + (f.account().isEmpty() ? "anybody" : f.account()) + " on with " + f.has();
            case RemotingFailure.LogonHeldBack f ->
                "not tried: the credential '" + f.credential() + "'"
                        + (f.account().isEmpty() ? "" : " (" + f.account() + ")") + " was refused by "
                        + String.join(", ", f.refusedBy());
            case RemotingFailure.BasicNeedsTls ignored ->
                "Basic over plain HTTP would send the password readable over the network, so it was not sent";
            case RemotingFailure.ClearTextRefused ignored -> "the server refuses messages that are not encrypted";
            case RemotingFailure.SealingNotGranted f ->
                "the server does not grant message encryption for " + f.scheme() + ", so nothing was sent";
            case RemotingFailure.AccessDenied f ->
                "access denied after a good logon" + (f.detail().isEmpty() ? "" : ": " + f.detail());
            case RemotingFailure.LogonUnclear f ->
                f.saw() + " to the logon of " + f.account()
                        + ", though the server answers without one; WinRM4j shows a refused logon like this";
        };
    }

    static String advice(RemotingFailure.OfLogon failure) {
        return switch (failure) {
            case RemotingFailure.LogonNotKept f ->
                "Unless WinRM was restarted just then, something in between (a proxy, a load balancer, a firewall that inspects) closes"
                        + " or changes the connection after each answer, and " + f.scheme()
                        + " needs the same one throughout. Connect directly,"
                        + " by the server's own name or address and without the proxy.";
            case RemotingFailure.SchemeNotOffered f -> advice(f);
            case RemotingFailure.LogonFailed f -> advice(f);
            case RemotingFailure.KerberosFailed f ->
                f.clockSkew()
                                .map(skew -> "The server's clock is " + FailureWords.time(skew.abs())
                                        + (skew.isNegative() ? " behind" : " ahead of") + " this machine's. ")
                                .orElse("")
                        + f.trouble().advice();
            case RemotingFailure.NoSchemeWorked f ->
                f.tried().stream()
                        .map(each -> each.scheme() + ": " + each.failure().advice())
                        .collect(Collectors.joining(" "));
            case RemotingFailure.CredentialDoesNotFit ignored ->
                "Kerberos takes a password, a keytab or a ticket cache; NTLM and Basic take a password; authentication certificate takes"
                        + " a PKCS#12 file. Change 'authentication' or the credential in the inventory.";
            case RemotingFailure.LogonHeldBack f ->
                "Correct the password where the inventory's credential '" + f.credential()
                        + "' takes it from, and check on a domain controller that the account is not locked; then run again."
                        + " The run stopped using it so as not to lock it out.";
            case RemotingFailure.BasicNeedsTls ignored ->
                "Use NTLM or transport https; for a closed test network set 'allowBasicOverHttp' in the inventory.";
            case RemotingFailure.ClearTextRefused ignored ->
                "Basic over HTTP works only with AllowUnencrypted, which is better left off: use NTLM over http (encrypts its messages)"
                        + " or transport https.";
            case RemotingFailure.SealingNotGranted f ->
                f.scheme().equals(Endpoint.Scheme.NTLM.words())
                        ? "Check the policy 'Network security: Minimum session security for NTLM SSP based servers' (require NTLMv2 and"
                                + " 128-bit), or use transport https."
                        : "Use transport https, or authentication ntlm.";
            case RemotingFailure.AccessDenied ignored ->
                "The account must be a member of Administrators (or Remote Management Users with rights on the shell) of the server; a"
                        + " local administrator other than the built-in one needs LocalAccountTokenFilterPolicy=1, which makes one stolen"
                        + " local password open every server that has the same: prefer a domain account. Check 'winrm get"
                        + " winrm/config/service' (RootSDDL).";
            case RemotingFailure.LogonUnclear ignored ->
                "Most likely wrong user or password, or the domain refuses the NTLMv1 that WinRM4j may fall back to"
                        + " (LmCompatibilityLevel 5). Set transport http or https for this server once: asrdoctor's own client tells"
                        + " which it is.";
        };
    }

    private static String message(RemotingFailure.SchemeNotOffered f) {
        if (offersNtlmByName(f)) {
            return "the server offers NTLM under a name of its own, which WinRM never does; it offers "
                    + String.join(", ", f.offered());
        }
        return (f.takesNoNtlm()
                        ? "the server offers Negotiate but takes no NTLM in it"
                        : "the server does not offer " + f.wanted() + " logons")
                + "; it offers "
                + (f.offered().isEmpty() ? "none" : String.join(", ", f.offered()));
    }

    private static String advice(RemotingFailure.SchemeNotOffered f) {
        if (offersNtlmByName(f)) {
            return "Another web server or a proxy answers (WinRM has NTLM inside of Negotiate alone). Check port and path in the"
                    + " inventory, and connect directly.";
        }
        if (f.takesNoNtlm()) {
            return "NTLM is probably forbidden there: policy 'Network security: Restrict NTLM: Incoming NTLM traffic' on the server, or"
                    + " 'NTLM authentication in this domain'. Use authentication kerberos with the server's name; or a proxy in"
                    + " between drops the header, then connect directly.";
        }
        String setting = switch (f.wanted()) {
            case "Basic", "Kerberos" -> f.wanted();
            case "client certificate" -> "Certificate";
            default -> "Negotiate";
        };
        return "Choose an authentication in the inventory that is offered, or switch this one on at the server: 'Set-Item"
                + " WSMan:\\localhost\\Service\\Auth\\" + setting + " $true'"
                + (!f.wanted().equals("NTLM") ? "." : ", and check the policies 'Network security: Restrict NTLM'.");
    }

    private static boolean offersNtlmByName(RemotingFailure.SchemeNotOffered f) {
        return f.wanted().equals("NTLM")
                && !f.takesNoNtlm()
                && f.offered().stream().anyMatch("NTLM"::equalsIgnoreCase);
    }

    private static String advice(RemotingFailure.LogonFailed f) {
        String clock = f.clockSkew()
                .map(skew -> "the server's clock is " + FailureWords.time(skew.abs())
                        + (skew.isNegative() ? " behind" : " ahead"))
                .orElse("the clocks differ");
        if (f.scheme().equals("Kerberos")) {
            return "The domain gave a ticket and the server does not take it. Most likely first: "
                    + (f.tls()
                            ? "CbtHardeningLevel is Strict and the logon was not bound to this TLS connection; "
                            : "")
                    + clock
                    + "; the name has a wrong or duplicate SPN ('setspn -X'); Kerberos is off for the service"
                    + " (WSMan:\\localhost\\Service\\Auth\\Kerberos); the account may not log on from the network ('Deny access to"
                    + " this computer from the network').";
        }
        if (f.scheme().equals("client certificate")) {
            return "No account is mapped to this certificate, or the mapped account's password has changed: 'Get-ChildItem"
                    + " WSMan:\\localhost\\ClientCertificate' on the server must list its issuer and subject (the UPN in its subject"
                    + " alternative name), and the issuer must be trusted there.";
        }
        if (f.scheme().equals("Basic")) {
            return "Most likely first: wrong user or password; the account is disabled, locked or expired; it is a domain account"
                    + " (Basic knows only local ones); Basic is off for this listener; " + clock + ".";
        }
        return "Most likely first: wrong user or password; the account is disabled, locked or expired (a local administrator other than"
                + " the built-in one also needs LocalAccountTokenFilterPolicy=1, which makes one stolen local password open every server that has"
                + " the same: prefer a domain account); NTLM is restricted by policy; "
                + (f.tls() ? "CbtHardeningLevel is Strict on the server; " : "")
                + clock + ", or the name has a wrong SPN.";
    }
}
