package dev.asrdoctor.remoting;

import java.util.Optional;
import java.util.stream.Stream;

/** What Kerberos can object to, by the error codes of RFC 4120 section 7.5.9 and what comes before any of them. */
public enum KerberosTrouble {
    CLIENT_UNKNOWN(
            6,
            "the domain does not know the account",
            "Check the user in the inventory's credential and its realm: user@REALM, or 'kerberos' 'realm'. A local account of the"
                    + " server cannot use Kerberos; it needs authentication ntlm."),
    SERVICE_UNKNOWN(
            7,
            "the domain knows no such service",
            "Kerberos needs the name that the server's computer account has, not an IP address or an alias: set 'address' or 'kerberos'"
                    + " 'serviceHost' to its full DNS name. 'setspn -L SERVER' on a domain controller shows what is registered;"
                    + " 'kerberos' 'spn' chooses host, HTTP or WSMAN."),
    NO_COMMON_ENCRYPTION(
            14,
            "the domain and this machine have no encryption type in common",
            "Java refuses RC4 and DES: allow AES for the account ('This account supports Kerberos AES 128/256 bit encryption',"
                    + " msDS-SupportedEncryptionTypes) and change its password once afterwards, so that AES keys exist."),
    ACCOUNT_BLOCKED(
            18,
            "the account is disabled, locked or expired, or may not log on now",
            "Look at the account on a domain controller: 'Get-ADUser USER -Properties Enabled,LockedOut,AccountExpirationDate,LogonHours'."
                    + " It was asked once and is not asked again in this run."),
    PASSWORD_EXPIRED(
            23,
            "the account's password has expired",
            "Change the password and correct it where the inventory's credential takes it from; a service account is better served by a"
                    + " gMSA or by PasswordNeverExpires with a rotation of its own."),
    WRONG_PASSWORD(
            24,
            "the password is wrong",
            "Correct the password, or make the keytab anew after the last change of password, where the inventory's credential takes it"
                    + " from. It was tried once, and is not tried again in this run so as not to lock the account out."),
    TICKET_EXPIRED(
            32,
            "the ticket has expired",
            "Get a new one ('kinit', or log on again), or use a keytab or a password, which renew by themselves; if it is fresh, compare"
                    + " the clocks of this machine, the server and the domain controller."),
    CLOCK_SKEW(
            37,
            "the clocks differ by more than five minutes",
            "Set the clock that is wrong: 'w32tm /query /status' and 'w32tm /resync' on Windows, 'timedatectl' on Linux. Kerberos takes no"
                    + " part in it until this machine, the server and the domain controller agree to within five minutes."),
    WRONG_KEY(
            41,
            "the server cannot read the ticket: it was made for another account",
            "The service principal name belongs to an account other than the server's ('setspn -Q NAME' shows which, 'setspn -X'"
                    + " duplicates), DNS leads to another machine than the name says, or the computer's password was reset; if HTTP/ is taken"
                    + " by a web site, set 'kerberos' 'spn' to host or WSMAN."),
    GENERIC(
            60,
            "the domain controller gave a general error",
            "Look at the domain controller's System log (source Kerberos-Key-Distribution-Center) for this time."),
    POLICY(
            12,
            "a policy of the domain refuses the request",
            "The account may not log on from this machine or at this hour ('Log On To', logon hours, authentication policy silo, Protected"
                    + " Users)."),
    KDC_UNREACHABLE(
            0,
            "no domain controller answers",
            "Port 88 (TCP) of a domain controller must be reachable from this machine. Java finds it by DNS (_kerberos._tcp.REALM), by"
                    + " krb5.conf, or by 'kerberos' 'kdc' in the inventory."),
    REALM_UNKNOWN(
            0,
            "the account's realm is not known",
            "Write the account as user@REALM, set 'kerberos' 'realm' in the inventory, or set default_realm in krb5.conf."),
    NO_TICKET(
            0,
            "there is no usable ticket or key",
            "Ticket cache: run 'kinit' as the user that runs asrdoctor, and check with 'klist' (a file cache; Java cannot read KEYRING: or"
                    + " KCM: caches). On Windows the system keeps the key of its ticket to itself (AllowTgtSessionKey), so use a"
                    + " password or a keytab there. Keytab: 'klist -k FILE' must list the account, and its owner must be able to read it."),
    NO_PROOF(
            0,
            "the server let the logon in without proving who it is",
            "Kerberos proves both sides. An answer without the server's proof comes from a proxy or from something else that pretends to"
                    + " be the server; nothing was sent to it."),
    OTHER(
            0,
            "Kerberos failed",
            "Try 'kinit' and 'klist' on this machine, or Java's own trace: ASRDOCTOR_JAVA_OPTS=-Dsun.security.krb5.debug=true.");

    private final int code;
    private final String words;
    private final String advice;

    KerberosTrouble(int code, String words, String advice) {
        this.code = code;
        this.words = words;
        this.advice = advice;
    }

    /** By error code; empty for one that has no words of its own here. */
    public static Optional<KerberosTrouble> ofCode(int code) {
        return Stream.of(values())
                .filter(trouble -> trouble.code == code && code != 0)
                .findFirst();
    }

    /** 0 where there is none. */
    public int code() {
        return code;
    }

    /** For the middle of a sentence. */
    public String words() {
        return words;
    }

    public String advice() {
        return advice;
    }

    /** The domain has judged account and password: another scheme with the same password would only count against it. */
    public boolean judgesAccount() {
        return this == ACCOUNT_BLOCKED || this == PASSWORD_EXPIRED || this == WRONG_PASSWORD || this == POLICY;
    }
}
