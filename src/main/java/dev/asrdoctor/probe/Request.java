package dev.asrdoctor.probe;

import dev.asrdoctor.facts.AsrService;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a script is asked to do; it travels as the script's second line. */
public sealed interface Request {

    /** The whole script, ASCII, ready to be sent. */
    String script(Nonce nonce);

    /** Reads the host and the services of the product, and Service Control Manager events of the last hours. */
    record ReadFacts(int eventHours) implements Request {
        private static final String SERVICES = Stream.of(AsrService.values())
                .map(service -> "{\"name\":" + Ascii.quoted(service.serviceName()) + ",\"displayNames\":"
                        + Ascii.quoted(service.displayNames()) + "}")
                .collect(Collectors.joining(",", "[", "]"));

        @Override
        public String script(Nonce nonce) {
            return Request.script(
                    "{\"nonce\":\"" + nonce.text()
                            + "\",\"action\":\"probe\",\"areas\":[\"host\",\"services\"],\"services\":" + SERVICES
                            + ",\"eventHours\":" + eventHours + "}",
                    ScriptLibrary.probe());
        }
    }

    /**
     * Starts or resumes services.
     *
     * @param services short names in the order to start them
     * @param startWait how long each may take to run; whole seconds
     * @param settle how long all are watched afterwards; whole seconds
     * @param whatIf only tell what would be done
     */
    record StartServices(List<String> services, Duration startWait, Duration settle, boolean whatIf)
            implements Request {
        @Override
        public String script(Nonce nonce) {
            return Request.script(
                    "{\"nonce\":\"" + nonce.text()
                            + "\",\"action\":\"remedy\",\"remedy\":\"start-services\",\"services\":"
                            + Ascii.quoted(services) + ",\"waitSeconds\":" + startWait.toSeconds()
                            + ",\"settleSeconds\":"
                            + settle.toSeconds() + ",\"whatIf\":" + whatIf + "}",
                    ScriptLibrary.remedy());
        }
    }

    private static String script(String json, String body) {
        return "# asrdoctor script 1\n$AsrRequest = '" + json.replace("'", "''") + "'\n" + body + "\n";
    }
}
