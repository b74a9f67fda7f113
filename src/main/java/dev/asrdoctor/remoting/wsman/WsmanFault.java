package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.DescribedFault;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.AccessDenied;
import dev.asrdoctor.remoting.RemotingFailure.QuotaExceeded;
import dev.asrdoctor.remoting.RemotingFailure.RemoteFault;
import dev.asrdoctor.remoting.RemotingFailure.ShellGone;
import dev.asrdoctor.remoting.RemotingFailure.Stage;

/**
 * A SOAP fault.
 *
 * @param code of the WSManFault or of the CIM error (both are Windows error numbers), 0 where there is neither
 * @param subcode local name such as {@code TimedOut}
 * @param message the most telling of its texts
 */
record WsmanFault(long code, String subcode, String message) {
    static final long OPERATION_TIMED_OUT = 2150858793L;
    static final long UNEXPECTED_SELECTORS = 2150858843L;

    /** Windows wraps its plain error numbers into this range (HRESULT_FROM_WIN32). */
    private static final long FROM_WIN32 = 0x80070000L;

    private static final long ACCESS_DENIED = 5;
    private static final long BROKEN_PIPE = 109;
    private static final long NO_DATA = 232;
    private static final long OPERATION_ABORTED = 995;
    private static final long KEY_DELETED = 1018;
    private static final long CANCELLED = 1223;

    /** Nothing to return yet; ask again. */
    boolean isTimeout() {
        return code == OPERATION_TIMED_OUT || (code == 0 && subcode.equals("TimedOut"));
    }

    /** The shell or the command it was about exists no more. */
    boolean isGone() {
        return code == UNEXPECTED_SELECTORS || win32(OPERATION_ABORTED) || win32(CANCELLED) || win32(KEY_DELETED);
    }

    /** A Send that came too late: the command had ended, or had closed its standard input. */
    boolean endsInput() {
        return code == UNEXPECTED_SELECTORS || win32(BROKEN_PIPE) || win32(NO_DATA);
    }

    private boolean win32(long error) {
        return code == error || code == FROM_WIN32 + error;
    }

    RemotingFailure failure(Stage stage) {
        if (win32(ACCESS_DENIED)) {
            return new AccessDenied(stage, message);
        }
        // What was not there yet cannot be gone.
        if (isGone() && stage != Stage.SHELL) {
            return new ShellGone(stage, code, message);
        }
        if (code == 0 && isTimeout()) {
            return new RemoteFault(stage, OPERATION_TIMED_OUT, message);
        }
        if (DescribedFault.of(code).map(DescribedFault::quota).orElse(subcode.equals("QuotaLimit"))) {
            return new QuotaExceeded(stage, code, message);
        }
        return new RemoteFault(stage, code, message.isEmpty() ? subcode : message);
    }
}
