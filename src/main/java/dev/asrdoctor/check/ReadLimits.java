package dev.asrdoctor.check;

import dev.asrdoctor.policy.Setting;
import java.time.Duration;
import java.util.Set;

/** What decides how much is read, and how long a connection may take. */
public final class ReadLimits {
    public static final Setting<Duration> SAMPLE_WINDOW =
            Setting.time("health", "sampleWindow", Duration.ofSeconds(10), "counters are read twice, this far apart");
    public static final Setting<Boolean> TRANSFER_TEST = Setting.flag(
            "transport", "transferTest", true, "run the vendor's cxpsclient on source machines where it is installed");
    public static final Setting<Duration> CONNECT_SLOW =
            Setting.time("transport", "connectSlow", Duration.ofSeconds(1), "a connection that takes longer is slow");
    public static final Setting<Set<String>> MORE_URLS = Setting.names(
            "firewall",
            "urls",
            "further host names (or host:port) that Azure needs, such as the cache storage account");

    private ReadLimits() {}
}
