package dev.asrdoctor.remoting;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is known of one fault code of WS-Management (names of winerror.h and wsman.h).
 *
 * @param advice for an administrator: the probable cause and the next action
 */
public record DescribedFault(long code, String name, String advice) {
    private static final String TOO_MANY_SHELLS =
            "This account already has as many shells on the server as it may. Close them ('winrm enumerate winrm/config/shell' lists"
                    + " them, 'Restart-Service WinRM' ends them all), or raise WSMan:\\localhost\\Shell\\MaxShellsPerUser.";
    private static final String TOO_MANY_OPERATIONS =
            "This account has too many operations open on the server. Wait a minute and try again, or raise"
                    + " WSMan:\\localhost\\Service\\MaxConcurrentOperationsPerUser.";
    private static final String TOO_MANY_USERS =
            "Too many users have shells on the server. Try again later, or raise WSMan:\\localhost\\Shell\\MaxConcurrentUsers.";
    private static final String TOO_MUCH_LOAD =
            "The server limits how much may be asked of it in a time. Check fewer servers at once or wait a minute, then try again.";
    private static final String TOO_LARGE =
            "A message was larger than the server allows. Raise WSMan:\\localhost\\MaxEnvelopeSizekb (500 by default, 150 on old servers).";
    private static final String WRONG_PASSWORD =
            "Wrong user or password, or NTLM is switched off by policy. It is not tried again, to keep the account from being locked.";
    private static final String TORN_DOWN =
            "The operation was ended on the server: the shell was closed, a quota killed it, or WinRM stopped. Run the check again.";
    private static final String NOT_SOAP =
            "The answer was not from WinRM: a proxy, portal or other web server. Check port and path in the inventory.";
    private static final String WRONG_URI =
            "The server does not know the shell that was asked for. Check the path in the inventory and that WinRM is not restricted to"
                    + " other plug-ins ('Get-ChildItem WSMan:\\localhost\\Plugin').";
    private static final String NO_REMOTE_ACCESS =
            "Remote access is switched off. Run 'Enable-PSRemoting -Force' on the server and check the policy 'Allow remote server management"
                    + " through WinRM' with its IPv4Filter.";
    private static final String UNREADABLE_500 =
            "The server failed without saying why. Look into 'Microsoft-Windows-WinRM/Operational' on the server; over plain HTTP it may"
                    + " have refused a message that was not encrypted.";
    private static final String UNKNOWN =
            "Look up the code with 'winrm helpmsg CODE' on a Windows machine and see 'Microsoft-Windows-WinRM/Operational' on the server.";

    private static final Set<Long> PASSING = Set.of(2150858793L, 2150858843L, 2150859026L, 2150859046L);

    private static final Map<Long, DescribedFault> TABLE = List.of(
                    fault(
                            5,
                            "ERROR_ACCESS_DENIED",
                            "The account may log on but not do this; see that it is an administrator there."),
                    fault(995, "ERROR_OPERATION_ABORTED", TORN_DOWN),
                    fault(1223, "ERROR_CANCELLED", TORN_DOWN),
                    fault(1326, "ERROR_LOGON_FAILURE", WRONG_PASSWORD),
                    fault(2147943726L, "ERROR_LOGON_FAILURE", WRONG_PASSWORD),
                    fault(2148074252L, "SEC_E_LOGON_DENIED", WRONG_PASSWORD),
                    fault(
                            2147942402L,
                            "ERROR_FILE_NOT_FOUND",
                            "The server did not find the program to run; see that powershell.exe is in its PATH."),
                    fault(
                            2147942405L,
                            "E_ACCESSDENIED",
                            "The account may log on but not do this; see that it is an administrator there."),
                    fault(2147943395L, "ERROR_OPERATION_ABORTED", TORN_DOWN),
                    fault(2150858752L, "ERROR_WSMAN_RESOURCE_NOT_FOUND", WRONG_URI),
                    fault(2150858753L, "ERROR_WSMAN_INVALID_ACTIONURI", WRONG_URI),
                    fault(2150858754L, "ERROR_WSMAN_INVALID_URI", WRONG_URI),
                    fault(
                            2150858770L,
                            "ERROR_WSMAN_DESTINATION_UNREACHABLE",
                            "Name or port is wrong, a firewall blocks it, or WinRM is stopped. Try 'Test-WSMan NAME'; run 'Enable-PSRemoting -Force' on the server."),
                    fault(2150858790L, "ERROR_WSMAN_ENVELOPE_TOO_LARGE", TOO_LARGE),
                    fault(
                            2150858793L,
                            "ERROR_WSMAN_OPERATION_TIMEDOUT",
                            "The server is too slow for this request. Look at its load and try again."),
                    fault(2150858811L, "ERROR_WSMAN_INVALID_RESOURCE_URI", WRONG_URI),
                    fault(2150858815L, "ERROR_WSMAN_QUOTA_LIMIT", TOO_MANY_OPERATIONS),
                    fault(
                            2150858817L,
                            "ERROR_WSMAN_SCHEMA_VALIDATION_ERROR",
                            "The server did not accept the form of the request. Please report it with the Windows version of the server."),
                    fault(2150858823L, "ERROR_WSMAN_MAX_ENVELOPE_SIZE", TOO_LARGE),
                    fault(2150858824L, "ERROR_WSMAN_MAX_ENVELOPE_SIZE_EXCEEDED", TOO_LARGE),
                    fault(2150858825L, "ERROR_WSMAN_SERVER_ENVELOPE_LIMIT", TOO_LARGE),
                    fault(2150858843L, "ERROR_WSMAN_UNEXPECTED_SELECTORS", TORN_DOWN),
                    fault(
                            2150858909L,
                            "ERROR_WSMAN_SECURITY_UNMAPPED",
                            "Security could not be agreed on. Check that account and authentication fit the server."),
                    fault(
                            2150858980L,
                            "ERROR_WSMAN_SERVER_NOT_TRUSTED",
                            "This comes from a Windows client's TrustedHosts; this program has none, so something in between answers."),
                    fault(2150858996L, "ERROR_WSMAN_HTTP_NO_ENVELOPE", NOT_SOAP),
                    fault(2150858997L, "ERROR_WSMAN_NO_RESPONSE_DATA", NOT_SOAP),
                    fault(2150858998L, "ERROR_WSMAN_INVALID_FAULT", NOT_SOAP),
                    fault(2150858999L, "ERROR_WSMAN_HTTP_INVALID_CONTENT_TYPE_IN_RESPONSE_DATA", NOT_SOAP),
                    fault(
                            2150859019L,
                            "ERROR_WSMAN_KERBEROS_IPADDRESS",
                            "Kerberos needs a name, not an IP address: set 'address' to the server's name."),
                    fault(2150859025L, "ERROR_WSMAN_HTTP_REQUEST_TOO_LARGE_STATUS", TOO_LARGE),
                    fault(
                            2150859026L,
                            "ERROR_WSMAN_HTTP_SERVICE_UNAVAILABLE_STATUS",
                            "WinRM is starting or overloaded. Try again in a minute; if it stays, run 'Restart-Service WinRM' on the server."),
                    fault(
                            2150859027L,
                            "ERROR_WSMAN_HTTP_NOT_FOUND_STATUS",
                            "The URL is not WinRM's: check port and path (/wsman), and whether a proxy or IIS answers."),
                    fault(
                            2150859046L,
                            "ERROR_WSMAN_NETWORK_TIMEDOUT",
                            "The host is off, a firewall drops 5985 or 5986, or the network profile is Public."),
                    fault(2150859120L, "ERROR_WSMAN_HTTP_INTERNAL_SERVER_ERROR", UNREADABLE_500),
                    fault(2150859121L, "ERROR_WSMAN_HTTP_BAD_REQUEST", UNREADABLE_500),
                    fault(2150859123L, "ERROR_WSMAN_HTML_ERROR", UNREADABLE_500),
                    fault(2150859173L, "ERROR_WSMAN_QUOTA_MAX_SHELLS", TOO_MANY_SHELLS),
                    fault(2150859174L, "ERROR_WSMAN_QUOTA_MAX_OPERATIONS", TOO_MANY_OPERATIONS),
                    fault(2150859175L, "ERROR_WSMAN_QUOTA_USER", TOO_MUCH_LOAD),
                    fault(2150859176L, "ERROR_WSMAN_QUOTA_SYSTEM", TOO_MUCH_LOAD),
                    fault(2150859179L, "ERROR_WSMAN_QUOTA_MAX_SHELLUSERS", TOO_MANY_USERS),
                    fault(
                            2150859180L,
                            "ERROR_WSMAN_REMOTESHELLS_NOT_ALLOWED",
                            "The policy 'Allow Remote Shell Access' (Windows Remote Shell) is off for this server: enable it."),
                    fault(
                            2150859193L,
                            "ERROR_WSMAN_NAME_NOT_RESOLVED",
                            "The name cannot be resolved: check DNS and the spelling in the inventory."),
                    fault(
                            2150859194L,
                            "ERROR_WSMAN_SSL_CONNECTION_ABORTED",
                            "The TLS connection was broken off: check the certificate of the HTTPS listener and TLS 1.2 on the server."),
                    fault(2150859229L, "ERROR_WSMAN_REMOTEACCESS_NOT_ALLOWED", NO_REMOTE_ACCESS),
                    fault(2150859235L, "ERROR_WSMAN_REMOTECONNECTION_NOT_ALLOWED", NO_REMOTE_ACCESS),
                    fault(2150859236L, "ERROR_WSMAN_QUOTA_MAX_SHELLS_PPQ", TOO_MANY_SHELLS),
                    fault(2150859237L, "ERROR_WSMAN_QUOTA_MAX_USERS_PPQ", TOO_MANY_USERS),
                    fault(2150859238L, "ERROR_WSMAN_QUOTA_MAX_PLUGINSHELLS_PPQ", TOO_MANY_SHELLS),
                    fault(2150859239L, "ERROR_WSMAN_QUOTA_MAX_PLUGINOPERATIONS_PPQ", TOO_MANY_OPERATIONS),
                    fault(2150859240L, "ERROR_WSMAN_QUOTA_MAX_OPERATIONS_USER_PPQ", TOO_MANY_OPERATIONS),
                    fault(
                            2150859241L,
                            "ERROR_WSMAN_QUOTA_MAX_COMMANDS_PER_SHELL_PPQ",
                            "The shell has run as many commands as it may. Run the check again: it opens a new one."),
                    fault(
                            2150859248L,
                            "ERROR_WSMAN_MUTUAL_AUTH_FAILED",
                            "The server could not prove who it is: its SPN is missing, wrong or duplicate ('setspn -X')."))
            .stream()
            .collect(Collectors.toUnmodifiableMap(DescribedFault::code, Function.identity()));

    private static DescribedFault fault(long code, String name, String advice) {
        return new DescribedFault(code, name, advice);
    }

    public static Optional<DescribedFault> of(long code) {
        return Optional.ofNullable(TABLE.get(code))
                .or(() -> WindowsError.of(code).map(error -> fault(code, error.name(), error.advice())));
    }

    /** Said for a reason that may well be gone a little later. */
    static boolean passing(long code) {
        return PASSING.contains(code)
                || WindowsError.of(code).filter(WindowsError::passing).isPresent();
    }

    /** Every known code of WS-Management itself. */
    public static List<DescribedFault> all() {
        return List.copyOf(TABLE.values());
    }

    /** Used up for now, so that waiting or closing something helps. */
    public boolean quota() {
        return name.startsWith("ERROR_WSMAN_QUOTA");
    }

    static String adviceFor(long code) {
        return of(code).map(DescribedFault::advice).orElse(UNKNOWN);
    }

    /** The code with its name, or in hexadecimal where it has none. */
    static String label(long code) {
        return of(code).map(fault -> code + " " + fault.name())
                .orElseGet(() -> code + " 0x" + HexFormat.of().toHexDigits((int) code));
    }
}
