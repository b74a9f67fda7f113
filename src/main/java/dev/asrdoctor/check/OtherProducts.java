package dev.asrdoctor.check;

import java.util.List;
import java.util.Map;

/** Products that a process server should not share its machine with, by a service of each. */
public final class OtherProducts {
    static final Map<String, String> BY_SERVICE = Map.ofEntries(
            Map.entry("NTDS", "Active Directory Domain Services"),
            Map.entry("vmms", "Hyper-V"),
            Map.entry("DHCPServer", "DHCP Server"),
            Map.entry("DNS", "DNS Server"),
            Map.entry("WsusService", "WSUS"),
            Map.entry("MSSQLSERVER", "SQL Server"),
            Map.entry("MSExchangeIS", "Exchange Server"),
            Map.entry("SMS_EXECUTIVE", "Configuration Manager"),
            Map.entry("VeeamBackupSvc", "Veeam Backup"),
            Map.entry("ClusSvc", "Failover Clustering"),
            Map.entry("W3SVC", "IIS"));

    private OtherProducts() {}

    /** Short names of the services, sorted. */
    public static List<String> services() {
        return BY_SERVICE.keySet().stream().sorted().toList();
    }
}
