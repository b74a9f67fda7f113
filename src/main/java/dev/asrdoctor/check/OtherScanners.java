package dev.asrdoctor.check;

import java.util.List;
import java.util.Map;

/**
 * Virus scanners by a service of each (docs/facts.md, "Antivirus exclusions"). Not all of them have a driver in the band of
 * altitudes that is kept for virus scanners, so a driver's absence does not tell that none of them is there.
 */
public final class OtherScanners {
    static final Map<String, String> BY_SERVICE = Map.ofEntries(
            Map.entry("MsMpSvc", "System Center Endpoint Protection"),
            Map.entry("SepMasterService", "Symantec Endpoint Protection"),
            Map.entry("McShield", "McAfee or Trellix"),
            Map.entry("mfemms", "McAfee or Trellix"),
            Map.entry("mfeatp", "McAfee or Trellix"),
            Map.entry("ntrtscan", "Trend Micro Apex One or OfficeScan"),
            Map.entry("ds_agent", "Trend Micro Deep Security"),
            Map.entry("Amsp", "Trend Micro"),
            Map.entry("SAVService", "Sophos"),
            Map.entry("SntpService", "Sophos"),
            Map.entry("Sophos Endpoint Defense Service", "Sophos"),
            Map.entry("Sophos File Scanner Service", "Sophos"),
            Map.entry("AVP", "Kaspersky"),
            Map.entry("KAVFS", "Kaspersky Security for Windows Server"),
            Map.entry("ekrn", "ESET"),
            Map.entry("EPSecurityService", "Bitdefender"),
            Map.entry("EPProtectedService", "Bitdefender"),
            Map.entry("VSSERV", "Bitdefender"),
            Map.entry("CSFalconService", "CrowdStrike Falcon"),
            Map.entry("SentinelAgent", "SentinelOne"),
            Map.entry("CylanceSvc", "Cylance"),
            Map.entry("CbDefense", "Carbon Black"),
            Map.entry("CarbonBlack", "Carbon Black"),
            Map.entry("cyserver", "Cortex XDR"),
            Map.entry("CyveraService", "Cortex XDR"),
            Map.entry("WRSVC", "Webroot"),
            Map.entry("MBAMService", "Malwarebytes"),
            Map.entry("xagt", "Trellix or FireEye"),
            Map.entry("CiscoAMP", "Cisco Secure Endpoint"),
            Map.entry("ElasticEndpoint", "Elastic Defend"),
            Map.entry("FortiEDR Collector Service", "FortiEDR"),
            Map.entry("avast! Antivirus", "Avast"),
            Map.entry("AVG Antivirus", "AVG"),
            Map.entry("AVKService", "G DATA"),
            Map.entry("NanoServiceMain", "Panda or WatchGuard"));

    private OtherScanners() {}

    /** Short names of the services, sorted. */
    public static List<String> services() {
        return BY_SERVICE.keySet().stream().sorted().toList();
    }
}
