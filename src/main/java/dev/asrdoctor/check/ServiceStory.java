package dev.asrdoctor.check;

import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.HostFacts;
import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the facts tell about how one service came to be as it is. */
final class ServiceStory {
    private final Facts facts;
    private final ServicesFacts services;
    private final ServiceFact service;

    ServiceStory(Facts facts, ServicesFacts services, ServiceFact service) {
        this.facts = facts;
        this.services = services;
        this.service = service;
    }

    /** By the server's own clock where it told it, so that a wrong clock there does not spoil durations. */
    private Instant serverNow() {
        return host().map(HostFacts::utcNow).orElse(facts.readAt());
    }

    private Optional<HostFacts> host() {
        return facts.host() instanceof Area.Read<HostFacts> read ? Optional.of(read.data()) : Optional.empty();
    }

    /** For how long its process has run, which bounds how long it has been pending. */
    Optional<Duration> pendingFor() {
        return Optional.ofNullable(service.processStartedAt()).map(start -> Duration.between(start, serverNow()));
    }

    Optional<Duration> bootedFor() {
        return host().map(HostFacts::bootedAt).map(booted -> Duration.between(booted, serverNow()));
    }

    /** It was started and ended badly; without a start since the boot, or after an ordinary stop, it was not. */
    boolean endedWithError() {
        Long code = service.exitCode();
        return code != null && code != ExitCodes.STOPPED_ORDINARILY && code != ExitCodes.NEVER_STARTED;
    }

    /** Events that say that it ended unexpectedly, newest first. */
    List<ServiceEvent> crashes() {
        return eventsAbout(Set.of(7031, 7034));
    }

    List<ServiceEvent> eventsAbout(Set<Integer> ids) {
        return services.events().stream()
                .filter(event -> ids.contains(event.id()))
                .filter(event -> event.parameters().stream()
                        .limit(2)
                        .anyMatch(p -> p.equalsIgnoreCase(service.displayName()) || p.equalsIgnoreCase(service.name())))
                .toList();
    }

    /**
     * The way from this service to the service at the bottom that keeps it from running, without itself; empty when all
     * that it depends on runs. The last name may be of a service that is not installed.
     */
    List<String> blockedBy() {
        List<String> chain = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        seen.add(key(service.name()));
        @Nullable ServiceFact at = service;
        while (at != null) {
            ServiceFact blocking = null;
            String blockingName = null;
            for (String name : at.dependsOn()) {
                Optional<ServiceFact> dependency = services.named(name);
                if (dependency.isEmpty() || dependency.get().state() != ServiceState.RUNNING) {
                    blockingName = name;
                    blocking = dependency.orElse(null);
                    break;
                }
            }
            if (blockingName == null || !seen.add(key(blockingName))) {
                break;
            }
            chain.add(blockingName);
            at = blocking;
        }
        return chain;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
