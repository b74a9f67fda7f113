package dev.asrdoctor.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an appliance's own files and settings say of it (docs/facts.md, "The replication appliance"): named members alone, since
 * the files hold the tenant's ids.
 *
 * @param autoUpdate the switch of auto-update in the registry, 0 is off; null where it is absent, which is on
 * @param autoUpdateFile what AutoUpdater.json says of it
 * @param installing whether Windows is in the middle of an installation
 * @param policies those of group policy that are there, of those that forbid what the appliance needs
 * @param policiesUnread keys of policies that could not be read
 */
public record ApplianceFacts(
        Configuration configuration,
        List<Component> components,
        @Nullable Long autoUpdate,
        @Nullable String autoUpdateFile,
        boolean installing,
        List<Program> programs,
        List<Policy> policies,
        List<String> policiesUnread) {

    /**
     * appliance.json.
     *
     * @param error null, or why it could not be read although it is there
     * @param registered what it says of it, in lower case
     * @param settings whether it has the settings of a registration
     */
    public record Configuration(
            boolean found,
            @Nullable String error,
            @Nullable String fabricType,
            @Nullable String registered,
            boolean settings,
            @Nullable String version) {

        /** Null where it could not be read. */
        public @Nullable Boolean tellsRegistered() {
            return (!found || error != null) ? null : (Boolean) ("true".equals(registered) && settings);
        }
    }

    /** A component's file; what it says is in lower case. */
    public record Component(
            String file,
            boolean found,
            @Nullable String error,
            @Nullable String configured,
            @Nullable String registered) {}

    /** As Windows lists it. */
    public record Program(String name, @Nullable String version) {}

    /** A value of a policy. */
    public record Policy(String name, String value) {}
}
