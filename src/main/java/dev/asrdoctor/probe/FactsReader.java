package dev.asrdoctor.probe;

import dev.asrdoctor.facts.Cost;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.Redaction;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.Script;
import dev.asrdoctor.remoting.Session;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Reads everything from one server with one script. */
public final class FactsReader {
    public static final int EVENT_HOURS = 24;

    private final RandomGenerator random;
    private final InstantSource clock;
    private final Redaction redaction;

    public FactsReader(RandomGenerator random, InstantSource clock) {
        this(random, clock, new Redaction());
    }

    public FactsReader(RandomGenerator random, InstantSource clock, Redaction redaction) {
        this.redaction = redaction;
        this.random = random;
        this.clock = clock;
    }

    public Facts read(String server, Request.ReadFacts request, Session session, Deadline deadline)
            throws RemotingException, AnswerException, InterruptedException {
        Nonce nonce = Nonce.random(random);
        Script script = request.sent(nonce);
        Output output = session.read(script, deadline);
        Instant received = clock.instant();
        String answer = Answer.json(output, nonce);
        try {
            Facts facts = FactsJson.fromAnswer(answer, redaction::of, server, received, output.took());
            Cost cost = facts.cost();
            return cost == null ? facts : facts.with(cost.withBytes(script.length(), output.stdout().length));
        } catch (IllegalArgumentException e) {
            throw new AnswerException(new AnswerFailure.GarbledAnswer(String.valueOf(e.getMessage())));
        } catch (RuntimeException | StackOverflowError e) {
            throw new AnswerException(new AnswerFailure.OddAnswer(String.valueOf(e)));
        }
    }
}
