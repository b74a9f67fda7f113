package dev.asrdoctor.probe;

import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.Redaction;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.Session;
import java.util.random.RandomGenerator;

/** Runs a remedy on one server and brings its answer back. */
public final class RemedyScript {
    private final RandomGenerator random;
    private final Redaction redaction;

    public RemedyScript(RandomGenerator random) {
        this(random, new Redaction());
    }

    public RemedyScript(RandomGenerator random, Redaction redaction) {
        this.redaction = redaction;
        this.random = random;
    }

    /** The answer's JSON, known to be whole. */
    public String run(Request.Remedy request, Session session, Deadline deadline)
            throws RemotingException, AnswerException, InterruptedException {
        Nonce nonce = Nonce.random(random);
        Output output = session.run(request.sent(nonce), deadline);
        String answer = Answer.json(output, nonce);
        try {
            return FactsJson.withTexts(FactsJson.parse(answer), redaction::of).toString();
        } catch (IllegalArgumentException e) {
            // Whoever reads it says so.
            return redaction.of(answer);
        }
    }
}
