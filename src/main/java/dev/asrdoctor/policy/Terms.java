package dev.asrdoctor.policy;

import java.util.List;

/**
 * All that a policy file may speak of, collected from those who heed it.
 *
 * @param settings what it may set
 * @param orders which of them make sense in one order alone
 * @param checks ids that it may disable and waive
 */
public record Terms(List<Setting<?>> settings, List<Order<?>> orders, List<String> checks) {
    public Terms {
        settings = List.copyOf(settings);
        orders = List.copyOf(orders);
        checks = List.copyOf(checks);
    }
}
