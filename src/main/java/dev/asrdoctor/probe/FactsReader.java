package dev.asrdoctor.probe;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.Session;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Reads everything from one server with one script. */
public final class FactsReader {
    private static final int EVENT_HOURS = 24;

    private final RandomGenerator random;
    private final InstantSource clock;

    public FactsReader(RandomGenerator random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    public Facts read(String server, Session session, Deadline deadline)
            throws RemotingException, AnswerException, InterruptedException {
        Nonce nonce = Nonce.random(random);
        Output output = session.run(new Request.ReadFacts(EVENT_HOURS).script(nonce), deadline);
        String json = Answer.json(output, nonce);
        try {
            return FactsJson.fromAnswer(json, server, clock.instant(), output.took());
        } catch (IllegalArgumentException e) {
            throw new AnswerException(new AnswerFailure.GarbledAnswer(String.valueOf(e.getMessage())));
        }
    }
}
