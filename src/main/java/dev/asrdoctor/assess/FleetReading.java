package dev.asrdoctor.assess;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.Controller;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.fleet.Visits;
import dev.asrdoctor.probe.FactsReader;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reads the servers of a fleet. */
public record FleetReading(Controller controller) {

    /** What every server of the fleet tells; when it is stopped, those that had not ended say so. */
    public List<Outcome<Facts>> facts(Fleet fleet, Choice choice) throws Exception {
        return Checked.facts(checked(fleet, choice, facts -> facts));
    }

    /**
     * What every server of the fleet tells, and what it is judged to be.
     *
     * @param completed adds to what was read
     */
    public List<Outcome<Checked>> checked(Fleet fleet, Choice choice, UnaryOperator<Facts> completed) throws Exception {
        FactsReader reader = new FactsReader(controller.random(), controller.clock(), controller.redaction());
        ProbePlan plan = new ProbePlan(
                choice.checks(),
                fleet.policy(),
                choice.profile(),
                fleet.limits().serverDeadline(),
                fleet.inventory().servers());
        return new Visits(controller)
                .visit(fleet, "checking", new CheckTask(reader, plan, fleet.policy(), choice.checks(), completed));
    }
}
