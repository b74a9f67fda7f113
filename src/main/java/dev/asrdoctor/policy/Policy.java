package dev.asrdoctor.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Thresholds and exceptions that an administrator may set; see inventory/policy.yaml.
 *
 * @param values what the file says, by setting; what it does not say keeps the setting's own default
 * @param disabledChecks ids of checks that are not judged
 */
public record Policy(Map<Setting<?>, Object> values, Set<String> disabledChecks, List<Waiver> waivers) {
    public static final Policy DEFAULT = new Policy(Map.of(), Set.of(), List.of());

    public Policy {
        values = values.entrySet().stream()
                .filter(value -> !value.getKey().otherwise().equals(value.getValue()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        disabledChecks = Set.copyOf(disabledChecks);
        waivers = List.copyOf(waivers);
    }

    public <T> T get(Setting<T> setting) {
        @SuppressWarnings("unchecked")
        T value = (T) values.get(setting);
        return value == null ? setting.otherwise() : value;
    }

    public <T> Policy with(Setting<T> setting, T value) {
        Map<Setting<?>, Object> changed = new HashMap<>(values);
        changed.put(setting, value);
        return new Policy(changed, disabledChecks, waivers);
    }

    public Policy with(List<Waiver> others) {
        return new Policy(values, disabledChecks, others);
    }
}
