/**
 * Simulated WinRM endpoints: HTTP, authentication, sealing, shells, quotas and faults on the wire, written from MS-WSMV,
 * MS-NLMP and DSP0226 to look like recorded Windows hosts. What a command answers comes from a {@link
 * dev.asrdoctor.lab.command.CommandRunner}.
 */
@NullMarked
package dev.asrdoctor.lab.wsman;

import org.jspecify.annotations.NullMarked;
