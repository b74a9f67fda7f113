package dev.asrdoctor.lab;

/** The versions of Windows Server that process servers run on. */
enum WindowsVersion {
    WINDOWS_2012_R2("2012r2", "Microsoft Windows Server 2012 R2 Standard", "6.3.9600", "4.0", false),
    WINDOWS_2016("2016", "Microsoft Windows Server 2016 Standard", "10.0.14393", "5.1.14393.206", true),
    WINDOWS_2019("2019", "Microsoft Windows Server 2019 Standard", "10.0.17763", "5.1.17763.1852", true),
    WINDOWS_2022("2022", "Microsoft Windows Server 2022 Standard", "10.0.20348", "5.1.20348.2227", true);

    private final String id;
    private final String caption;
    private final String version;
    private final String powerShell;
    private final boolean activityIds;

    WindowsVersion(String id, String caption, String version, String powerShell, boolean activityIds) {
        this.id = id;
        this.caption = caption;
        this.version = version;
        this.powerShell = powerShell;
        this.activityIds = activityIds;
    }

    String id() {
        return id;
    }

    String caption() {
        return caption;
    }

    String version() {
        return version;
    }

    String powerShell() {
        return powerShell;
    }

    boolean activityIds() {
        return activityIds;
    }
}
