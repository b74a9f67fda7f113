package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionCut;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionRefused;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A conversation whose host falls silent for ever after any number of bytes. */
class CutAnywhereTest {
    private static final int LOGON = 700;

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void saysThatTheConnectionWasCutAndLosesNoCompleteAnswer(Scheme scheme) throws Exception {
        cutsAnywhere(scheme, () -> CutAnywhereTest::says);
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void saysTheSameOfWhatARealHostSaid(Scheme scheme) throws Exception {
        cutsAnywhere(scheme, () -> new RecordedHost("winrs/winrs_standard.yml"));
    }

    private static FakeHost.Reply says(String action, String request) {
        return action.equals("Receive") ? Simulated.done(request, "hi\r\n", 0) : Simulated.reply(action, request);
    }

    private static void cutsAnywhere(Scheme scheme, Supplier<FakeHost.Soap> conversation) throws Exception {
        AtomicLong answerComplete = new AtomicLong();
        long total = wholeConversation(scheme, conversation.get(), answerComplete);

        // In the clear after every single byte; sealed after every one of the logon, then after every seventh.
        for (long bytes = 0; bytes < total; bytes += scheme == Scheme.BASIC || bytes < LOGON ? 1 : 7) {
            try (FakeHost host = new FakeHost(scheme, conversation.get()).cutAfter(bytes)) {
                RemotingFailure failure = null;
                try {
                    assertThat(new String(Client.run(host.endpoint()).stdout(), UTF_8))
                            .isEqualTo("hi\r\n");
                } catch (RemotingException e) {
                    failure = e.failure();
                }
                if (bytes < answerComplete.get()) {
                    assertThat(failure)
                            .as("after %s bytes", bytes)
                            .isInstanceOfAny(ConnectionCut.class, ConnectionRefused.class);
                } else {
                    assertThat(failure).as("after %s bytes", bytes).isNull();
                }
            }
        }
    }

    private static long wholeConversation(Scheme scheme, FakeHost.Soap conversation, AtomicLong answerComplete)
            throws Exception {
        FakeHost[] itself = new FakeHost[1];
        try (FakeHost host = new FakeHost(scheme, (action, envelope) -> {
            if (action.equals("Signal")) {
                answerComplete.set(itself[0].written.get());
            }
            return conversation.answer(action, envelope);
        })) {
            itself[0] = host;
            Client.run(host.endpoint());
            return host.written.get();
        }
    }
}
