package dev.asrdoctor.remoting.gss;

import dev.asrdoctor.remoting.KerberosTrouble;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Kerberos did not work, and why. */
public final class KerberosException extends Exception {
    private static final Pattern CODE = Pattern.compile("\\((\\d{1,2})\\)");
    private static final int INTEGRITY = 31;
    private static final int CLIENT_EXPIRED = 1;
    private static final int DEEPEST = 12;

    private final KerberosTrouble trouble;
    private final boolean repeated;

    KerberosException(KerberosTrouble trouble, String detail, @Nullable Throwable cause) {
        this(trouble, detail, cause, false);
    }

    private KerberosException(KerberosTrouble trouble, String detail, @Nullable Throwable cause, boolean repeated) {
        super(detail, cause);
        this.trouble = trouble;
        this.repeated = repeated;
    }

    /**
     * Java keeps the error code to itself but for its message, so it is read from there: innermost first, "words (code)".
     *
     * @param integrity what an integrity error means here: the wrong password, or a ticket for another key
     */
    static KerberosException of(Throwable thrown, KerberosTrouble integrity) {
        KerberosTrouble found = KerberosTrouble.OTHER;
        String detail = "";
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth++ < DEEPEST; cause = cause.getCause()) {
            String said = String.valueOf(cause.getMessage());
            KerberosTrouble here = trouble(cause, said, integrity);
            if (here != KerberosTrouble.OTHER || detail.isEmpty()) {
                found = here;
                detail = said;
            }
        }
        return new KerberosException(found, detail.equals("null") ? thrown.toString() : detail, thrown);
    }

    /** @param code that the service answered with (RFC 4120 section 7.5.9) */
    static KerberosException ofService(int code) {
        KerberosTrouble known = code == INTEGRITY
                ? KerberosTrouble.WRONG_KEY
                : KerberosTrouble.ofCode(code).orElse(KerberosTrouble.OTHER);
        return new KerberosException(known, "the server answers with Kerberos error " + code, null);
    }

    private static KerberosTrouble trouble(Throwable cause, String said, KerberosTrouble integrity) {
        String lower = said.toLowerCase(Locale.ROOT);
        if (cause instanceof java.net.SocketTimeoutException
                || cause instanceof java.net.SocketException
                || cause instanceof java.io.EOFException
                || cause instanceof java.net.UnknownHostException
                || lower.contains("locate kdc")
                || lower.contains("icmp port unreachable")
                || lower.contains("receive timed out")) {
            return KerberosTrouble.KDC_UNREACHABLE;
        }
        if (lower.contains("locate kerberos realm")
                || lower.contains("locate default realm")
                || lower.contains("default realm")) {
            return KerberosTrouble.REALM_UNKNOWN;
        }
        Matcher code = CODE.matcher(said);
        while (code.find()) {
            int number = Integer.parseInt(code.group(1));
            if (number == INTEGRITY) {
                return integrity;
            }
            KerberosTrouble known = number == CLIENT_EXPIRED
                    ? KerberosTrouble.ACCOUNT_BLOCKED
                    : KerberosTrouble.ofCode(number).orElse(null);
            if (known != null) {
                return known;
            }
        }
        if (lower.contains("checksum failed") || lower.contains("integrity check")) {
            return integrity;
        }
        if (lower.contains("unable to obtain password from user")
                || lower.contains("unable to obtain principal name")
                || lower.contains("no valid credentials provided")
                || lower.contains("failed to find any kerberos")) {
            return KerberosTrouble.NO_TICKET;
        }
        return KerberosTrouble.OTHER;
    }

    /** The same, told again to one who had no part in it. */
    KerberosException again() {
        return new KerberosException(trouble, String.valueOf(getMessage()), this, true);
    }

    public KerberosTrouble trouble() {
        return trouble;
    }

    /** True where nothing was asked this time, because the answer is known. */
    public boolean repeated() {
        return repeated;
    }
}
