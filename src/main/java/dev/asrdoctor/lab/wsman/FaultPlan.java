package dev.asrdoctor.lab.wsman;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Every fault of one endpoint; where several strike at once all do, in this order, as far as they go together. */
public record FaultPlan(List<FaultRule> rules) {
    public static final FaultPlan NONE = new FaultPlan(List.of());

    public FaultPlan {
        rules = List.copyOf(rules);
    }

    public static FaultPlan of(When when, WireFault fault) {
        return NONE.with(when, fault);
    }

    public FaultPlan with(When when, WireFault fault) {
        List<FaultRule> more = new ArrayList<>(rules);
        more.add(new FaultRule(when, fault));
        return new FaultPlan(more);
    }

    List<WireFault> at(Moment moment) {
        if (rules.isEmpty()) {
            return List.of();
        }
        return rules.stream()
                .filter(rule -> strikes(rule, moment))
                .map(FaultRule::fault)
                .toList();
    }

    private static boolean strikes(FaultRule rule, Moment moment) {
        Operation operation = rule.operation();
        if (operation == null) {
            return moment.isRequest() && rule.when().includes(moment.requestNumber(), moment.sinceStart());
        }
        return operation == moment.operation() && rule.when().includes(moment.operationNumber(), moment.sinceStart());
    }

    /**
     * @param requestNumber among all requests
     * @param operationNumber among those of this operation
     */
    record Moment(Operation operation, long requestNumber, long operationNumber, Duration sinceStart) {
        boolean isRequest() {
            return operation != Operation.CONNECT && operation != Operation.LOGON;
        }
    }
}
