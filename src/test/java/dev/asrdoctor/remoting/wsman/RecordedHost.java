package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Recordings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Says what a real host said: for each action its recorded answers in order, the last one again if more are asked for. A
 * Send that the recording lacks is acknowledged as another recording does.
 */
final class RecordedHost implements FakeHost.Soap {
    private static final Map<String, List<Recorded>> LOADED = new ConcurrentHashMap<>();

    private final Map<String, Deque<FakeHost.Reply>> replies = new HashMap<>();

    private record Recorded(String action, FakeHost.Reply reply) {}

    RecordedHost(String name) {
        for (Recorded recorded : LOADED.computeIfAbsent(name, RecordedHost::load)) {
            replies.computeIfAbsent(recorded.action(), action -> new ArrayDeque<>())
                    .add(recorded.reply());
        }
        for (Recorded recorded : LOADED.computeIfAbsent("winrs/winrs_send.yml", RecordedHost::load)) {
            if (recorded.action().equals("Send")) {
                replies.putIfAbsent("Send", new ArrayDeque<>(List.of(recorded.reply())));
            }
        }
    }

    private static List<Recorded> load(String name) {
        List<Recorded> found = new ArrayList<>();
        Map<?, ?> recording = (Map<?, ?>)
                new Load(LoadSettings.builder().setCodePointLimit(10_000_000).build())
                        .loadFromString(Recordings.text(name));
        for (Object entry : (List<?>) recording.get("messages")) {
            Map<?, ?> message = (Map<?, ?>) entry;
            int status = message.get("transport_error") instanceof Map<?, ?> error ? (Integer) error.get("code") : 200;
            found.add(
                    new Recorded(FakeHost.actionOf((String) message.get("request")), new FakeHost.Reply(status, (String)
                            message.get("response"))));
        }
        return found;
    }

    @Override
    public synchronized FakeHost.Reply answer(String action, String envelope) {
        Deque<FakeHost.Reply> recorded = replies.get(action);
        FakeHost.Reply reply = recorded.size() > 1 ? recorded.removeFirst() : recorded.getFirst();
        return new FakeHost.Reply(reply.status(), relate(reply.body(), envelope));
    }

    /** The recorded answer as one to this request. */
    static String relate(String response, String request) {
        int from = response.indexOf("RelatesTo>") + "RelatesTo>".length();
        return response.substring(0, from) + messageId(request) + response.substring(response.indexOf('<', from));
    }

    static String messageId(String request) {
        String after = request.substring(request.indexOf("MessageID>") + "MessageID>".length());
        return after.substring(0, after.indexOf('<'));
    }
}
