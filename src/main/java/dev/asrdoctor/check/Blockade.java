package dev.asrdoctor.check;

import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.text.Words;
import java.util.List;
import java.util.Optional;

/**
 * The way from a service down to the one at the bottom that keeps it from running.
 *
 * @param chain names as the registry writes them, without the service itself; never empty
 * @param root the fact of the last one, nothing where it is not installed
 */
record Blockade(List<String> chain, Optional<ServiceFact> root) {

    String rootName() {
        return chain.getLast();
    }

    /** Windows itself may still start what is at the bottom. */
    boolean mayPass() {
        return root.isPresent() && !isDisabled();
    }

    String words() {
        if (root.isEmpty()) {
            return "which is not installed";
        }
        if (isDisabled()) {
            return "which is disabled";
        }
        return switch (root.get().state()) {
            case STOPPED, RUNNING -> "which does not run";
            case PAUSED -> "which is paused";
            case START_PENDING, CONTINUE_PENDING -> "which is still starting";
            case STOP_PENDING -> "which is stopping";
            case PAUSE_PENDING -> "which is pausing";
            case UNKNOWN -> "whose state could not be read";
        };
    }

    /** Advises only what can be done: what is gone, disabled or on its way is started neither by hand nor by a remedy. */
    String nextAction(String service, Policy policy) {
        if (root.isEmpty()) {
            return "Find out why " + rootName() + " is gone and repair what brings it; then start " + service + ".";
        }
        ServiceFact fact = root.get();
        if (isDisabled()) {
            return "Find out who disabled " + rootName()
                    + " (event 7040 in the System log) and set its start type back if" + " nobody meant to; then start "
                    + service + ".";
        }
        if (ServiceLimits.disabledOnPurpose(policy, fact)) {
            return "The policy names " + rootName() + " under services.disabledOnPurpose, so asrdoctor remediate leaves"
                    + " it alone: take it out there or start it by hand.";
        }
        if (fact.state() == ServiceState.UNKNOWN) {
            return ServiceFindings.query(rootName());
        }
        return fact.state().pending()
                ? "Check again in " + Words.duration(policy.get(ServiceLimits.PENDING_TOO_LONG))
                        + "; if it still is then, look at the log of " + rootName() + "."
                : "Start " + rootName() + " first; asrdoctor remediate does it in the right order.";
    }

    private boolean isDisabled() {
        return root.map(ServiceFact::startType)
                .filter(startType -> startType == StartType.DISABLED)
                .isPresent();
    }
}
