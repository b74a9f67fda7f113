package dev.asrdoctor.remoting;

import dev.asrdoctor.remoting.RemotingFailure.ConnectionCut;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionRefused;
import dev.asrdoctor.remoting.RemotingFailure.QuotaExceeded;
import dev.asrdoctor.remoting.RemotingFailure.ShellGone;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import java.time.Duration;
import java.util.Locale;

/** A wait before a server was asked again. */
public record Wait(Duration time, RemotingFailure why) {

    /** Such as {@code waited 12.0 s for a free shell}. */
    public String words() {
        return String.format(Locale.ROOT, "waited %.1f s %s", time.toMillis() / 1000.0, reason());
    }

    private String reason() {
        return switch (why) {
            case QuotaExceeded quota -> quota(quota.code());
            case ConnectionRefused refused -> "for WinRM to listen again";
            case ConnectionCut cut when cut.stage() == Stage.SCRIPT -> "after the connection was lost, and read anew";
            case ConnectionCut cut -> "for WinRM to accept connections";
            case ShellGone gone -> "after the shell had vanished, and read anew";
            default -> "for WinRM to take requests again";
        };
    }

    private static String quota(long code) {
        String name = DescribedFault.of(code).map(DescribedFault::name).orElse("");
        if (name.contains("SHELLUSERS") || name.contains("MAX_USERS")) {
            return "for another user's shells to end";
        }
        if (name.contains("SHELLS")) {
            return "for a free shell";
        }
        return name.equals("ERROR_WSMAN_QUOTA_USER") || name.equals("ERROR_WSMAN_QUOTA_SYSTEM")
                ? "because the server limits its load"
                : "for operations of this account to end";
    }
}
