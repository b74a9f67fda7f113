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

    private Optional<HostFacts> host() {
        return facts.host() instanceof Area.Read<HostFacts> read ? Optional.of(read.data()) : Optional.empty();
    }

    /** For how long its process has run, which bounds how long it has been pending. */
    Optional<Duration> pendingFor() {
        return age(service.processStartedAt());
    }

    Optional<Duration> bootedFor() {
        return age(host().map(HostFacts::bootedAt).orElse(null));
    }

    /**
     * By the server's own clock alone: the controller's may tell another time. Unknown where the server did not tell it,
     * or where its clock was set back since.
     */
    private Optional<Duration> age(@Nullable Instant since) {
        return since == null
                ? Optional.empty()
                : host().map(host -> Duration.between(since, host.utcNow())).filter(age -> !age.isNegative());
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

    /** A stop that a person has sent, where nothing but that ended the service. */
    Optional<ServiceEvent> stop() {
        return Humans.stopped(service, services);
    }

    /** How long ago that was by the server's own clock. */
    Optional<Duration> since(Instant moment) {
        return age(moment);
    }

    List<ServiceEvent> eventsAbout(Set<Integer> ids) {
        return services.events().stream()
                .filter(event -> ids.contains(event.id()))
                .filter(event -> event.parameters().stream()
                        .limit(2)
                        .anyMatch(p -> p.equalsIgnoreCase(service.displayName()) || p.equalsIgnoreCase(service.name())))
                .toList();
    }

    /** What keeps it from running; nothing when all that it depends on runs. */
    Optional<Blockade> blockade() {
        List<String> chain = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        seen.add(key(service.name()));
        @Nullable ServiceFact at = service;
        while (at != null) {
            Optional<String> blocking = at.dependsOn().stream()
                    .filter(name -> !runs(name))
                    .findFirst()
                    .filter(name -> seen.add(key(name)));
            blocking.ifPresent(chain::add);
            at = blocking.flatMap(services::named).orElse(null);
        }
        return chain.isEmpty()
                ? Optional.empty()
                : Optional.of(new Blockade(List.copyOf(chain), services.named(chain.getLast())));
    }

    private boolean runs(String name) {
        return services.named(name)
                .filter(dependency -> dependency.state() == ServiceState.RUNNING)
                .isPresent();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
