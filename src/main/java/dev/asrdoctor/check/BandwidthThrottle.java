package dev.asrdoctor.check;

import dev.asrdoctor.facts.BandwidthFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.text.Commands;
import dev.asrdoctor.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** No setting of the MARS agent holds the upload back (article step 13; docs/facts.md, "Bandwidth and throttling"). */
final class BandwidthThrottle extends AreaCheck<BandwidthFacts> {
    private static final int DEFAULT_THREADS = 4;

    BandwidthThrottle() {
        super(
                FactArea.BANDWIDTH,
                new About(
                        "bandwidth.throttle",
                        "No setting throttles the upload",
                        13,
                        List.of(FactArea.BANDWIDTH),
                        Profile.FULL,
                        About.UPLOADING,
                        "The MARS agent can be told to use only so much bandwidth, at work hours and beyond. What was set for backups"
                                + " holds replication back too.",
                        "On the server: Get-OBMachineSetting shows the throttle, and this takes it away: `Set-OBMachineSetting -NoThrottle` Upload"
                                + " threads: UploadThreadsPerVM under HKLM\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Replication, 4 when"
                                + " not set, at most 32. A limit of Policy-based QoS is taken away in the group policy.",
                        List.of()));
    }

    @Override
    List<Finding> judge(BandwidthFacts bandwidth, Context context) {
        List<Finding> findings = new ArrayList<>();
        Map<String, String> throttle = bandwidth.throttle();
        if (throttle == null) {
            if (bandwidth.throttleError() == null) {
                return skipped("no MARS agent is installed");
            }
            findings.add(finding("throttle")
                    .evidence("errorId", bandwidth.throttleError())
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "the MARS agent's throttle could not be read",
                            "On the server, in an elevated Windows PowerShell: "
                                    + Commands.shown("Get-OBMachineSetting")));
        } else if (limits(throttle)) {
            List<String> told = throttle.entrySet().stream()
                    .map(member -> member.getKey() + "=" + member.getValue())
                    .toList();
            findings.add(finding("throttle")
                    .evidence("throttle", told)
                    .is(
                            Status.WARN,
                            Severity.MEDIUM,
                            "the MARS agent throttles its uploads: " + String.join(", ", told),
                            "If it is not wanted, on the server, in an elevated Windows PowerShell: "
                                    + Commands.shown("Set-OBMachineSetting -NoThrottle")));
        }
        if (bandwidth.uploadThreads() != null && bandwidth.uploadThreads() < DEFAULT_THREADS) {
            findings.add(finding("threads")
                    .evidence("uploadThreadsPerVm", bandwidth.uploadThreads())
                    .is(
                            Status.WARN,
                            Severity.LOW,
                            Words.count(bandwidth.uploadThreads(), "thread")
                                    + " for each machine may upload; the default is " + DEFAULT_THREADS,
                            about().fix()));
        }
        for (BandwidthFacts.QosPolicy policy : QosLimits.of(bandwidth.qos())) {
            findings.add(qos(policy));
        }
        return findings.isEmpty()
                ? pass(
                        finding("").evidence("uploadThreadsPerVm", bandwidth.uploadThreads()),
                        "no setting throttles the upload")
                : findings;
    }

    private Finding qos(BandwidthFacts.QosPolicy policy) {
        boolean named = QosLimits.namesEngine(policy);
        return finding("qos")
                .evidence("policy", policy.name())
                .evidence("application", policy.application())
                .evidence("kilobytesPerSecond", policy.kilobytesPerSecond())
                .is(
                        Status.WARN,
                        named ? Severity.MEDIUM : Severity.LOW,
                        "the group policy " + policy.name() + " limits "
                                + (named ? "the upload engine" : "whatever this server sends") + " to "
                                + policy.kilobytesPerSecond() + " KB/s",
                        "If it is not wanted, take the throttle rate out of it: group policy, Windows Settings, Policy-based QoS.");
    }

    /**
     * The help names no members, so what limits is a number above zero under a name with Bandwidth in it, unless a member
     * says that the throttle is off.
     */
    private static boolean limits(Map<String, String> throttle) {
        boolean off = throttle.entrySet().stream()
                .anyMatch(member -> member.getKey().toLowerCase(Locale.ROOT).contains("enabled")
                        && member.getValue().equalsIgnoreCase("False"));
        boolean on = throttle.entrySet().stream()
                .anyMatch(member -> member.getKey().toLowerCase(Locale.ROOT).contains("bandwidth")
                        && member.getValue().matches("0*[1-9]\\d*"));
        return on && !off;
    }
}
