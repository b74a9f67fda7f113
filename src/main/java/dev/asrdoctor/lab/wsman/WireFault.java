package dev.asrdoctor.lab.wsman;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Something that goes wrong between a client and a simulated server. Plain data; {@link FaultPlan} says when. */
public sealed interface WireFault {

    /** The operation whose requests are counted where a plan names none; null: every request counts. */
    default @Nullable Operation naturalOperation() {
        return null;
    }

    /**
     * Nothing listens. Planned by time the port is closed; planned by number the connection is reset as soon as it is
     * accepted, since a refused connection could not be counted.
     */
    record RefuseConnection() implements WireFault {
        @Override
        public Operation naturalOperation() {
            return Operation.CONNECT;
        }
    }

    /** The connection stays open and no answer ever comes; on {@link Operation#CONNECT} before any TLS handshake. */
    record Silence() implements WireFault {}

    /** The request is carried out, and the connection closed after so many bytes of the HTTP answer. */
    record Cut(long afterBytes) implements WireFault {}

    /** The answer comes later by this. */
    record Delay(Duration by) implements WireFault {}

    /** This HTTP status with an empty body in place of an answer; the request is not carried out. */
    record HttpStatus(int status) implements WireFault {}

    /** Status 200 with a page for people, as from a web server or a portal; the request is not carried out. */
    record WebPage(String html) implements WireFault {
        public WebPage() {
            this("<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>It works!</h1></body></html>");
        }
    }

    /** A WSManFault with this code in place of an answer; the request is not carried out. */
    record Fault(long code) implements WireFault {}

    /** No more shells for this user, told as a WSManFault or in the CIM form of newer hosts. */
    record QuotaExhausted(boolean cimForm) implements WireFault {
        @Override
        public Operation naturalOperation() {
            return Operation.CREATE;
        }
    }

    /** The shell is gone just before the request is carried out. */
    record ShellVanishes() implements WireFault {
        @Override
        public Operation naturalOperation() {
            return Operation.RECEIVE;
        }
    }

    /** The service is restarted before the answer leaves: every shell is gone and every connection reset. */
    record ServiceRestarts() implements WireFault {
        @Override
        public Operation naturalOperation() {
            return Operation.RECEIVE;
        }
    }

    /** The account is locked: even the right password is refused. */
    record LogonRefused() implements WireFault {
        @Override
        public Operation naturalOperation() {
            return Operation.LOGON;
        }
    }

    /** Only these schemes are offered and accepted. */
    record OfferedSchemes(Set<Scheme> schemes) implements WireFault {
        public OfferedSchemes {
            schemes = Set.copyOf(schemes);
        }

        @Override
        public Operation naturalOperation() {
            return Operation.NEGOTIATE;
        }
    }

    /** A TLS endpoint shows this certificate. */
    record Certificate(CertificateProfile profile) implements WireFault {
        @Override
        public Operation naturalOperation() {
            return Operation.CONNECT;
        }
    }

    /** Faults in what a command wrote; they strike at Command requests. */
    sealed interface OutputFault extends WireFault {
        @Override
        default Operation naturalOperation() {
            return Operation.COMMAND;
        }
    }

    /** So many bytes of stdout are flipped and so many inserted, at places that follow from the seed. */
    record GarbledOutput(int flips, int inserts, long seed) implements OutputFault {}

    /** Only so many bytes of stdout arrive, and the command ends as if that were all. */
    record TruncatedOutput(int keepBytes) implements OutputFault {}

    /** So many bytes of other output come first. */
    record HugeOutput(long bytes) implements OutputFault {}

    /** Other text before and after the output, as from a profile script or a banner. */
    record SurroundedOutput(String before, String after) implements OutputFault {}

    /** Nothing but this text on stdout. */
    record ReplacedOutput(String text) implements OutputFault {}

    /** The command never ends and writes nothing. */
    record HangingCommand() implements OutputFault {}
}
