package dev.asrdoctor.lab;

import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.lab.SimService.OnStart;
import dev.asrdoctor.lab.SimService.Transition;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Windows state of one simulated server, whatever engine answers for it. Everything is read and changed inside
 * {@link #locked}; time is the server's own, which may differ from the lab's.
 */
public final class World {
    /** A service that ended unexpectedly. */
    private static final Set<Integer> FAILURES = Set.of(7031, 7034);

    private static final long ERROR_ALREADY_RUNNING = 1056;
    private static final long ERROR_DISABLED = 1058;
    private static final long ERROR_NOT_INSTALLED = 1060;
    private static final long ERROR_NOT_ACTIVE = 1062;
    private static final long ERROR_DEPENDENCY_FAILED = 1068;

    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final Map<String, SimService> services = new LinkedHashMap<>();
    private final List<ServiceEvent> events = new ArrayList<>();
    private final List<StateFault> faults;
    private final List<ScriptChange> scriptChanges;
    private final Instant begun;
    private final String id = UUID.randomUUID().toString();
    private final AtomicBoolean leased = new AtomicBoolean();
    private volatile SimHost host;
    private volatile Machine machine;
    private volatile @Nullable SoftReference<ModelMemory> memory;
    private volatile Function<String, Optional<World>> peers = server -> Optional.empty();
    private volatile Set<String> silentPeers = Set.of();
    private long nextProcessId = 4000;
    private long scripts;

    /** A service's state changes when the n-th script begins, counted from 1. */
    record ScriptChange(long script, String service, List<Transition> transitions) {}

    World(
            SimHost host,
            Collection<SimService> services,
            List<ServiceEvent> events,
            List<StateFault> faults,
            List<ScriptChange> scriptChanges,
            Machine machine,
            InstantSource clock) {
        this.machine = machine;
        this.scriptChanges = List.copyOf(scriptChanges);
        this.begun = clock.instant();
        this.host = host;
        this.clock = clock;
        this.faults = List.copyOf(faults);
        this.events.addAll(events);
        services.forEach(service -> this.services.put(key(service.name), service));
    }

    /** Brings everything up to the present and works on it alone. */
    <T> T locked(Function<World, T> work) {
        lock.lock();
        try {
            advance(now());
            return work.apply(this);
        } finally {
            lock.unlock();
        }
    }

    /** The server's own clock. */
    Instant now() {
        return clock.instant().plus(host.clockOffset());
    }

    /** Tells this machine from all others, whatever they are called. */
    String id() {
        return id;
    }

    /** The machine's own mutex of remedies; false where another holds it. */
    boolean takeLease() {
        return leased.compareAndSet(false, true);
    }

    void giveLeaseBack() {
        leased.set(false);
    }

    /** Changes something beside the services, as a remedy does. */
    void change(ObjectNode part) {
        machine = machine.with(part);
    }

    void setClock(Duration offset) {
        host = host.with(offset);
    }

    SimHost host() {
        return host;
    }

    Machine machine() {
        return machine;
    }

    Collection<SimService> services() {
        return services.values();
    }

    /** Those that strike now. */
    List<StateFault> faults() {
        if (faults.isEmpty()) {
            return List.of();
        }
        Duration sinceBegin = Duration.between(begun, clock.instant());
        return faults.stream()
                .filter(fault -> fault.strikes(scripts, sinceBegin))
                .toList();
    }

    /** How many scripts have begun here. */
    long scriptsBegun() {
        return locked(world -> scripts);
    }

    /** Whatever was planned for this script happens now. */
    void scriptBegins() {
        lookAround();
        locked(world -> {
            scripts++;
            for (ScriptChange change : scriptChanges) {
                if (change.script() == scripts) {
                    find(change.service()).ifPresent(service -> happens(service, change.transitions()));
                }
            }
            return world;
        });
    }

    /** The first of these now, others as long after it as they were planned. */
    private void happens(SimService service, List<Transition> planned) {
        Duration late = Duration.between(planned.getFirst().at(), now());
        enter(service, planned.getFirst().later(late));
        planned.stream().skip(1).forEach(transition -> service.plan(transition.later(late)));
    }

    Optional<StateFault> fault(StateFault.Target target) {
        return faults.isEmpty()
                ? Optional.empty()
                : faults().stream().filter(fault -> fault.target() == target).findFirst();
    }

    /** Newest first. */
    List<ServiceEvent> events() {
        return events.stream().sorted((a, b) -> b.at().compareTo(a.at())).toList();
    }

    /** An endpoint of a service of this machine, or of another of the lab's, that does not run. */
    boolean silent(JsonNode endpoint) {
        JsonNode service = endpoint.path("service");
        if (!service.isString()) {
            return false;
        }
        return endpoint.has("server")
                ? silentPeers.contains(endpoint.path("server").asString() + "/" + service.asString())
                : find(service.asString()).map(one -> !one.listens()).orElse(true);
    }

    /** Whom of the lab's other servers this one meets. */
    void meets(Function<String, Optional<World>> others) {
        peers = others;
    }

    /** Outside of this world's lock, since two may look at each other. */
    private void lookAround() {
        Set<String> silent = new HashSet<>();
        for (JsonNode endpoint : machine.part("network").path("endpoints")) {
            String server = endpoint.path("server").asString("");
            String service = endpoint.path("service").asString("");
            if (!server.isEmpty()
                    && !service.isEmpty()
                    && peers.apply(server)
                            .map(peer -> peer.locked(w ->
                                    w.find(service).map(one -> !one.listens()).orElse(true)))
                            .orElse(false)) {
                silent.add(server + "/" + service);
            }
        }
        silentPeers = silent;
    }

    /** Tells two states of one world from each other, but for the time that passes. */
    record Fingerprint(Machine machine, SimHost host, Set<String> silent, int events, List<Object> services) {}

    /** Empty where a source of its Windows may fail: what it answers is then not only a matter of its state. */
    Optional<Fingerprint> fingerprint() {
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        List<Object> states = new ArrayList<>(services.size());
        services.values().forEach(service -> states.add(service.fingerprint()));
        return Optional.of(new Fingerprint(machine, host, silentPeers, events.size(), states));
    }

    @Nullable ModelMemory memory() {
        SoftReference<ModelMemory> kept = memory;
        return kept == null ? null : kept.get();
    }

    void remember(ModelMemory answered) {
        memory = new SoftReference<>(answered);
    }

    List<ServiceEvent> eventsAsLogged() {
        return events;
    }

    Optional<SimService> find(String name) {
        return Optional.ofNullable(services.get(key(name)));
    }

    /** What a test or a person sees of a service. */
    public ServiceState state(String service) {
        return locked(world -> world.find(service).map(found -> found.state).orElseThrow());
    }

    /** As the facts write it; {@code unknown} where it is none of those that Windows knows. */
    public String startType(String service) {
        return locked(world -> {
            String word = ModelServices.startType(world.find(service).orElseThrow());
            return word == null ? "unknown" : word;
        });
    }

    /** How often a service was started since the lab began: a start that was already running does not count. */
    public long starts(String service) {
        return locked(world -> world.startCounts.getOrDefault(key(service), 0L));
    }

    private final Map<String, Long> startCounts = new LinkedHashMap<>();

    private void advance(Instant now) {
        for (SimService service : services.values()) {
            while (!service.transitions.isEmpty()
                    && !service.transitions.getFirst().at().isAfter(now)) {
                enter(service, service.transitions.removeFirst());
            }
        }
    }

    private void enter(SimService service, Transition transition) {
        service.state = transition.state();
        service.exitCode = transition.exitCode();
        service.serviceExitCode = transition.serviceExitCode();
        if (transition.processId() != service.processId) {
            service.processId = transition.processId();
            service.processStartedAt = transition.processId() == 0 ? null : transition.at();
        }
        if (transition.eventId() != null) {
            events.add(new ServiceEvent(transition.eventId(), transition.at(), transition.eventParameters()));
            service.failures += FAILURES.contains(transition.eventId()) ? 1 : 0;
        }
    }

    /** Starts it as the Service Control Manager does, its dependencies first; 0, or the Win32 error. */
    long start(String name) {
        return start(name, new HashSet<>());
    }

    private long start(String name, Set<String> above) {
        SimService service = services.get(key(name));
        if (service == null) {
            return ERROR_NOT_INSTALLED;
        }
        if (service.state != ServiceState.STOPPED) {
            return ERROR_ALREADY_RUNNING;
        }
        if (service.start == 4) {
            return ERROR_DISABLED;
        }
        if (!above.add(key(name))) {
            return ERROR_DEPENDENCY_FAILED;
        }
        for (String dependency : service.dependsOn) {
            SimService below = services.get(key(dependency));
            if (below == null) {
                return ERROR_DEPENDENCY_FAILED;
            }
            if (below.state == ServiceState.STOPPED && start(dependency, above) != 0) {
                return ERROR_DEPENDENCY_FAILED;
            }
        }
        OnStart onStart = service.onStart;
        if (onStart.outcome() == SimService.Start.FAIL && onStart.win32Error() != 0) {
            return onStart.win32Error();
        }
        startCounts.merge(key(name), 1L, Long::sum);
        begin(service, onStart);
        startedAnew(service.name);
        return 0;
    }

    private void begin(SimService service, OnStart onStart) {
        Instant now = now();
        long processId = nextProcessId;
        nextProcessId += 4;
        service.transitions.clear();
        enter(service, new Transition(now, ServiceState.START_PENDING, 0, 0, processId, null, List.of()));
        Instant next = now.plusMillis(onStart.afterMillis());
        switch (onStart.outcome()) {
            case RUNNING -> service.plan(Transition.running(next, processId));
            case FAIL -> service.plan(Transition.stopped(next, onStart, service.displayName, 7023));
            case DIE -> dies(service, onStart, next, processId);
            case HANG -> {}
        }
    }

    /** As often as it is started again. */
    private void dies(SimService service, OnStart onStart, Instant firstRuns, long firstProcess) {
        Instant runs = firstRuns;
        long processId = firstProcess;
        for (int failure = service.failures + 1; ; failure++) {
            service.plan(Transition.running(runs, processId));
            Instant falls = runs.plusMillis(onStart.runsMillis());
            service.plan(service.falls(falls, failure, onStart.exitCode(), onStart.serviceExitCode()));
            Optional<Duration> again = service.startedAgainAfter(failure);
            if (again.isEmpty()) {
                return;
            }
            processId = nextProcessId;
            nextProcessId += 4;
            Instant starts = falls.plus(again.get());
            service.plan(new Transition(starts, ServiceState.START_PENDING, 0, 0, processId, null, List.of()));
            runs = starts.plusMillis(onStart.afterMillis());
        }
    }

    /** Stops it as the Service Control Manager does; 0, or the Win32 error. */
    long stop(String name) {
        SimService service = services.get(key(name));
        if (service == null) {
            return ERROR_NOT_INSTALLED;
        }
        if (service.state != ServiceState.RUNNING && service.state != ServiceState.PAUSED) {
            return ERROR_NOT_ACTIVE;
        }
        service.transitions.clear();
        service.state = ServiceState.STOP_PENDING;
        if (!service.stopHangs) {
            service.plan(new Transition(
                    now().plusMillis(service.onStart.afterMillis()), ServiceState.STOPPED, 0, 0, 0, null, List.of()));
        }
        return 0;
    }

    /** Services that depend on it, through others too, those that depend on others first. */
    List<SimService> dependants(String name) {
        Map<String, SimService> found = new LinkedHashMap<>();
        SimService.dependants(name, services.values(), found);
        return List.copyOf(found.values());
    }

    /** What a scenario says of the machine once a service has been started anew. */
    private void startedAnew(String name) {
        JsonNode change = machine.part("afterStart").path(name);
        if (change instanceof ObjectNode object) {
            change(object);
        }
    }

    /** Continues a paused service; 0, or the Win32 error. */
    long resume(String name) {
        SimService service = services.get(key(name));
        if (service == null) {
            return ERROR_NOT_INSTALLED;
        }
        if (service.state == ServiceState.PAUSED) {
            service.state = ServiceState.RUNNING;
        }
        return 0;
    }

    /** Takes over what another engine has made of this world. */
    void replaceServices(Collection<SimService> changed, List<ServiceEvent> logged) {
        for (SimService service : changed) {
            SimService before = services.put(key(service.name), service);
            boolean started =
                    before != null && before.state == ServiceState.STOPPED && service.state != ServiceState.STOPPED;
            boolean restarted = before != null && before.processId != 0 && service.processId > before.processId;
            if (started || restarted) {
                startCounts.merge(key(service.name), 1L, Long::sum);
            }
            nextProcessId = Math.max(nextProcessId, service.processId + 4);
        }
        events.addAll(logged);
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
