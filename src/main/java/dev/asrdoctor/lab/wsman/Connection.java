package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** One client's connection, from its first request to its end, on a thread of its own. */
final class Connection implements Authenticator.LogonLedger {
    private final EndpointSettings settings;
    private final Counters counters;
    private final ShellService service;
    private final Envelopes envelopes;
    private final HttpDate date;
    private final Authenticator authenticator;
    private final Socket socket;
    private final BooleanSupplier cut;
    private final Runnable restart;

    /**
     * @param cut whether the service has restarted meanwhile; what arrives in that instant is read all the same, and must
     *     not open a shell that nobody knows of
     * @param restart ends every shell and every connection, as a restart of the service does
     */
    Connection(
            EndpointSettings settings,
            Surroundings surroundings,
            Counters counters,
            ShellService service,
            Envelopes envelopes,
            HttpDate date,
            Socket socket,
            byte @Nullable [] channelBinding,
            BooleanSupplier cut,
            Runnable restart) {
        this.cut = cut;
        this.restart = restart;
        this.settings = settings;
        this.counters = counters;
        this.service = service;
        this.envelopes = envelopes;
        this.date = date;
        this.socket = socket;
        this.authenticator = new Authenticator(settings, surroundings, this, channelBinding);
    }

    /** An answer, and the faults that strike on its way out. */
    private record Reply(HttpAnswer answer, List<WireFault> faults) {}

    void serve() throws IOException, InterruptedException {
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        HttpReader reader = new HttpReader(in, out, settings.quotas().envelopeBytes() + 4096);
        while (true) {
            Reply reply;
            boolean keepAlive;
            try {
                HttpRequest request = reader.next();
                if (request == null || cut.getAsBoolean()) {
                    return;
                }
                keepAlive = request.keepAlive();
                reply = reply(request);
            } catch (HttpRefusal refusal) {
                reply = new Reply(refusal.answer(), counters.at(Operation.OTHER, counters.countRequest()));
                keepAlive = false;
            }
            HttpAnswer answer = keepAlive ? reply.answer() : reply.answer().closing();
            if (!send(answer, reply.faults(), in, out) || answer.close()) {
                return;
            }
        }
    }

    private Reply reply(HttpRequest request) throws InterruptedException {
        long number = counters.countRequest();
        String path = request.path();
        if (!path.equalsIgnoreCase("/wsman") && !path.equalsIgnoreCase("/wsman/")) {
            return new Reply(HttpAnswer.ofHttpSys(404, "Not Found"), counters.at(Operation.OTHER, number));
        }
        if (!request.method().equals("POST")) {
            return new Reply(HttpAnswer.methodNotAllowed(), counters.at(Operation.OTHER, number));
        }
        if (request.header("wsmanidentify") != null && request.header("authorization") == null) {
            return instead(counters.at(Operation.IDENTIFY, number), HttpAnswer.soap(200, envelopes.identity(false)));
        }
        return switch (authenticator.admit(request, schemes())) {
            case Admission.Answered answered -> instead(counters.at(Operation.NEGOTIATE, number), answered.answer());
            case Admission.Admitted admitted -> carryOut(admitted, number);
        };
    }

    private Reply carryOut(Admission.Admitted admitted, long number) throws InterruptedException {
        SoapRequest request = null;
        WsmanFault fault = null;
        try {
            request = SoapRequest.parse(admitted.payload(), settings.quotas());
        } catch (XMLStreamException e) {
            return instead(counters.at(Operation.OTHER, number), HttpAnswer.empty(400, true));
        } catch (FaultException e) {
            fault = e.fault();
        }
        Operation operation = request == null ? Operation.OTHER : request.operation();
        List<WireFault> faults = counters.at(operation, number);
        HttpAnswer other = other(faults);
        if (other != null || silent(faults)) {
            return new Reply(other == null ? HttpAnswer.empty(500, true) : other, faults);
        }
        for (WireFault each : faults) {
            if (each instanceof WireFault.Fault planned) {
                fault = WsmanFault.of(planned.code());
            }
        }
        int status = 200;
        byte[] envelope;
        try {
            if (fault != null || request == null) {
                throw new FaultException(fault == null ? WsmanFault.schema() : fault);
            }
            envelope = service.handle(request, caller(admitted), faults);
        } catch (FaultException e) {
            status = 500;
            boolean related = request != null && e.fault().form() == WsmanFault.Form.WSMAN_FAULT;
            envelope = envelopes.fault(e.fault(), machine(), related && request != null ? request.messageId() : null);
        }
        HttpAnswer answer = admitted.sealed()
                ? HttpAnswer.typed(status, authenticator.sealedType(), authenticator.seal(envelope))
                : HttpAnswer.soap(status, envelope);
        return new Reply(admitted.header() == null ? answer : answer.with(admitted.header()), faults);
    }

    private ShellService.Caller caller(Admission.Admitted admitted) {
        return new ShellService.Caller(admitted.owner(), socket.getInetAddress().getHostAddress());
    }

    private String machine() {
        return socket.getLocalAddress().getHostAddress();
    }

    private Set<Scheme> schemes() {
        if (authenticator.authenticated()) {
            return settings.logon().schemes();
        }
        for (FaultRule rule : settings.faults().rules()) {
            // Asked of every request before a logon, so there is nothing to count but time.
            if (rule.fault() instanceof WireFault.OfferedSchemes offered
                    && rule.when().includes(1, counters.elapsed())) {
                return offered.schemes();
            }
        }
        return settings.logon().schemes();
    }

    @Override
    public boolean allows() {
        return counters.at(Operation.LOGON, 0).stream().noneMatch(WireFault.LogonRefused.class::isInstance);
    }

    @Override
    public void refused() {
        counters.countLogonFailure();
    }

    private Reply instead(List<WireFault> faults, HttpAnswer usual) {
        HttpAnswer other = other(faults);
        return new Reply(other == null ? usual : other, faults);
    }

    private @Nullable HttpAnswer other(List<WireFault> faults) {
        for (WireFault fault : faults) {
            if (fault instanceof WireFault.HttpStatus planned) {
                return planned.status() == 401
                        ? HttpAnswer.unauthorized(settings.logon().schemes())
                        : HttpAnswer.empty(planned.status(), false);
            }
            if (fault instanceof WireFault.WebPage page) {
                return HttpAnswer.typed(
                        200, "text/html; charset=utf-8", page.html().getBytes(UTF_8));
            }
        }
        return null;
    }

    private static boolean silent(List<WireFault> faults) {
        return faults.stream().anyMatch(WireFault.Silence.class::isInstance);
    }

    /** @return false where the connection is not to be used any more */
    private boolean send(HttpAnswer answer, List<WireFault> faults, InputStream in, OutputStream out)
            throws IOException, InterruptedException {
        if (silent(faults)) {
            stayOpen(in);
            return false;
        }
        if (faults.stream().anyMatch(WireFault.ServiceRestarts.class::isInstance)) {
            restart.run();
            return false;
        }
        byte[] bytes = answer.encode(date.now());
        for (WireFault fault : faults) {
            if (fault instanceof WireFault.Delay delay) {
                Thread.sleep(delay.by());
            }
            if (fault instanceof WireFault.Cut cut && cut.afterBytes() < bytes.length) {
                out.write(bytes, 0, (int) cut.afterBytes());
                out.flush();
                return false;
            }
        }
        out.write(bytes);
        out.flush();
        return true;
    }

    /** Reads on without ever answering, until the client gives up. */
    static void stayOpen(InputStream in) throws IOException {
        byte[] ignored = new byte[1024];
        while (in.read(ignored) >= 0) {
            // Nobody is listening.
        }
    }
}
