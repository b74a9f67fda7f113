package dev.asrdoctor.lab;

import static dev.asrdoctor.lab.ModelError.optional;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What ps-scripts/probe/certificates.ps1 answers. */
final class ModelCertificates {
    private static final List<String> MEMBERS = List.of(
            "AgentAuthenticationSpn",
            "DiscoveryAuthenticationSpn",
            "FailbackAgentAuthenticationSpn",
            "MarsAgentAuthenticationSpn",
            "SpnIdentity",
            "MarsSpnIdentity",
            "RcmAzureADSpn");
    private static final Pattern SUBJECT = Pattern.compile("(?i)^CN=(Agent|Discovery|FailbackAgent|Mars)SpnCert$");
    private static final Pattern FRIENDLY =
            Pattern.compile("(?i)(agentauthcert|discoveryauthcert|DR Appliance Config Manager Cert)$");
    private static final int DIGITS = 40;
    private static final int MOST = 50;
    private static final int LONGEST = 300;

    private final ModelScope scope;

    ModelCertificates(ModelScope scope) {
        this.scope = scope;
    }

    Map<String, @Nullable Object> certificates() {
        List<Map<String, Object>> named = named();
        boolean denied = scope.world.machine().part("certificates").isString();
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("named", named);
        data.put("store", denied ? List.of() : store(named));
        data.put("storeError", denied ? "CryptographicException" : null);
        return data;
    }

    private List<Map<String, Object>> named() {
        List<Map<String, Object>> named = new ArrayList<>();
        scope.request.at("/product/files").forEachEntry((name, place) -> {
            if (name.equals("appliance") || name.equals("processServer") || name.startsWith("component")) {
                ModelJson file = ModelJson.read(scope, scope.places.path(name, scope.roots()));
                String shown = StringUtils.substringAfterLast(place.path("path").asString(""), "\\");
                MEMBERS.forEach(member -> add(named, shown + " " + member, file.text(member, "CertificateThumbprint")));
            }
        });
        add(
                named,
                "registry AcsCertificateThumbprint",
                optional(() -> scope.places.text("registration", "AcsCertificateThumbprint"))
                        .orElse(null));
        add(
                named,
                "registry PrimaryCertThumbprint",
                optional(() -> scope.places.text("marsConfig", "PrimaryCertThumbprint"))
                        .orElse(null));
        return named;
    }

    private static void add(List<Map<String, Object>> named, String place, @Nullable String text) {
        String digits = text == null ? "" : text.replaceAll("[^0-9A-Fa-f]", "").toLowerCase(Locale.ROOT);
        if (digits.length() == DIGITS) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("place", place);
            one.put("thumbprint", digits);
            named.add(one);
        }
    }

    private List<Map<String, @Nullable Object>> store(List<Map<String, Object>> named) {
        List<Map<String, @Nullable Object>> store = new ArrayList<>();
        for (ObjectNode certificate : scope.world.machine().certificates()) {
            String thumbprint = certificate.path("thumbprint").asString("").toLowerCase(Locale.ROOT);
            String subject = certificate.path("subject").asString("");
            String friendly = certificate.path("friendlyName").asString("");
            boolean own = SUBJECT.matcher(subject).find()
                    || FRIENDLY.matcher(friendly).find()
                    || named.stream().anyMatch(one -> thumbprint.equals(one.get("thumbprint")));
            if (own && store.size() < MOST) {
                Map<String, @Nullable Object> one = new LinkedHashMap<>();
                one.put("thumbprint", thumbprint);
                one.put("subject", StringUtils.left(subject, LONGEST));
                one.put("friendlyName", StringUtils.left(friendly, LONGEST));
                one.put("notBefore", Machine.instant(certificate.path("notBefore")));
                one.put("notAfter", Machine.instant(certificate.path("notAfter")));
                one.put("privateKey", certificate.path("privateKey").asBoolean(true));
                store.add(one);
            }
        }
        return store;
    }
}
