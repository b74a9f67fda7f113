package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Recordings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Says what a real host said: for each action its recorded answers in order, the last one again if more are asked for. A
 * Send that the recording lacks is acknowledged as another recording does.
 */
final class RecordedHost implements FakeHost.Soap {
    private final Map<String, Deque<FakeHost.Reply>> replies = new HashMap<>();

    RecordedHost(String name) {
        load("winrs/winrs_send.yml", List.of("Send"));
        load(name, List.of());
    }

    private void load(String name, List<String> only) {
        Map<String, Deque<FakeHost.Reply>> found = new HashMap<>();
        Map<?, ?> recording = (Map<?, ?>)
                new Load(LoadSettings.builder().setCodePointLimit(10_000_000).build())
                        .loadFromString(Recordings.text(name));
        for (Object entry : (List<?>) recording.get("messages")) {
            Map<?, ?> message = (Map<?, ?>) entry;
            String action = FakeHost.actionOf((String) message.get("request"));
            int status = message.get("transport_error") instanceof Map<?, ?> error ? (Integer) error.get("code") : 200;
            found.computeIfAbsent(action, key -> new ArrayDeque<>())
                    .add(new FakeHost.Reply(status, (String) message.get("response")));
        }
        found.keySet().removeIf(action -> !only.isEmpty() && !only.contains(action));
        replies.putAll(found);
    }

    @Override
    public synchronized FakeHost.Reply answer(String action, String envelope) {
        Deque<FakeHost.Reply> recorded = replies.get(action);
        FakeHost.Reply reply = recorded.size() > 1 ? recorded.removeFirst() : recorded.getFirst();
        return new FakeHost.Reply(reply.status(), relate(reply.body(), envelope));
    }

    /** The recorded answer as one to this request. */
    static String relate(String response, String request) {
        return response.replaceAll("RelatesTo>[^<]*<", "RelatesTo>" + messageId(request) + "<");
    }

    static String messageId(String request) {
        String after = request.substring(request.indexOf("MessageID>") + "MessageID>".length());
        return after.substring(0, after.indexOf('<'));
    }

    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (String name : List.of(
                "standard", "stderr_rc", "send", "operation_timeout", "environment", "bad_cmd_id", "no_cmd_shell")) {
            names.add("winrs/winrs_" + name + ".yml");
        }
        return names;
    }
}
