package dev.asrdoctor.remedy;

import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServicesFacts;
import java.util.Optional;

/**
 * Holds a remedy back from one service. Rails are asked in order and the first that objects is told; rails that look at
 * the whole fleet or at time take their place beside these. A rail whose facts could not be read objects as well.
 */
interface GuardRail {
    Optional<Objection> objection(ServiceFact service, ServicesFacts services, Patient patient);
}
