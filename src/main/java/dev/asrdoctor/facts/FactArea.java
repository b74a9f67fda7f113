package dev.asrdoctor.facts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An area of the facts: what one probe of ps-scripts/probe reads.
 *
 * @param id its name in JSON and in scripts
 */
public record FactArea<T>(String id, Class<T> type) {
    public static final FactArea<HostFacts> HOST = new FactArea<>("host", HostFacts.class);
    public static final FactArea<ServicesFacts> SERVICES = new FactArea<>("services", ServicesFacts.class);
    public static final FactArea<ProductFacts> PRODUCT = new FactArea<>("product", ProductFacts.class);
    public static final FactArea<SystemFacts> SYSTEM = new FactArea<>("system", SystemFacts.class);
    public static final FactArea<PerformanceFacts> PERFORMANCE = new FactArea<>("performance", PerformanceFacts.class);
    public static final FactArea<CacheFacts> CACHE = new FactArea<>("cache", CacheFacts.class);
    public static final FactArea<HeartbeatFacts> HEARTBEAT = new FactArea<>("heartbeat", HeartbeatFacts.class);
    public static final FactArea<TimeFacts> TIME = new FactArea<>("time", TimeFacts.class);
    public static final FactArea<AntivirusFacts> ANTIVIRUS = new FactArea<>("antivirus", AntivirusFacts.class);
    public static final FactArea<SourceFacts> SOURCE = new FactArea<>("source", SourceFacts.class);
    public static final FactArea<TransportFacts> TRANSPORT = new FactArea<>("transport", TransportFacts.class);
    public static final FactArea<UploadFacts> UPLOAD = new FactArea<>("upload", UploadFacts.class);
    public static final FactArea<EngineConnections> CONNECTIONS =
            new FactArea<>("connections", EngineConnections.class);
    public static final FactArea<MarsLogFacts> MARS_LOG = new FactArea<>("marslog", MarsLogFacts.class);
    public static final FactArea<FirewallFacts> FIREWALL = new FactArea<>("firewall", FirewallFacts.class);
    public static final FactArea<ProxyFacts> PROXY = new FactArea<>("proxy", ProxyFacts.class);
    public static final FactArea<BandwidthFacts> BANDWIDTH = new FactArea<>("bandwidth", BandwidthFacts.class);
    public static final FactArea<HistoryFacts> HISTORY = new FactArea<>("history", HistoryFacts.class);
    public static final FactArea<CryptoFacts> CRYPTO = new FactArea<>("crypto", CryptoFacts.class);
    public static final FactArea<ApplianceFacts> APPLIANCE = new FactArea<>("appliance", ApplianceFacts.class);
    public static final FactArea<CertificateFacts> CERTIFICATES =
            new FactArea<>("certificates", CertificateFacts.class);
    public static final FactArea<ServingFacts> SERVING = new FactArea<>("serving", ServingFacts.class);
    public static final FactArea<LicenceFacts> LICENCE = new FactArea<>("licence", LicenceFacts.class);

    private static final List<FactArea<?>> ALL = List.of(
            HOST,
            SERVICES,
            PRODUCT,
            SYSTEM,
            PERFORMANCE,
            CACHE,
            HEARTBEAT,
            TIME,
            HISTORY,
            ANTIVIRUS,
            SOURCE,
            TRANSPORT,
            UPLOAD,
            CONNECTIONS,
            MARS_LOG,
            FIREWALL,
            PROXY,
            CRYPTO,
            BANDWIDTH,
            APPLIANCE,
            CERTIFICATES,
            SERVING,
            LICENCE);
    private static final Map<String, FactArea<?>> BY_ID =
            ALL.stream().collect(Collectors.toUnmodifiableMap(FactArea::id, Function.identity()));

    /** In the order in which they are shown. */
    public static List<FactArea<?>> all() {
        return ALL;
    }

    public static Optional<FactArea<?>> byId(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }
}
