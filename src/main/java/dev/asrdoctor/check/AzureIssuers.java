package dev.asrdoctor.check;

import dev.asrdoctor.facts.ConnectionFacts;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who issues the certificates that stand in front of Azure (docs/facts.md, "URLs"). */
final class AzureIssuers {
    private static final List<String> ISSUERS = List.of("microsoft", "digicert", "baltimore", "globalsign");

    private static final Pattern ORGANISATION = Pattern.compile("(?:^|, )o=\"?([^=]*?)\"?(?:, [a-z]+=|$)");
    private static final Pattern OPENS_TLS = Pattern.compile("inspect|intercept|forefront|proxy|firewall");

    private AzureIssuers() {}

    /** Devices that open TLS like to be called after the maker of what they protect, so its name counts as organisation only. */
    static boolean know(ConnectionFacts.@Nullable Tls tls, Set<String> own) {
        String issuer = tls == null || tls.issuer() == null ? "" : tls.issuer().toLowerCase(Locale.ROOT);
        if (own.stream().anyMatch(name -> issuer.contains(name.toLowerCase(Locale.ROOT)))) {
            return true;
        }
        Matcher organisation = ORGANISATION.matcher(issuer);
        String name = organisation.find() ? organisation.group(1) : issuer;
        return !OPENS_TLS.matcher(issuer).find() && ISSUERS.stream().anyMatch(name::contains);
    }
}
