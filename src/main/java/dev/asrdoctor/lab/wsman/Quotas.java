package dev.asrdoctor.lab.wsman;

import java.time.Duration;

/**
 * Limits of the service, by the names of {@code winrm/config} (MS-WSMV 2.2.4.42).
 *
 * @param shellsPerUser MaxShellsPerUser
 * @param idleTimeout IdleTimeOut where a shell asks for none
 * @param envelopeBytes MaxEnvelopeSizekb, in bytes
 * @param longestOperation MaxTimeoutms, which caps every OperationTimeout
 * @param cimForm an exhausted quota is told in the CIM form
 */
public record Quotas(
        int shellsPerUser, Duration idleTimeout, int envelopeBytes, Duration longestOperation, boolean cimForm) {

    /** Windows Server 2012 R2 to 2022. */
    public static final Quotas DEFAULT = new Quotas(30, Duration.ofHours(2), 500 * 1024, Duration.ofMinutes(1), false);

    public Quotas withShellsPerUser(int shells) {
        return new Quotas(shells, idleTimeout, envelopeBytes, longestOperation, cimForm);
    }
}
