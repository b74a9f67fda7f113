package dev.asrdoctor.facts;

import java.util.List;

/**
 * The Windows services of the product, by short name and by the display names that versions and documents use
 * (docs/facts.md, "Services").
 */
public enum AsrService {
    PROCESS_SERVER("ProcessServer", "Process Server"),
    PROCESS_SERVER_MONITOR("ProcessServerMonitor", "Process Server Monitor"),
    CX_PROCESS_SERVER("cxprocessserver", "cxprocessserver"),
    PUSH_INSTALL("InMage PushInstall", "InMage PushInstall"),
    LOG_UPLOAD("LogUpload", "Log Upload Service"),
    APPLICATION_SERVICE("InMage Scout Application Service", "InMage Scout Application Service"),
    MARS_AGENT("obengine", "Microsoft Azure Recovery Services Agent"),
    VX_AGENT("svagents", "InMage Scout VX Agent - Sentinel/Outpost", "InMage Scout VX Agent – Sentinel/Outpost"),
    TMANSVC("tmansvc", "tmansvc"),
    WEB_PUBLISHING("W3SVC"),
    MYSQL("MySQL", "MySQL"),
    PROVIDER("dra", "Microsoft Azure Site Recovery Service");

    private final String serviceName;
    private final List<String> displayNames;

    AsrService(String serviceName, String... displayNames) {
        this.serviceName = serviceName;
        this.displayNames = List.of(displayNames);
    }

    public String serviceName() {
        return serviceName;
    }

    /** Display names that identify it on every display language; empty where Windows translates the name. */
    public List<String> displayNames() {
        return displayNames;
    }

    public boolean hasDisplayName(String displayName) {
        return displayNames.stream().anyMatch(displayName::equalsIgnoreCase);
    }
}
