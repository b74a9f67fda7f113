package dev.asrdoctor.remedy;

import dev.asrdoctor.facts.ApplianceFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.HostFacts;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.product.Trait;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * When nothing is started or restarted on an appliance: while it changes itself, and before it has registered (docs/facts.md,
 * "Versions of the appliance").
 */
final class ApplianceRails {
    private static final int MINUTES_A_DAY = 24 * 60;
    private static final int UPDATE_ENDS = 60;

    private ApplianceRails() {}

    static Optional<Objection> atRest(ServiceFact service, ServicesFacts services, Patient patient) {
        if (!patient.server().deployment().is(Trait.APPLIANCE)) {
            return Optional.empty();
        }
        ApplianceFacts appliance = patient.facts().read(FactArea.APPLIANCE);
        if (appliance == null || appliance.configuration().tellsRegistered() == null) {
            return Objection.of(
                    "appliance-unread",
                    "nobody knows whether this appliance has registered and whether something is being installed; let the"
                            + " account read its folder Config");
        }
        if (Boolean.FALSE.equals(appliance.configuration().tellsRegistered())) {
            return Objection.of("unregistered", "this appliance has not registered, which only a person can do");
        }
        if (appliance.installing()) {
            return Objection.of("installation", "something is being installed on this appliance");
        }
        return Long.valueOf(0).equals(appliance.autoUpdate()) ? Optional.empty() : updating(patient);
    }

    /** It updates itself at midnight by its own clock. */
    private static Optional<Objection> updating(Patient patient) {
        HostFacts host = patient.facts().read(FactArea.HOST);
        Long offset = host == null ? null : host.utcOffsetMinutes();
        if (host == null || offset == null) {
            return Objection.of(
                    "local-time-unread",
                    "nobody knows the server's local time, and at midnight the appliance updates itself");
        }
        long minutes = Math.floorMod(
                host.utcNow().atOffset(ZoneOffset.UTC).toLocalTime().toSecondOfDay() / 60 + offset, MINUTES_A_DAY);
        return minutes < UPDATE_ENDS
                ? Objection.of(
                        "auto-update", "from midnight to one o'clock by its own clock the appliance updates itself")
                : Optional.empty();
    }
}
