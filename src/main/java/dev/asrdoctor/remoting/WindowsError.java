package dev.asrdoctor.remoting;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of one error number of Windows, by its names in winerror.h and ntstatus.h. Servers write the same error as
 * a Win32 number, as an HRESULT around it, as an NTSTATUS, or as a negative exit code.
 *
 * @param code unsigned, 32 bits
 * @param passing another try, a little later, may well go through
 * @param advice for an administrator: the probable cause and the next action
 */
public record WindowsError(long code, String name, boolean passing, String advice) {
    private static final long UNSIGNED = 0xffffffffL;
    private static final long HIGH_HALF = 0xffff0000L;
    private static final long FROM_WIN32 = 0x80070000L;
    private static final long FROM_NT = 0xd0000000L;
    private static final long NT_BIT = 0x10000000L;

    public static final String MEMORY =
            "Memory ran out. One shell may use only MaxMemoryPerShellMB: 'Set-Item WSMan:\\localhost\\Shell\\MaxMemoryPerShellMB 1024' and"
                    + " 'Restart-Service WinRM' raise it. If it is that large already, see what fills the server's memory and its paging"
                    + " file ('Get-Process | Sort-Object PM').";
    private static final String NO_ROOM =
            "Windows had no room left to start the program: the desktop heap of services or another resource is used up, as after many"
                    + " shells or a long uptime, or the server is shutting down. Close what is open ('winrm enumerate"
                    + " winrm/config/shell'), and restart the server if it stays.";
    private static final String CRASHED =
            "PowerShell itself crashed there. The Application event log has the reason (sources .NET Runtime, Application Error, Windows"
                    + " Error Reporting); often it is a damaged .NET or WMF, or a security product that hooks into programs.";
    private static final String DAMAGED =
            "A part of PowerShell or of .NET is missing or damaged on the server. Run 'powershell.exe -NoProfile' there, then 'sfc"
                    + " /scannow', and repair .NET.";
    private static final String ENDED =
            "It was ended from outside: a shutdown, a logoff, a quota, or somebody who ended powershell.exe. Run the check again.";
    private static final String FORBIDDEN =
            "A policy on the server forbids the program: AppLocker, a software restriction policy or Windows Defender Application Control."
                    + " See the event log Microsoft-Windows-AppLocker/EXE and DLL, and allow powershell.exe for this account.";
    private static final String SCANNER =
            "The antivirus stopped it. Look for the blocked program in its log ('Get-MpThreatDetection' for Windows Defender).";
    private static final String NOT_FOUND =
            "The server did not find the program or a file of it; see that powershell.exe is in the PATH of the account and that"
                    + " %SystemRoot%\\System32\\WindowsPowerShell\\v1.0 is whole.";
    private static final String NOT_ALLOWED =
            "The account may log on but not do this; see that it is an administrator there.";
    private static final String RPC =
            "A service that WinRM needs did not answer: the server is starting, stopping or overloaded. If it stays, look into the System"
                    + " event log, and run 'Restart-Service WinRM' on the server.";
    private static final String RESOURCES =
            "The server has used up a resource of the system (pool memory, handles, desktop heap). If it stays, look for a program that"
                    + " leaks ('Get-Process | Sort-Object HandleCount') and restart that, WinRM or the server.";
    private static final String SLOW =
            "The server is too slow for this request. Look at its load and its disks, and try again when it is less busy.";
    private static final String DOWN = "The server is shutting down or restarting. Run the check again when it is up.";
    private static final String DISK =
            "A disk of the server is full, most often the system drive. Make room there, and run the check again.";
    private static final String PASSWORD =
            "Wrong user or password, or NTLM is switched off by policy. It is not tried again, to keep the account from being locked.";
    private static final String ACCOUNT =
            "The account itself is the reason (disabled, locked, expired, or not allowed now or from here): look at it with 'Get-ADUser"
                    + " NAME -Properties *' or 'net user NAME' on the server. It is not tried again, to keep it from being locked.";
    private static final String NETWORK_RIGHT =
            "The account may not log on from the network: see the rights 'Access this computer from the network' and 'Deny access to this"
                    + " computer from the network' on the server.";
    private static final String NO_CONTROLLER =
            "The server reached no domain controller to ask about the account. Run 'nltest /sc_query:DOMAIN' there, and check its DNS and"
                    + " its network; a local account works meanwhile.";
    private static final String TRUST =
            "The server's own account in the domain, or the trust between domains, is broken: 'Test-ComputerSecureChannel' on the server"
                    + " tells, with -Repair it mends it.";
    private static final String NO_CREDENTIALS =
            "The server found no credentials to go on with: the account has no identity for the scheme that was asked for, such as a local"
                    + " account with Kerberos, or its logon session has ended. Use authentication ntlm for local accounts, and the form"
                    + " user@REALM with Kerberos.";
    private static final String PRINCIPAL =
            "The server's service principal name is missing, or belongs to another account: 'setspn -Q HTTP/NAME' and 'setspn -X' on a"
                    + " domain controller tell. The name in the inventory must be the server's own.";
    private static final String CLOCKS =
            "The clocks of the server, this machine and the domain differ by more than five minutes: 'w32tm /query /status' on each, then"
                    + " 'w32tm /resync /rediscover'.";
    private static final String BINDING =
            "The logon was not bound to this TLS connection (CbtHardeningLevel), as where a proxy opens TLS in between. Connect directly.";
    private static final String CERTIFICATE =
            "A certificate that the server uses is expired or not trusted there: look at the listener's ('winrm enumerate"
                    + " winrm/config/listener').";
    private static final String PROFILE =
            "The profile of the account was being unloaded on the server, or cannot be loaded. Log the account off there ('quser', 'logoff"
                    + " ID'), or restart the server if it stays.";
    private static final String POWERSHELL_START =
            "powershell.exe started and gave up before the script: its own configuration or installation is damaged there. Run"
                    + " 'powershell.exe -NoProfile' on the server and read what it says.";

    private static final Map<Long, WindowsError> TABLE = table(Stream.of(
                    passing(
                            MEMORY,
                            8,
                            "ERROR_NOT_ENOUGH_MEMORY",
                            14,
                            "ERROR_OUTOFMEMORY",
                            1455,
                            "ERROR_COMMITMENT_LIMIT"),
                    passing(MEMORY, 0xc0000017L, "STATUS_NO_MEMORY", 0xc000012dL, "STATUS_COMMITMENT_LIMIT"),
                    passing(MEMORY, 1816, "ERROR_NOT_ENOUGH_QUOTA", 0xc0000044L, "STATUS_QUOTA_EXCEEDED"),
                    lasting(MEMORY, 1001, "ERROR_STACK_OVERFLOW", 0xc00000fdL, "STATUS_STACK_OVERFLOW"),
                    lasting(MEMORY, 1454, "ERROR_PAGEFILE_QUOTA", 0xc0000147L, "STATUS_PAGEFILE_QUOTA_EXCEEDED"),
                    lasting(NO_ROOM, 0xc0000142L, "STATUS_DLL_INIT_FAILED", 1114, "ERROR_DLL_INIT_FAILED"),
                    lasting(NO_ROOM, 0xc000026bL, "STATUS_DLL_INIT_FAILED_LOGOFF", 1158, "ERROR_NO_MORE_USER_HANDLES"),
                    passing(RESOURCES, 1450, "ERROR_NO_SYSTEM_RESOURCES", 0xc000009aL, "STATUS_INSUFFICIENT_RESOURCES"),
                    passing(RESOURCES, 1451, "ERROR_NONPAGED_SYSTEM_RESOURCES", 1452, "ERROR_PAGED_SYSTEM_RESOURCES"),
                    passing(
                            RPC,
                            1722,
                            "RPC_S_SERVER_UNAVAILABLE",
                            1723,
                            "RPC_S_SERVER_TOO_BUSY",
                            1726,
                            "RPC_S_CALL_FAILED"),
                    passing(
                            RPC,
                            1727,
                            "RPC_S_CALL_FAILED_DNE",
                            1818,
                            "RPC_S_CALL_CANCELLED",
                            1753,
                            "EPT_S_NOT_REGISTERED"),
                    passing(RPC, 0x8001010aL, "RPC_E_SERVERCALL_RETRYLATER", 0xc0020017L, "RPC_NT_SERVER_UNAVAILABLE"),
                    passing(RPC, 0x80010108L, "RPC_E_DISCONNECTED", 0xc002001bL, "RPC_NT_CALL_FAILED"),
                    passing(SLOW, 1460, "ERROR_TIMEOUT", 258, "WAIT_TIMEOUT", 121, "ERROR_SEM_TIMEOUT"),
                    passing(SLOW, 0xc00000b5L, "STATUS_IO_TIMEOUT", 1053, "ERROR_SERVICE_REQUEST_TIMEOUT"),
                    passing(SLOW, 170, "ERROR_BUSY", 1237, "ERROR_RETRY", 0x8001011fL, "RPC_E_TIMEOUT"),
                    lasting(DOWN, 1115, "ERROR_SHUTDOWN_IN_PROGRESS", 1717, "RPC_S_UNKNOWN_IF"),
                    passing(ENDED, 995, "ERROR_OPERATION_ABORTED", 1223, "ERROR_CANCELLED"),
                    lasting(ENDED, 0xc000013aL, "STATUS_CONTROL_C_EXIT", 0x40010004L, "DBG_TERMINATE_PROCESS"),
                    passing(PROFILE, 1018, "ERROR_KEY_DELETED"),
                    lasting(PROFILE, 1509, "ERROR_USER_PROFILE_LOAD"),
                    lasting(
                            CRASHED,
                            0xc0000005L,
                            "STATUS_ACCESS_VIOLATION",
                            0xc0000409L,
                            "STATUS_STACK_BUFFER_OVERRUN"),
                    lasting(
                            CRASHED,
                            0xc0000374L,
                            "STATUS_HEAP_CORRUPTION",
                            0xc000041dL,
                            "STATUS_FATAL_USER_CALLBACK_EXCEPTION"),
                    lasting(
                            CRASHED,
                            0xe0434352L,
                            "a .NET exception nobody caught",
                            0xe0434f4dL,
                            "a .NET exception nobody caught"),
                    lasting(
                            CRASHED,
                            0x80131506L,
                            "COR_E_EXECUTIONENGINE",
                            0x80131623L,
                            "COR_E_FAILFAST",
                            574,
                            "ERROR_UNHANDLED_EXCEPTION"),
                    lasting(
                            DAMAGED,
                            126,
                            "ERROR_MOD_NOT_FOUND",
                            127,
                            "ERROR_PROC_NOT_FOUND",
                            193,
                            "ERROR_BAD_EXE_FORMAT"),
                    lasting(DAMAGED, 0xc0000135L, "STATUS_DLL_NOT_FOUND", 0xc0000139L, "STATUS_ENTRYPOINT_NOT_FOUND"),
                    lasting(DAMAGED, 0xc000007bL, "STATUS_INVALID_IMAGE_FORMAT", 14001, "ERROR_SXS_CANT_GEN_ACTCTX"),
                    lasting(DAMAGED, 0x80131018L, "COR_E_ASSEMBLYEXPECTED"),
                    lasting(
                            POWERSHELL_START,
                            0xfffd0000L,
                            "a script that cannot be loaded",
                            0xffff0000L,
                            "a bad configuration"),
                    lasting(
                            FORBIDDEN,
                            1260,
                            "ERROR_ACCESS_DISABLED_BY_POLICY",
                            0xc0000361L,
                            "STATUS_ACCESS_DISABLED_BY_POLICY_DEFAULT"),
                    lasting(
                            FORBIDDEN,
                            4551,
                            "ERROR_SYSTEM_INTEGRITY_POLICY_VIOLATION",
                            0xc0000428L,
                            "STATUS_INVALID_IMAGE_HASH"),
                    lasting(
                            SCANNER,
                            225,
                            "ERROR_VIRUS_INFECTED",
                            226,
                            "ERROR_VIRUS_DELETED",
                            0xc0000906L,
                            "STATUS_VIRUS_INFECTED"),
                    lasting(
                            NOT_FOUND,
                            2,
                            "ERROR_FILE_NOT_FOUND",
                            3,
                            "ERROR_PATH_NOT_FOUND",
                            0xc0000034L,
                            "STATUS_OBJECT_NAME_NOT_FOUND"),
                    lasting(
                            NOT_ALLOWED,
                            5,
                            "ERROR_ACCESS_DENIED",
                            0xc0000022L,
                            "STATUS_ACCESS_DENIED",
                            1314,
                            "ERROR_PRIVILEGE_NOT_HELD"),
                    lasting(
                            DISK,
                            112,
                            "ERROR_DISK_FULL",
                            39,
                            "ERROR_HANDLE_DISK_FULL",
                            0xc000007fL,
                            "STATUS_DISK_FULL"),
                    lasting(
                            PASSWORD,
                            1326,
                            "ERROR_LOGON_FAILURE",
                            0xc000006dL,
                            "STATUS_LOGON_FAILURE",
                            0x8009030cL,
                            "SEC_E_LOGON_DENIED"),
                    lasting(PASSWORD, 0xc000006aL, "STATUS_WRONG_PASSWORD", 0xc0000064L, "STATUS_NO_SUCH_USER"),
                    lasting(
                            ACCOUNT,
                            1327,
                            "ERROR_ACCOUNT_RESTRICTION",
                            1328,
                            "ERROR_INVALID_LOGON_HOURS",
                            1329,
                            "ERROR_INVALID_WORKSTATION"),
                    lasting(
                            ACCOUNT,
                            1330,
                            "ERROR_PASSWORD_EXPIRED",
                            1331,
                            "ERROR_ACCOUNT_DISABLED",
                            1793,
                            "ERROR_ACCOUNT_EXPIRED"),
                    lasting(
                            ACCOUNT,
                            1907,
                            "ERROR_PASSWORD_MUST_CHANGE",
                            1909,
                            "ERROR_ACCOUNT_LOCKED_OUT",
                            1332,
                            "ERROR_NONE_MAPPED"),
                    lasting(ACCOUNT, 0xc0000234L, "STATUS_ACCOUNT_LOCKED_OUT", 0xc0000072L, "STATUS_ACCOUNT_DISABLED"),
                    lasting(ACCOUNT, 0xc0000071L, "STATUS_PASSWORD_EXPIRED", 0xc0000193L, "STATUS_ACCOUNT_EXPIRED"),
                    lasting(
                            ACCOUNT,
                            0xc000006eL,
                            "STATUS_ACCOUNT_RESTRICTION",
                            0xc0000224L,
                            "STATUS_PASSWORD_MUST_CHANGE"),
                    lasting(
                            NETWORK_RIGHT,
                            1385,
                            "ERROR_LOGON_TYPE_NOT_GRANTED",
                            0xc000015bL,
                            "STATUS_LOGON_TYPE_NOT_GRANTED"),
                    lasting(NO_CONTROLLER, 1311, "ERROR_NO_LOGON_SERVERS", 0xc000005eL, "STATUS_NO_LOGON_SERVERS"),
                    lasting(
                            NO_CONTROLLER,
                            1355,
                            "ERROR_NO_SUCH_DOMAIN",
                            0x80090311L,
                            "SEC_E_NO_AUTHENTICATING_AUTHORITY"),
                    lasting(TRUST, 1789, "ERROR_TRUSTED_RELATIONSHIP_FAILURE", 1786, "ERROR_NO_TRUST_LSA_SECRET"),
                    lasting(
                            TRUST,
                            1787,
                            "ERROR_NO_TRUST_SAM_ACCOUNT",
                            0xc000018dL,
                            "STATUS_TRUSTED_RELATIONSHIP_FAILURE"),
                    lasting(
                            NO_CREDENTIALS,
                            0x8009030eL,
                            "SEC_E_NO_CREDENTIALS",
                            0x8009030dL,
                            "SEC_E_UNKNOWN_CREDENTIALS"),
                    lasting(NO_CREDENTIALS, 1312, "ERROR_NO_SUCH_LOGON_SESSION", 0x80090304L, "SEC_E_INTERNAL_ERROR"),
                    lasting(PRINCIPAL, 0x80090322L, "SEC_E_WRONG_PRINCIPAL", 0x80090303L, "SEC_E_TARGET_UNKNOWN"),
                    lasting(PRINCIPAL, 1396, "ERROR_WRONG_TARGET_NAME", 1397, "ERROR_MUTUAL_AUTH_FAILED"),
                    lasting(
                            CLOCKS,
                            1398,
                            "ERROR_TIME_SKEW",
                            0x80090324L,
                            "SEC_E_TIME_SKEW",
                            0xc0000133L,
                            "STATUS_TIME_DIFFERENCE_AT_DC"),
                    lasting(BINDING, 0x80090346L, "SEC_E_BAD_BINDINGS"),
                    lasting(CERTIFICATE, 0x80090325L, "SEC_E_UNTRUSTED_ROOT", 0x80090328L, "SEC_E_CERT_EXPIRED"))
            .flatMap(List::stream));

    private static Map<Long, WindowsError> table(Stream<WindowsError> errors) {
        Map<Long, WindowsError> table = new HashMap<>();
        errors.forEach(error -> {
            if (table.put(error.code(), error) != null) {
                throw new IllegalStateException("twice: " + error);
            }
        });
        return Map.copyOf(table);
    }

    private static List<WindowsError> passing(String advice, Object... codesAndNames) {
        return errors(true, advice, codesAndNames);
    }

    private static List<WindowsError> lasting(String advice, Object... codesAndNames) {
        return errors(false, advice, codesAndNames);
    }

    private static List<WindowsError> errors(boolean passing, String advice, Object... codesAndNames) {
        return Stream.iterate(0, at -> at < codesAndNames.length, at -> at + 2)
                .map(at -> new WindowsError(
                        ((Number) codesAndNames[at]).longValue(), (String) codesAndNames[at + 1], passing, advice))
                .toList();
    }

    /** Every known error, in no order. */
    public static List<WindowsError> all() {
        return List.copyOf(TABLE.values());
    }

    /** @param code in any of its forms, also negative */
    public static Optional<WindowsError> of(long code) {
        long unsigned = code & UNSIGNED;
        WindowsError exact = TABLE.get(unsigned);
        if (exact != null) {
            return Optional.of(exact);
        }
        if ((unsigned & HIGH_HALF) == FROM_WIN32) {
            return Optional.ofNullable(TABLE.get(unsigned & ~HIGH_HALF));
        }
        return (unsigned & 0xf0000000L) == FROM_NT
                ? Optional.ofNullable(TABLE.get(unsigned & ~NT_BIT))
                : Optional.empty();
    }

    /** Such as {@code -1073741502, 0xC0000142 STATUS_DLL_INIT_FAILED}; a small number without a name stays alone. */
    public static String label(int exitCode) {
        boolean small = exitCode >= 0 && exitCode < 0x10000;
        String hex = small ? "" : " 0x" + HexFormat.of().withUpperCase().toHexDigits(exitCode);
        String name = of(exitCode)
                .filter(error -> !small || exitCode > 255)
                .map(error -> " " + error.name())
                .orElse("");
        String more = (hex + name).strip();
        return exitCode + (more.isEmpty() ? "" : ", " + more);
    }
}
