package dev.asrdoctor.remoting.winrm4j;

import dev.asrdoctor.remoting.DescribedFault;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.AccessDenied;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionCut;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionRefused;
import dev.asrdoctor.remoting.RemotingFailure.MalformedAnswer;
import dev.asrdoctor.remoting.RemotingFailure.NoAnswer;
import dev.asrdoctor.remoting.RemotingFailure.QuotaExceeded;
import dev.asrdoctor.remoting.RemotingFailure.RemoteFault;
import dev.asrdoctor.remoting.RemotingFailure.SealingNotGranted;
import dev.asrdoctor.remoting.RemotingFailure.ServiceUnavailable;
import dev.asrdoctor.remoting.RemotingFailure.ShellGone;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.text.Texts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.soap.Detail;
import javax.xml.ws.soap.SOAPFaultException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What WinRM4j and CXF throw, a chain of causes whose words alone tell them apart, as failures of the port. */
final class Failures {
    /** Windows wraps its plain error numbers into this range (HRESULT_FROM_WIN32). */
    private static final long FROM_WIN32 = 0x80070000L;

    private static final long ACCESS_DENIED = 5;
    private static final Set<Long> GONE =
            Set.of(2150858843L, 995L, 1018L, 1223L, FROM_WIN32 + 995L, FROM_WIN32 + 1018L, FROM_WIN32 + 1223L);

    private static final Pattern STATUS = Pattern.compile("HTTP response '(\\d{3})");
    private static final int LONGEST = 200;

    private Failures() {}

    static boolean saysRefused(Throwable thrown) {
        return chain(thrown).anyMatch(says("ncompatible authentication schemes"));
    }

    /** An answer without a body is taken for one in clear text, too. */
    static boolean saysUnencrypted(Throwable thrown) {
        return chain(thrown).anyMatch(says("Unencrypted payload from server"));
    }

    static boolean timedOut(Throwable thrown) {
        return chain(thrown).anyMatch(SocketTimeoutException.class::isInstance);
    }

    /** @param waited the limit of a single answer */
    static RemotingFailure of(Throwable thrown, Stage stage, Duration waited, int port) {
        if (chain(thrown).anyMatch(says("Cannot encrypt WinRM message"))) {
            return new SealingNotGranted(Endpoint.Scheme.NTLM.words());
        }
        if (saysUnencrypted(thrown)) {
            return new ConnectionCut(stage, 0);
        }
        RemotingFailure fault = chain(thrown)
                .filter(SOAPFaultException.class::isInstance)
                .map(cause -> fault((SOAPFaultException) cause, stage))
                .findFirst()
                .orElse(null);
        if (fault != null) {
            return fault;
        }
        if (timedOut(thrown)) {
            return new NoAnswer(stage, waited);
        }
        if (chain(thrown).anyMatch(ConnectException.class::isInstance)) {
            return new ConnectionRefused(port);
        }
        String status = chain(thrown)
                .map(Failures::status)
                .filter(s -> !s.isEmpty())
                .findFirst()
                .orElse("");
        if (status.equals("503")) {
            return new ServiceUnavailable(stage);
        }
        if (!status.isEmpty()) {
            return new MalformedAnswer(stage, "HTTP " + status);
        }
        if (chain(thrown).anyMatch(IOException.class::isInstance)) {
            return new ConnectionCut(stage, 0);
        }
        return new MalformedAnswer(stage, clean(deepest(thrown)));
    }

    private static String status(Throwable cause) {
        Matcher matcher = STATUS.matcher(String.valueOf(cause.getMessage()));
        return matcher.find() ? matcher.group(1) : "";
    }

    private static RemotingFailure fault(SOAPFaultException fault, Stage stage) {
        String message = clean(fault);
        long code = code(fault.getFault() == null ? null : fault.getFault().getDetail());
        if (code == 0 && message.contains("Unexpected EOF")) {
            return new ConnectionCut(stage, 0);
        }
        if (code == ACCESS_DENIED || code == FROM_WIN32 + ACCESS_DENIED) {
            return new AccessDenied(stage, message);
        }
        if (GONE.contains(code)) {
            return new ShellGone(stage, code, message);
        }
        return DescribedFault.of(code).map(DescribedFault::quota).orElse(false)
                ? new QuotaExceeded(stage, code, message)
                : new RemoteFault(stage, code, message);
    }

    private static long code(@Nullable Detail detail) {
        if (detail == null) {
            return 0;
        }
        NodeList nodes = detail.getElementsByTagNameNS("*", "WSManFault");
        for (int i = 0; i < nodes.getLength(); i++) {
            String code = ((Element) nodes.item(i)).getAttribute("Code");
            if (code.matches("\\d{1,10}")) {
                return Long.parseLong(code);
            }
        }
        return 0;
    }

    private static Predicate<Throwable> says(String words) {
        return cause -> String.valueOf(cause.getMessage()).contains(words);
    }

    /** CXF throws causes that are caused by themselves. */
    private static Stream<Throwable> chain(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .distinct();
    }

    private static Throwable deepest(Throwable thrown) {
        return chain(thrown).reduce(thrown, (outer, inner) -> inner);
    }

    private static String clean(Throwable thrown) {
        String text = String.valueOf(thrown.getMessage())
                .replaceAll("[\\s\\p{Cntrl}\\p{Cf}]+", " ")
                .strip();
        return Texts.cut(text, LONGEST + 3);
    }
}
