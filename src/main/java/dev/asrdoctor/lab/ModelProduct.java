package dev.asrdoctor.lab;

import static dev.asrdoctor.lab.ModelError.optional;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the registry and the configuration files tell of the product. */
final class ModelProduct {
    private final ModelScope scope;

    ModelProduct(ModelScope scope) {
        this.scope = scope;
    }

    Map<String, @Nullable Object> product() {
        String server = ModelScope.PRODUCTS + "9";
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("cxType", scope.registry.number(server, "CX_TYPE"));
        data.put("version", scope.registry.text(server, "Version"));
        data.put("serverRoot", scope.registry.text(server, "InstallDirectory"));
        data.put("csAddress", scope.registry.text(server, "CsIpAddress"));
        data.put("csPort", scope.registry.number(server, "CsPort"));
        data.put(
                "csMode",
                scope.registry.text("HKLM:\\SOFTWARE\\Microsoft\\Azure Site Recovery Process Server", "CS Mode"));
        data.put("agentRoot", scope.registry.text(ModelScope.PRODUCTS + "5", "InstallDirectory"));
        data.put("agentVersion", scope.registry.text(ModelScope.PRODUCTS + "5", "Version"));
        data.put(
                "marsRoot",
                scope.registry.text("HKLM:\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Setup", "InstallPath"));
        data.put(
                "marsVersion",
                scope.registry.text("HKLM:\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Setup", "Version"));
        String backup = "HKLM:\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Config";
        data.put(
                "marsScratch",
                optional(() -> scope.registry.text(backup + "\\InMageMT", "ScratchLocation"))
                        .or(() -> optional(() -> scope.registry.text(backup, "ScratchLocation")))
                        .orElse(null));
        data.put(
                "registered",
                scope.registry
                        .key("HKLM:\\SOFTWARE\\Microsoft\\Azure Site Recovery\\Registration")
                        .isPresent());
        scope.serverRoot = (String) data.get("serverRoot");
        Map<String, String> conf = scope.serverRoot == null
                ? Map.of()
                : scope.conf(scope.serverRoot + "\\etc\\amethyst.conf", Set.of("CX_TYPE", "PS_IP", "PS_CS_IP"), "");
        data.put("ownAddress", conf.get("PS_IP"));
        data.put("ownCsAddress", conf.get("PS_CS_IP"));
        scope.agentRoot = (String) data.get("agentRoot");
        scope.marsRoot = (String) data.get("marsRoot");
        scope.csAddress = (String) data.get("csAddress");
        scope.csPort = (Long) data.get("csPort");
        scope.ownAddress = (String) data.get("ownAddress");
        return data;
    }

    List<String> registered() {
        List<String> hosts = new ArrayList<>();
        for (String name : List.of(
                "SRSUri",
                "IdmgmtSVCEndpoint",
                "ProtectionServiceSVCEndpoint",
                "TelemetryServiceSVCEndpoint",
                "AADAuthority")) {
            String text = scope.registry.text("HKLM:\\SOFTWARE\\Microsoft\\Azure Site Recovery\\Registration", name);
            Matcher matcher = Pattern.compile("(?i)^https?://([A-Za-z0-9.-]+)").matcher(text == null ? "" : text);
            if (matcher.find() && !hosts.contains(matcher.group(1))) {
                hosts.add(matcher.group(1));
            }
        }
        return hosts;
    }
}
