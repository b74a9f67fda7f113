package dev.asrdoctor.lab;

import static dev.asrdoctor.lab.ModelError.optional;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.Strings;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the registry and the configuration files tell of the product. */
final class ModelProduct {
    private static final int MOST_ADDRESSES = 20;

    private final ModelScope scope;

    ModelProduct(ModelScope scope) {
        this.scope = scope;
    }

    Map<String, @Nullable Object> product() {
        ModelPlaces places = scope.places;
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("cxType", places.number("server", "CX_TYPE"));
        data.put("version", version());
        data.put("serverRoot", serverRoot());
        data.put("csAddress", places.text("server", "CsIpAddress"));
        data.put("csPort", places.number("server", "CsPort"));
        data.put("csMode", places.text("modern", "CS Mode"));
        data.put("agentRoot", places.text("agent", "InstallDirectory"));
        data.put("agentVersion", places.text("agent", "Version"));
        data.put("marsRoot", places.text("mars", "InstallPath"));
        data.put("marsVersion", places.text("mars", "Version"));
        data.put(
                "marsScratch",
                places.keys("marsConfig").stream()
                        .flatMap(key -> optional(() -> scope.registry.text(key, "ScratchLocation")).stream())
                        .findFirst()
                        .orElse(null));
        data.put("registered", places.key("registration").isPresent());
        scope.serverRoot = (String) data.get("serverRoot");
        scope.agentRoot = (String) data.get("agentRoot");
        scope.marsRoot = (String) data.get("marsRoot");
        String file = places.path("serverConfiguration", scope.roots());
        Map<String, String> conf =
                file == null ? Map.of() : scope.conf(file, Set.of("CX_TYPE", "PS_IP", "PS_CS_IP"), "");
        data.put("ownAddress", conf.get("PS_IP"));
        data.put("ownCsAddress", conf.get("PS_CS_IP"));
        data.put("applianceType", places.text("appliance", "Type"));
        data.put("azureCloud", places.text("appliance", "AzureCloud"));
        data.put("cacheRoot", cacheRoot());
        scope.joinedTo = joinedTo();
        data.put("joinedTo", scope.joinedTo);
        scope.csAddress = (String) data.get("csAddress");
        scope.csPort = (Long) data.get("csPort");
        scope.ownAddress = (String) data.get("ownAddress");
        scope.cacheRoot = (String) data.get("cacheRoot");
        return data;
    }

    private @Nullable String version() {
        return scope.places.root("serverRoot") != null
                        && scope.places.key("modern").isPresent()
                ? scope.places.text("modern", "Build_Version")
                : scope.places.text("server", "Version");
    }

    private @Nullable String serverRoot() {
        String root = scope.places.text("server", "InstallDirectory");
        String usual = scope.places.root("serverRoot");
        if (usual == null || scope.places.key("modern").isEmpty()) {
            return root;
        }
        String place = scope.places.text("modern", "Install Location");
        if (place == null || place.isBlank()) {
            return usual;
        }
        String folder = StringUtils.stripEnd(place, "\\");
        String below = "\\" + scope.request.at("/product/files/server/path").asString("");
        return Strings.CI.endsWith(folder, below) ? folder : folder + below;
    }

    private @Nullable String cacheRoot() {
        String path = scope.places.path("appliance", scope.roots());
        if (path == null) {
            return null;
        }
        String named = ModelJson.read(scope, path).text("CacheDirectory");
        return named == null || named.isBlank() ? scope.places.text("modern", "Request Default Folder Path") : named;
    }

    private @Nullable List<String> joinedTo() {
        ModelJson file = ModelJson.read(scope, scope.places.path("joined", scope.roots()));
        if (!file.found()) {
            return null;
        }
        List<String> addresses = new ArrayList<>();
        for (String name : List.of("IpAddresses", "NatIpAddress")) {
            JsonNode named = file.member("RcmProxyTransportSettings", name);
            for (JsonNode address : named.isArray() ? named : List.of(named)) {
                if (address.isString()
                        && address.asString().matches("[A-Za-z0-9.:_-]{1,253}")
                        && addresses.size() < MOST_ADDRESSES
                        && !addresses.contains(address.asString())) {
                    addresses.add(address.asString());
                }
            }
        }
        return addresses;
    }

    List<String> registered() {
        List<String> hosts = new ArrayList<>();
        for (String name : List.of(
                "SRSUri",
                "IdmgmtSVCEndpoint",
                "ProtectionServiceSVCEndpoint",
                "TelemetryServiceSVCEndpoint",
                "AADAuthority")) {
            String text = scope.places.text("registration", name);
            Matcher matcher = Pattern.compile("(?i)^https?://([A-Za-z0-9.-]+)").matcher(text == null ? "" : text);
            if (matcher.find() && !hosts.contains(matcher.group(1))) {
                hosts.add(matcher.group(1));
            }
        }
        return hosts;
    }
}
