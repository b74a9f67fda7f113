package dev.asrdoctor.remedy;

import dev.asrdoctor.inventory.Server;
import java.util.List;

/** What would be done on one server, in this order, and what is held back. */
public record ServerPlan(Server server, List<Step> steps, List<HeldBack> heldBack) {
    public List<String> services() {
        return steps.stream().map(Step::service).toList();
    }
}
