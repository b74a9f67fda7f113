package dev.asrdoctor.facts;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one run read on one server. Each area stands alone: one that could not be read loses nothing else.
 *
 * @param server its name in the inventory
 * @param readAt when the answer arrived, by the controller's clock
 * @param took from sending the script to the end of its answer
 * @param clock null where the answer did not tell the server's clock
 * @param cost null where the answer did not tell it
 */
public record Facts(
        String server,
        Instant readAt,
        Duration took,
        @Nullable ClockReading clock,
        @Nullable Cost cost,
        Map<FactArea<?>, Area<?>> areas) {

    /** The version of the JSON form; a reader rejects a newer one. */
    public static final int VERSION = 1;

    public Facts {
        areas = areas instanceof PackedAreas packed ? packed : Map.copyOf(areas);
    }

    public Facts(String server, Instant readAt, Duration took, Area<HostFacts> host, Area<ServicesFacts> services) {
        this(server, readAt, took, null, null, Map.of(FactArea.HOST, host, FactArea.SERVICES, services));
    }

    /** What was read of an area; unreadable with the id {@code not-asked} when nobody asked for it. */
    @SuppressWarnings("unchecked")
    public <T> Area<T> get(FactArea<T> area) {
        Area<?> found = areas.get(area);
        return found == null ? Area.notAsked() : (Area<T>) found;
    }

    /** An area's data, null when it was not read. */
    public <T> @Nullable T read(FactArea<T> area) {
        return get(area) instanceof Area.Read<T>(T data) ? data : null;
    }

    public Area<HostFacts> host() {
        return get(FactArea.HOST);
    }

    public Area<ServicesFacts> services() {
        return get(FactArea.SERVICES);
    }

    public <T> Facts with(FactArea<T> area, Area<T> read) {
        Map<FactArea<?>, Area<?>> changed = new LinkedHashMap<>(areas);
        changed.put(area, read);
        return new Facts(server, readAt, took, clock, cost, changed);
    }

    /** The same in little memory, for those who keep many; each reading costs some tenths of a millisecond. */
    public Facts packed() {
        PackedAreas packed = areas instanceof PackedAreas already ? already : FactsJson.pack(this);
        return new Facts(server, readAt, took, clock, cost, packed.closed());
    }

    /** The same, for somebody who reads much of it. */
    public Facts opened() {
        return areas instanceof PackedAreas packed
                ? new Facts(server, readAt, took, clock, cost, packed.opened())
                : this;
    }

    public Facts with(@Nullable ClockReading reading) {
        return new Facts(server, readAt, took, reading, cost, areas);
    }

    public Facts with(Cost told) {
        return new Facts(server, readAt, took, clock, told, areas);
    }
}
