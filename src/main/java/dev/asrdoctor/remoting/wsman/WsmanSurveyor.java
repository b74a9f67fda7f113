package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.NameNotResolved;
import dev.asrdoctor.remoting.RemotingFailure.NotWinRm;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.Survey;
import dev.asrdoctor.remoting.Surveyor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Surveys a WinRM listener: name, TCP, TLS, HTTP by an unauthenticated Identify, and the schemes that a POST without an
 * account is offered.
 */
public final class WsmanSurveyor implements Surveyor {
    /** The ports of WinRM: HTTP and HTTPS. */
    public static final List<Integer> USUAL_PORTS = List.of(5985, 5986);

    private static final Duration OTHER_PORT = Duration.ofSeconds(3);
    /** What Windows tells of its version to somebody it does not know. */
    private static final String WITHHELD = "OS: 0.0.0 SP: 0.0 ";

    private static final byte[] NOTHING = new byte[0];
    private static final byte[] IDENTIFY = ("<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
                    + " xmlns:wsmid=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\">"
                    + "<s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>")
            .getBytes(UTF_8);

    private final WsmanSettings settings;
    private final Dialer dialer;
    private final List<Integer> usualPorts;

    /** @param usualPorts tried where the configured port does not answer */
    public WsmanSurveyor(WsmanSettings settings, List<Integer> usualPorts) {
        this.settings = settings;
        this.dialer = new Dialer(settings.connectTimeout());
        this.usualPorts = List.copyOf(usualPorts);
    }

    /** What is known so far. */
    private static final class Notes {
        private List<String> addresses = List.of();
        private List<Integer> otherPorts = List.of();
        private Survey.@Nullable Shown certificate;
        private Survey.@Nullable Greeting greeting;
        private @Nullable List<String> schemes;

        Survey survey(@Nullable RemotingFailure failure) {
            return new Survey(addresses, otherPorts, certificate, greeting, schemes, failure);
        }
    }

    @Override
    public Survey survey(Endpoint endpoint, Deadline deadline) throws InterruptedException {
        Notes notes = new Notes();
        try {
            notes.addresses = resolve(endpoint.host());
            look(endpoint, deadline, notes);
            return notes.survey(null);
        } catch (RemotingException e) {
            if (e.failure().stage() == Stage.TCP) {
                notes.otherPorts = otherPorts(endpoint);
            }
            return notes.survey(e.failure());
        }
    }

    private void look(Endpoint endpoint, Deadline deadline, Notes notes)
            throws RemotingException, InterruptedException {
        if (endpoint.tls()) {
            notes.certificate = CertificateView.of(endpoint, settings.connectTimeout());
        }
        HttpRequests requests = new HttpRequests(endpoint);
        HttpConnection connection = dialer.dial(endpoint, null, deadline);
        try {
            HttpAnswer answer = exchange(connection, requests.identify(IDENTIFY), endpoint, deadline);
            notes.greeting = greeting(answer);
            requireWinRm(answer, notes.greeting, endpoint);
            if (!connection.usable()) {
                connection.close();
                connection = dialer.dial(endpoint, null, deadline);
            }
            HttpAnswer refusal =
                    exchange(connection, requests.post(HttpRequests.SOAP_TYPE, null, NOTHING), endpoint, deadline);
            if (refusal.status() != 401) {
                RemotingFailure failure = Statuses.failure(refusal, Stage.HTTP, endpoint);
                throw new RemotingException(
                        notes.greeting.product() != null && failure instanceof NotWinRm other
                                ? other.ofWinRm()
                                : failure);
            }
            notes.schemes = AuthChallenge.parse(refusal.headers().all("WWW-Authenticate")).stream()
                    .map(AuthChallenge::scheme)
                    .map(Words::clean)
                    .distinct()
                    .toList();
        } finally {
            connection.close();
        }
    }

    private static List<String> resolve(String host) throws RemotingException, InterruptedException {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (UnknownHostException e) {
            Interruption.check();
            throw new RemotingException(new NameNotResolved(host), e);
        }
    }

    private HttpAnswer exchange(HttpConnection connection, byte[] request, Endpoint endpoint, Deadline deadline)
            throws RemotingException, InterruptedException {
        return Exchange.until(Stage.HTTP, settings.connectTimeout().plus(settings.answerMargin()), deadline)
                .run(connection, request, endpoint);
    }

    /** A hardened listener may want an account even for Identify, which is an answer of WinRM too. */
    private static void requireWinRm(HttpAnswer answer, Survey.Greeting greeting, Endpoint endpoint)
            throws RemotingException {
        if (answer.status() == 401 || (answer.status() == 200 && greeting.product() != null)) {
            return;
        }
        throw new RemotingException(
                answer.status() == 200
                        ? new NotWinRm(
                                Stage.HTTP,
                                200,
                                greeting.server(),
                                answer.contentType() == null ? null : Words.clean(answer.contentType()),
                                PageHeading.of(answer))
                        : Statuses.failure(answer, Stage.HTTP, endpoint));
    }

    private Survey.Greeting greeting(HttpAnswer answer) {
        return new Survey.Greeting(
                answer.status(),
                answer.server() == null ? null : Words.clean(answer.server()),
                answer.status() == 200 ? product(answer) : null,
                ahead(answer.headers().first("Date")));
    }

    private static @Nullable String product(HttpAnswer answer) {
        if (!answer.isSoap()) {
            return null;
        }
        String vendor = "";
        String version = "";
        boolean identified = false;
        StringBuilder text = new StringBuilder();
        try {
            XmlReader xml = new XmlReader(ByteBuffer.wrap(answer.body()));
            while (true) {
                switch (xml.next(text)) {
                    case START -> text.setLength(0);
                    case TEXT -> {}
                    case END -> {
                        switch (xml.localName()) {
                            case "IdentifyResponse" -> identified = true;
                            case "ProductVendor" -> vendor = Words.clean(text.toString());
                            case "ProductVersion" -> version = Words.clean(text.toString());
                            default -> {}
                        }
                        text.setLength(0);
                    }
                    case DONE -> {
                        return identified ? (vendor + " " + version.replace(WITHHELD, "")).strip() : null;
                    }
                }
            }
        } catch (MalformedEnvelopeException e) {
            return null;
        }
    }

    private @Nullable Duration ahead(@Nullable String date) {
        if (date == null) {
            return null;
        }
        try {
            Instant there = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            return Duration.between(settings.clock().instant().truncatedTo(ChronoUnit.SECONDS), there);
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private List<Integer> otherPorts(Endpoint endpoint) throws InterruptedException {
        List<Integer> open = usualPorts.stream()
                .filter(port -> port != endpoint.port() && accepts(endpoint.host(), port))
                .toList();
        Interruption.check();
        return open;
    }

    private static boolean accepts(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) OTHER_PORT.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
