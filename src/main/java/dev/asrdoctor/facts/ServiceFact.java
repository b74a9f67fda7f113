package dev.asrdoctor.facts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One installed Windows service.
 *
 * @param name the short (key) name as it is written on that server
 * @param startType null where the registry could not be read
 * @param exitCode Win32 exit code of the last stop; 1066: {@code serviceExitCode} tells; 1067: ended unexpectedly; 1077:
 *     never started since boot; null where it could not be read
 * @param processId 0 or null when there is no process
 * @param processStartedAt when that process started, null when there is none or it could not be read
 * @param dependsOn short names of the services that must run before it
 * @param account the logon account, null where it could not be read
 */
public record ServiceFact(
        String name,
        String displayName,
        ServiceState state,
        @Nullable StartType startType,
        @Nullable Long exitCode,
        @Nullable Long serviceExitCode,
        @Nullable Long processId,
        @Nullable Instant processStartedAt,
        List<String> dependsOn,
        @Nullable String imagePath,
        @Nullable String account) {}
