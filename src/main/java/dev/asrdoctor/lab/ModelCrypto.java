package dev.asrdoctor.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What ps-scripts/probe/crypto.ps1 reads. */
final class ModelCrypto {
    private static final String SCHANNEL =
            "HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\";

    private ModelCrypto() {}

    static Map<String, @Nullable Object> read(ModelRegistry registry) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        Long release = registry.number("HKLM:\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full", "Release");
        List<Map<String, @Nullable Object>> protocols = new ArrayList<>();
        for (String[] place : new String[][] {
            {"TLS 1.0", "Client"}, {"TLS 1.1", "Client"}, {"TLS 1.2", "Client"}, {"TLS 1.2", "Server"}
        }) {
            Map<String, @Nullable Object> protocol = new LinkedHashMap<>();
            String path = SCHANNEL + place[0] + "\\" + place[1];
            protocol.put("version", place[0]);
            protocol.put("side", place[1]);
            protocol.put("enabled", registry.number(path, "Enabled"));
            protocol.put("disabledByDefault", registry.number(path, "DisabledByDefault"));
            protocols.add(protocol);
        }
        data.put("protocols", protocols);
        data.put("dotNet", List.of(dotNet(registry, "64", ""), dotNet(registry, "32", "\\WOW6432Node")));
        data.put("release", release);
        return data;
    }

    private static Map<String, @Nullable Object> dotNet(ModelRegistry registry, String bits, String view) {
        String path = "HKLM:\\SOFTWARE" + view + "\\Microsoft\\.NETFramework\\v4.0.30319";
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        settings.put("bits", bits);
        settings.put("strongCrypto", registry.number(path, "SchUseStrongCrypto"));
        settings.put("systemDefaults", registry.number(path, "SystemDefaultTlsVersions"));
        return settings;
    }
}
