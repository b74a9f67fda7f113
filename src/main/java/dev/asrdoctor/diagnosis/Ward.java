package dev.asrdoctor.diagnosis;

import dev.asrdoctor.product.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** All servers of a run, and who belongs to whom. */
final class Ward {
    private final List<Patient> patients;
    private final Map<String, Patient> byName = new LinkedHashMap<>();
    private final Map<String, List<Patient>> sources = new HashMap<>();
    private final Map<String, List<Patient>> processServers = new HashMap<>();
    private final Map<String, List<Patient>> configurationServers = new HashMap<>();
    private final Map<String, List<Patient>> sharing = new HashMap<>();

    private final Map<Condition, Condition.Scan> scans = new HashMap<>();

    Ward(List<Patient> patients) {
        this.patients = List.copyOf(patients);
        for (Patient patient : patients) {
            byName.put(patient.name(), patient);
            patient.attributes()
                    .forEach((name, values) -> values.forEach(
                            value -> sharing.computeIfAbsent(name + "=" + value, key -> new ArrayList<>())
                                    .add(patient)));
        }
        List<Patient> candidates = patients.stream()
                .filter(patient -> patient.server().deployment().is(Trait.LEADS))
                .toList();
        for (Patient patient : patients) {
            String processServer = patient.server().role().processServer();
            if (processServer != null) {
                sources.computeIfAbsent(processServer, key -> new ArrayList<>()).add(patient);
            }
            for (String host : patient.attributes().getOrDefault(Attributes.CONFIGURATION_SERVER, Set.of())) {
                for (Patient candidate : candidates) {
                    if (candidate != patient && named(candidate, host)) {
                        configurationServers
                                .computeIfAbsent(patient.name(), key -> new ArrayList<>())
                                .add(candidate);
                        processServers
                                .computeIfAbsent(candidate.name(), key -> new ArrayList<>())
                                .add(patient);
                    }
                }
            }
        }
    }

    Condition.Scan scan(Condition condition) {
        return scans.computeIfAbsent(condition, asked -> Condition.Scan.of(asked, patients));
    }

    List<Patient> patients() {
        return patients;
    }

    List<Patient> sharing(String attribute, String value) {
        return sharing.getOrDefault(attribute + "=" + value, List.of());
    }

    List<Patient> sources(Patient patient) {
        return sources.getOrDefault(patient.name(), List.of());
    }

    /** Servers whose causes can show on this one, each with what this one is to them. */
    Map<Patient, Relation.Kind> leaders(Patient patient) {
        Map<Patient, Relation.Kind> leaders = new LinkedHashMap<>();
        related(patient, new Relation(Relation.Kind.PROCESS_SERVER, ""))
                .forEach(leader -> leaders.put(leader, Relation.Kind.SOURCES));
        configurationServers
                .getOrDefault(patient.name(), List.of())
                .forEach(leader -> leaders.putIfAbsent(leader, Relation.Kind.PROCESS_SERVERS));
        return leaders;
    }

    /** Where it asks for others, the server itself may be among them. */
    List<Patient> related(Patient patient, Relation relation) {
        return switch (relation.kind()) {
            case SELF -> List.of(patient);
            case PROCESS_SERVER -> {
                String name = patient.server().role().processServer();
                Patient other = name == null ? null : byName.get(name);
                yield other == null ? List.of() : List.of(other);
            }
            case CONFIGURATION_SERVER -> configurationServers.getOrDefault(patient.name(), List.of());
            case SOURCES -> sources(patient);
            case PROCESS_SERVERS -> processServers.getOrDefault(patient.name(), List.of());
            case OTHERS -> patients;
            case SAME -> {
                Set<String> values = patient.attributes().getOrDefault(relation.attribute(), Set.of());
                yield values.size() == 1
                        ? sharing(relation.attribute(), values.iterator().next())
                        : values.stream()
                                .flatMap(value -> sharing(relation.attribute(), value).stream())
                                .distinct()
                                .toList();
            }
        };
    }

    /** Whether a host that servers call is this one: by its inventory name, its address, or a name that begins with it. */
    private static boolean named(Patient candidate, String host) {
        String name = candidate.name().toLowerCase(Locale.ROOT);
        String bare = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        return host.equals(name)
                || host.equalsIgnoreCase(candidate.server().address())
                || host.startsWith(bare + ".")
                || host.equals(bare);
    }
}
