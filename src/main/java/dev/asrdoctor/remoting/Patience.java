package dev.asrdoctor.remoting;

import dev.asrdoctor.remoting.RemotingFailure.ConnectionCut;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionRefused;
import dev.asrdoctor.remoting.RemotingFailure.HttpRefused;
import dev.asrdoctor.remoting.RemotingFailure.LogonNotKept;
import dev.asrdoctor.remoting.RemotingFailure.QuotaExceeded;
import dev.asrdoctor.remoting.RemotingFailure.RemoteFault;
import dev.asrdoctor.remoting.RemotingFailure.ServiceUnavailable;
import dev.asrdoctor.remoting.RemotingFailure.ShellGone;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Which failures are worth another try, and how long to wait before it. Only what cannot have begun on the server is tried
 * again, so that nothing happens there twice; a script that changes nothing may also be begun anew when its shell was lost.
 * Waits double and are spread by chance, so that clients turned away together do not come back together.
 *
 * @param busy a quota is used up, WinRM takes no requests now, or it fails for a passing reason before anything has begun
 * @param refused nobody listens; most often that stays so
 * @param lost the shell of a script that changes nothing has vanished, or failed for a passing reason
 * @param least what must be left of the time for a server after a wait, for the try to make sense
 */
public record Patience(Schedule busy, Schedule refused, Schedule lost, Duration least) {
    public static final Patience DEFAULT = new Patience(
            new Schedule(4, Duration.ofSeconds(2), Duration.ofSeconds(30)),
            new Schedule(2, Duration.ofSeconds(1), Duration.ofSeconds(2)),
            new Schedule(2, Duration.ofSeconds(2), Duration.ofSeconds(8)),
            Duration.ofSeconds(5));

    /** What is asked for: the more of it may have been done already, the less may be asked twice. */
    enum Asked {
        CONNECTION,
        SCRIPT_THAT_CHANGES,
        SCRIPT_THAT_READS
    }

    /** @param waits so many at most, the first about as long as {@code first}, none longer than {@code longest} */
    public record Schedule(int waits, Duration first, Duration longest) {

        /** Between half of the doubled time and the whole of it. */
        Optional<Duration> wait(int before, RandomGenerator random) {
            if (before >= waits) {
                return Optional.empty();
            }
            long doubled = first.toMillis() << Math.min(before, 20);
            long most = Math.min(longest.toMillis(), doubled);
            return Optional.of(Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1)));
        }
    }

    /** The schedule that this failure calls for; empty where another try could do harm, or would end in the same way. */
    Optional<Schedule> schedule(RemotingFailure failure, Asked asked) {
        boolean begun = failure.stage().compareTo(Stage.SCRIPT) >= 0;
        if (begun && asked != Asked.SCRIPT_THAT_READS) {
            return Optional.empty();
        }
        return switch (failure) {
            case QuotaExceeded quota -> Optional.of(busy);
            case ServiceUnavailable unavailable -> Optional.of(busy);
            case RemoteFault fault when DescribedFault.passing(fault.code()) -> Optional.of(begun ? lost : busy);
            case HttpRefused refused when HttpRefusals.tooMany(refused.status()) -> Optional.of(busy);
            case HttpRefused refused when HttpRefusals.passing(refused.status()) -> lost(refused.stage(), asked);
            case LogonNotKept dropped -> lost(dropped.stage(), asked);
            case ConnectionRefused closed -> Optional.of(refused);
            case ConnectionCut cut -> cut(cut, asked);
            case ShellGone gone when asked == Asked.SCRIPT_THAT_READS -> Optional.of(lost);
            default -> Optional.empty();
        };
    }

    /** A password that was on its way is never sent again without a verdict, since refusals lock accounts. */
    private Optional<Schedule> cut(ConnectionCut cut, Asked asked) {
        return switch (cut.stage()) {
            case TCP -> Optional.of(refused);
            case HTTP -> asked == Asked.CONNECTION && cut.answerBytes() == 0 ? Optional.of(refused) : Optional.empty();
            case SHELL, SCRIPT -> lost(cut.stage(), asked);
            case NAME, TLS, AUTHENTICATION, ANSWER -> Optional.empty();
        };
    }

    private Optional<Schedule> lost(Stage stage, Asked asked) {
        boolean inShell = stage == Stage.SHELL || stage == Stage.SCRIPT;
        return inShell && asked == Asked.SCRIPT_THAT_READS ? Optional.of(lost) : Optional.empty();
    }
}
