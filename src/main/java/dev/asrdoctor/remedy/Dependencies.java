package dev.asrdoctor.remedy;

import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Walks over what services depend on; names are compared as Windows does, without regard to case. */
final class Dependencies {
    private Dependencies() {}

    /**
     * Everything that has to come up before it, itself excluded, as the registry writes the names. What lies below one
     * that runs does not matter: Windows starts it no more.
     */
    static List<String> allOf(ServiceFact service, ServicesFacts services) {
        Map<String, String> found = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(service.dependsOn());
        while (!open.isEmpty()) {
            String name = open.poll();
            if (!name.equalsIgnoreCase(service.name()) && found.putIfAbsent(key(name), name) == null) {
                services.named(name)
                        .filter(dependency -> dependency.state() != ServiceState.RUNNING)
                        .ifPresent(dependency -> open.addAll(dependency.dependsOn()));
            }
        }
        return List.copyOf(found.values());
    }

    /** What runs, or is about to, and depends on it, through others too: what a stop of it would take down. */
    static List<ServiceFact> runningAbove(ServiceFact service, ServicesFacts services) {
        Map<String, ServiceFact> found = new LinkedHashMap<>();
        Deque<ServiceFact> open = new ArrayDeque<>(List.of(service));
        while (!open.isEmpty()) {
            ServiceFact below = open.poll();
            for (ServiceFact other : services.services()) {
                boolean above = other.dependsOn().stream().anyMatch(name -> name.equalsIgnoreCase(below.name()));
                if (above
                        && other.state() != ServiceState.STOPPED
                        && !other.name().equalsIgnoreCase(service.name())
                        && found.putIfAbsent(key(other.name()), other) == null) {
                    open.add(other);
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** A way from a service at or below this one back to itself. */
    static Optional<List<String>> circleThrough(ServiceFact service, ServicesFacts services) {
        return circle(service, services, new ArrayList<>(), new LinkedHashMap<>());
    }

    private static Optional<List<String>> circle(
            ServiceFact service, ServicesFacts services, List<String> path, Map<String, Boolean> cleared) {
        for (int i = 0; i < path.size(); i++) {
            if (path.get(i).equalsIgnoreCase(service.name())) {
                List<String> circle = new ArrayList<>(path.subList(i, path.size()));
                circle.add(service.name());
                return Optional.of(circle);
            }
        }
        if (cleared.containsKey(key(service.name()))) {
            return Optional.empty();
        }
        path.add(service.name());
        for (String name : service.dependsOn()) {
            Optional<List<String>> found =
                    services.named(name).flatMap(dependency -> circle(dependency, services, path, cleared));
            if (found.isPresent()) {
                return found;
            }
        }
        path.removeLast();
        cleared.put(key(service.name()), true);
        return Optional.empty();
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
