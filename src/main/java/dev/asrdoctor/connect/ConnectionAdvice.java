package dev.asrdoctor.connect;

import dev.asrdoctor.connect.Examination.Action;
import dev.asrdoctor.connect.Examination.Where;
import dev.asrdoctor.probe.AnswerFailure;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.AccessDenied;
import dev.asrdoctor.remoting.RemotingFailure.BasicNeedsTls;
import dev.asrdoctor.remoting.RemotingFailure.CaFileUnusable;
import dev.asrdoctor.remoting.RemotingFailure.CertificateNeedsTls;
import dev.asrdoctor.remoting.RemotingFailure.ClearTextRefused;
import dev.asrdoctor.remoting.RemotingFailure.ClientCertificateUnusable;
import dev.asrdoctor.remoting.RemotingFailure.ConnectTimedOut;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionCut;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionRefused;
import dev.asrdoctor.remoting.RemotingFailure.CredentialDoesNotFit;
import dev.asrdoctor.remoting.RemotingFailure.DeadlineExceeded;
import dev.asrdoctor.remoting.RemotingFailure.EndpointNotFound;
import dev.asrdoctor.remoting.RemotingFailure.HostUnreachable;
import dev.asrdoctor.remoting.RemotingFailure.HttpForbidden;
import dev.asrdoctor.remoting.RemotingFailure.HttpRefused;
import dev.asrdoctor.remoting.RemotingFailure.KerberosFailed;
import dev.asrdoctor.remoting.RemotingFailure.LogonFailed;
import dev.asrdoctor.remoting.RemotingFailure.LogonHeldBack;
import dev.asrdoctor.remoting.RemotingFailure.LogonNotKept;
import dev.asrdoctor.remoting.RemotingFailure.NameNotResolved;
import dev.asrdoctor.remoting.RemotingFailure.NoAnswer;
import dev.asrdoctor.remoting.RemotingFailure.NoSchemeWorked;
import dev.asrdoctor.remoting.RemotingFailure.NotWinRm;
import dev.asrdoctor.remoting.RemotingFailure.PlainHttpOnTlsPort;
import dev.asrdoctor.remoting.RemotingFailure.ProxyFailed;
import dev.asrdoctor.remoting.RemotingFailure.QuotaExceeded;
import dev.asrdoctor.remoting.RemotingFailure.RemoteFault;
import dev.asrdoctor.remoting.RemotingFailure.SchemeNotOffered;
import dev.asrdoctor.remoting.RemotingFailure.ServiceUnavailable;
import dev.asrdoctor.remoting.RemotingFailure.ShellGone;
import dev.asrdoctor.remoting.RemotingFailure.TlsFailed;
import dev.asrdoctor.remoting.RemotingFailure.TlsOnPlainPort;
import dev.asrdoctor.remoting.RemotingFailure.TlsUntrusted;
import java.util.ArrayList;
import java.util.List;

/** For each way of not connecting, what to type on which machine. */
final class ConnectionAdvice {
    static final String LISTENERS = "winrm enumerate winrm/config/listener";
    private static final String REFUSALS =
            "Get-WinEvent -FilterHashtable @{ LogName = 'Security'; Id = 4625 } -MaxEvents 5";
    private static final String RESTART = "Restart-Service WinRM";
    private static final String EVENTS = "Get-WinEvent -LogName Microsoft-Windows-WinRM/Operational -MaxEvents 20";
    private static final String TOKEN_FILTER =
            "New-ItemProperty -Path HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System -Name LocalAccountTokenFilterPolicy -PropertyType DWord -Value 1 -Force";

    private final Endpoint endpoint;
    private final String account;
    private final KerberosAdvice kerberos;

    /** @param account empty where it is not known */
    ConnectionAdvice(Endpoint endpoint, String account) {
        this.endpoint = endpoint;
        this.account = account;
        this.kerberos = new KerberosAdvice(endpoint);
    }

    /** The failure's own words first, then what to type. */
    List<Action> on(RemotingFailure failure) {
        if (failure instanceof NoSchemeWorked none) {
            return none.tried().stream()
                    .flatMap(tried -> on(tried.failure()).stream()
                            .map(action ->
                                    new Action(action.where(), tried.scheme() + ": " + action.what(), action.lines())))
                    .toList();
        }
        List<Action> actions = new ArrayList<>();
        actions.add(new Action(where(failure), failure.advice(), lines(failure)));
        actions.addAll(more(failure));
        return actions;
    }

    private static Where where(RemotingFailure failure) {
        return switch (failure) {
            case NameNotResolved f -> Where.THIS_MACHINE;
            case HostUnreachable f -> Where.THIS_MACHINE;
            case CaFileUnusable f -> Where.THIS_MACHINE;
            case TlsUntrusted f -> Where.THE_INVENTORY;
            case PlainHttpOnTlsPort f -> Where.THE_INVENTORY;
            case LogonNotKept f -> Where.THE_INVENTORY;
            case HttpRefused f when f.status() < 400 || f.status() == 407 || f.status() == 511 -> Where.THE_INVENTORY;
            case TlsOnPlainPort f -> Where.THE_INVENTORY;
            case BasicNeedsTls f -> Where.THE_INVENTORY;
            case ClearTextRefused f -> Where.THE_INVENTORY;
            case LogonHeldBack f -> Where.THE_INVENTORY;
            case CertificateNeedsTls f -> Where.THE_INVENTORY;
            case CredentialDoesNotFit f -> Where.THE_INVENTORY;
            case ClientCertificateUnusable f -> Where.THIS_MACHINE;
            case ProxyFailed f -> f.status() == 0 ? Where.THIS_MACHINE : Where.THE_INVENTORY;
            case KerberosFailed f -> KerberosAdvice.where(f);
            default -> Where.THE_SERVER;
        };
    }

    private List<String> lines(RemotingFailure failure) {
        return switch (failure) {
            case RemotingFailure.OfNetwork of -> lines(of);
            case RemotingFailure.OfTls of -> lines(of);
            case RemotingFailure.OfHttp of -> lines(of);
            case RemotingFailure.OfLogon of -> lines(of);
            case RemotingFailure.OfShell of -> lines(of);
        };
    }

    private List<String> lines(RemotingFailure.OfNetwork failure) {
        String host = endpoint.host();
        return switch (failure) {
            case NameNotResolved f -> List.of("nslookup " + host);
            case HostUnreachable f ->
                List.of("Test-NetConnection " + host + " -Port " + endpoint.port(), "route print");
            case ConnectionRefused f -> listen();
            case ConnectTimedOut f ->
                List.of(
                        "Get-Service WinRM",
                        "Get-NetConnectionProfile",
                        "Get-NetFirewallRule -Name WINRM* | Format-Table Name, Enabled, Profile, Action",
                        firewallRule());
            case ConnectionCut f
            when f.tls() && f.answerBytes() == 0 -> List.of(LISTENERS, "netsh http show sslcert", EVENTS);
            case ConnectionCut f -> List.of(LISTENERS, EVENTS);
            case ProxyFailed f -> List.of(f.status() == 0 ? reach(f.proxy()) : "proxy: none");
        };
    }

    private List<String> lines(RemotingFailure.OfTls failure) {
        return switch (failure) {
            case TlsUntrusted f -> List.of(pinLine(f.certificate().sha256()));
            case TlsFailed f
            when f.why() == TlsFailed.Why.NO_COMMON_CIPHER ->
                List.of(
                        "Get-TlsCipherSuite | Format-Table Name",
                        "Get-ItemProperty HKLM:\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");
            case TlsFailed f when f.why() == TlsFailed.Why.CLIENT_CERTIFICATE -> List.of("netsh http show sslcert");
            case TlsFailed f
            when f.why() == TlsFailed.Why.UNREADABLE_CERTIFICATE ->
                List.of(LISTENERS, "Get-ChildItem Cert:\\LocalMachine\\My");
            case TlsFailed f
            when f.why() != TlsFailed.Why.OLD_PROTOCOL ->
                List.of(
                        LISTENERS,
                        "netsh http show sslcert",
                        "Get-WinEvent -FilterHashtable @{ LogName = 'System'; ProviderName = 'Schannel' } -MaxEvents 10");
            case TlsFailed f ->
                List.of(
                        LISTENERS,
                        "New-Item -Force 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Server' | New-ItemProperty -Name Enabled -PropertyType DWord -Value 1");
            case CaFileUnusable f -> List.of("keytool -printcert -file " + f.file());
            case PlainHttpOnTlsPort f -> List.of("transport: http");
            case TlsOnPlainPort f -> List.of("transport: https");
            case CertificateNeedsTls f -> List.of("transport: https");
            case ClientCertificateUnusable f -> List.of("keytool -list -storetype PKCS12 -keystore " + f.file());
        };
    }

    private List<String> lines(RemotingFailure.OfHttp failure) {
        return switch (failure) {
            case NotWinRm f -> List.of(LISTENERS, "netsh http show servicestate");
            case HttpRefused f -> refusedByHttp(f);
            case EndpointNotFound f -> List.of(LISTENERS);
            case HttpForbidden f -> List.of("winrm get winrm/config/service", LISTENERS);
            case ServiceUnavailable f -> List.of(RESTART, EVENTS);
        };
    }

    private List<String> lines(RemotingFailure.OfLogon failure) {
        return switch (failure) {
            case BasicNeedsTls f -> List.of("authentication: ntlm");
            case ClearTextRefused f -> List.of("authentication: ntlm");
            case LogonNotKept f -> List.of();
            case SchemeNotOffered f
            when f.takesNoNtlm() ->
                List.of(
                        "Get-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\MSV1_0 | Format-List RestrictReceivingNTLMTraffic, RestrictNTLMInDomain",
                        "Get-WinEvent -LogName Microsoft-Windows-NTLM/Operational -MaxEvents 5");
            case SchemeNotOffered f ->
                List.of(
                        "winrm get winrm/config/service/auth",
                        "Set-Item WSMan:\\localhost\\Service\\Auth\\"
                                + (f.wanted().equals("Basic") || f.wanted().equals("Kerberos")
                                        ? f.wanted()
                                        : "Negotiate")
                                + " $true");
            case KerberosFailed f -> kerberos.lines(f);
            case CredentialDoesNotFit f -> List.of();
            case LogonFailed f when ofKerberos(f) -> kerberos.lines(f);
            case LogonFailed f
            when ofCertificate(f) ->
                List.of(
                        "Get-ChildItem WSMan:\\localhost\\ClientCertificate",
                        "Get-Item WSMan:\\localhost\\Service\\Auth\\Certificate",
                        REFUSALS);
            case LogonFailed f
            when f.tls() && !f.scheme().equals(Endpoint.Scheme.BASIC.words()) ->
                List.of(looksFor(f), "Get-Item WSMan:\\localhost\\Service\\Auth\\CbtHardeningLevel", REFUSALS);
            case LogonFailed f -> List.of(looksFor(f), REFUSALS);
            case AccessDenied f -> List.of("net localgroup Administrators", "winrm get winrm/config/service");
            default -> List.of(EVENTS);
        };
    }

    private List<String> lines(RemotingFailure.OfShell failure) {
        return switch (failure) {
            case NoAnswer f -> List.of("netsh http show servicestate", RESTART);
            case DeadlineExceeded f ->
                List.of("Get-Process | Sort-Object CPU -Descending | Select-Object -First 5", RESTART);
            case ShellGone f -> List.of(EVENTS);
            case QuotaExceeded f -> List.of("winrm enumerate winrm/config/shell", "winrm get winrm/config/winrs");
            case RemoteFault f -> f.code() == 0 ? List.of(EVENTS) : List.of("winrm helpmsg " + f.code(), EVENTS);
            default -> List.of(EVENTS);
        };
    }

    private List<Action> more(RemotingFailure failure) {
        return switch (failure) {
            case ConnectTimedOut f ->
                List.of(new Action(
                        Where.THIS_MACHINE,
                        "See whether the way there is open.",
                        List.of("Test-NetConnection " + endpoint.host() + " -Port " + endpoint.port())));
            case TlsUntrusted f ->
                List.of(
                        new Action(
                                Where.THE_SERVER,
                                "Compare before you pin: this prints subject and SHA-256 of every certificate there (the Thumbprint"
                                        + " that Windows shows is SHA-1).",
                                List.of(
                                        "Get-ChildItem Cert:\\LocalMachine\\My | ForEach-Object { $_.Subject; [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($_.RawData)) }")));
            case KerberosFailed f -> kerberos.more(f);
            case LogonFailed f when ofKerberos(f) -> kerberos.more(f);
            case LogonFailed f when ofCertificate(f) -> List.of();
            case LogonFailed f -> afterRefusal(f);
            case AccessDenied f -> rights();
            default -> List.of();
        };
    }

    private static List<String> refusedByHttp(HttpRefused failure) {
        int status = failure.status();
        if (status == 400 || status == 431) {
            return List.of(
                    "Get-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters | Format-List MaxFieldLength, MaxRequestBytes",
                    "Get-Content (Get-ChildItem C:\\Windows\\System32\\LogFiles\\HTTPERR | Sort-Object LastWriteTime | Select-Object -Last 1).FullName -Tail 20");
        }
        return status == 500 ? List.of(EVENTS, RESTART) : List.of(LISTENERS, "netsh http show servicestate");
    }

    private static boolean ofCertificate(LogonFailed failure) {
        return failure.scheme().equals(Endpoint.Scheme.CERTIFICATE.words());
    }

    private static String looksFor(LogonFailed failure) {
        return "net user " + user(failure.account()) + (ofDomain(failure) ? " /domain" : "");
    }

    private static List<Action> afterRefusal(LogonFailed failure) {
        List<Action> actions = new ArrayList<>();
        if (ofDomain(failure)) {
            actions.add(new Action(
                    Where.A_DOMAIN_CONTROLLER,
                    "See whether the account is locked, disabled or expired.",
                    List.of("Get-ADUser " + user(failure.account())
                            + " -Properties LockedOut, Enabled, PasswordExpired, LastBadPasswordAttempt")));
        }
        // DOMAIN may be the server's own name.
        if (!failure.account().contains("@")) {
            actions.add(tokenFilter());
        }
        if (failure.clockSkew().isPresent()) {
            actions.addAll(clock());
        }
        return actions;
    }

    private static boolean ofKerberos(LogonFailed failure) {
        return failure.scheme().equals(Endpoint.Scheme.KERBEROS.words());
    }

    private static String reach(String proxy) {
        int colon = proxy.lastIndexOf(':');
        return "Test-NetConnection " + proxy.substring(0, colon) + " -Port " + proxy.substring(colon + 1);
    }

    private static boolean ofDomain(LogonFailed failure) {
        return failure.account().contains("@")
                || (failure.account().contains("\\") && !failure.account().startsWith(".\\"));
    }

    static String user(String account) {
        String user = account.substring(account.indexOf('\\') + 1);
        int at = user.indexOf('@');
        return at < 0 ? user : user.substring(0, at);
    }

    List<Action> rights() {
        return List.of(
                new Action(
                        Where.THE_SERVER,
                        "Make the account an administrator there.",
                        List.of("net localgroup Administrators " + member() + " /add")),
                tokenFilter());
    }

    /** As net takes it, which knows no user principal names. */
    private String member() {
        String known = account.isEmpty() || account.contains("@") ? "DOMAIN\\user" : account;
        String plain = known.startsWith(".\\") ? known.substring(2) : known;
        return plain.contains(" ") ? '"' + plain + '"' : plain;
    }

    /** Its weight is told with it, because the value is widely recommended without. */
    private static Action tokenFilter() {
        return new Action(
                Where.THE_SERVER,
                "A local administrator other than the built-in one has no administrator's rights over the network unless"
                        + " LocalAccountTokenFilterPolicy is 1. Weigh it: with it, every local administrator's password or hash"
                        + " that is the same on several servers opens all of them. A domain account in Administrators needs no"
                        + " such change and is the better way.",
                List.of(TOKEN_FILTER));
    }

    static List<Action> clock() {
        return List.of(new Action(
                Where.THE_SERVER,
                "Let it follow its time source again (and see that this machine does); Kerberos refuses more than five minutes,"
                        + " and so does Azure.",
                List.of("w32tm /query /status", "w32tm /resync /rediscover")));
    }

    static Action pin(String sha256) {
        return new Action(
                Where.THE_INVENTORY, "Pin the certificate, once you have compared it:", List.of(pinLine(sha256)));
    }

    private static String pinLine(String sha256) {
        return "tls: { fingerprints: [" + sha256 + "] }";
    }

    private List<String> listen() {
        List<String> lines = new ArrayList<>(List.of("Get-Service WinRM", LISTENERS, "Enable-PSRemoting -Force"));
        if (endpoint.tls()) {
            lines.add(
                    "New-Item WSMan:\\localhost\\Listener -Transport HTTPS -Address * -CertificateThumbPrint THUMBPRINT -Force");
            lines.add(firewallRule());
        }
        return lines;
    }

    private String firewallRule() {
        return "New-NetFirewallRule -Name WINRM-" + endpoint.port() + "-In -DisplayName 'WinRM " + endpoint.port()
                + "' -Direction Inbound -Protocol TCP -LocalPort " + endpoint.port() + " -Action Allow";
    }

    static List<Action> on(AnswerFailure failure) {
        return List.of(new Action(
                Where.THE_SERVER,
                failure.advice(),
                switch (failure) {
                    case AnswerFailure.ConstrainedLanguage f ->
                        List.of(
                                "Get-AppLockerPolicy -Effective -Xml",
                                "Get-CimInstance -Namespace root/Microsoft/Windows/DeviceGuard Win32_DeviceGuard");
                    case AnswerFailure.NoPowerShell f -> List.of("where.exe powershell.exe");
                    default ->
                        List.of(
                                "powershell.exe -NoProfile -Command \"$PSVersionTable\"",
                                "Get-WinEvent -LogName 'Windows PowerShell' -MaxEvents 20");
                }));
    }
}
