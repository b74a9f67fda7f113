package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.FirewallFacts;
import dev.asrdoctor.facts.FirewallFacts.FirewallProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The server's own firewall lets HTTPS out (article step 11; docs/facts.md, "Firewall"). */
final class FirewallRules extends AreaCheck<FirewallFacts> {
    private static final int HTTPS = 443;
    private static final long TCP = 6;
    private static final List<String> PROGRAMS =
            List.of("cbengine.exe", "cxps.exe", "svagents.exe", "draservice.exe", "tmansvc.exe", "processserver.exe");
    /** A rule for some addresses, one service, one packaged program or one local port is no wall before Azure. */
    private static final List<String> LIMITS = List.of("ra4", "ra42", "ra6", "ra62", "svc", "apppkgid", "lport");

    private static final Map<String, String> PROFILES = Map.of(
            "DomainProfile", "domain",
            "PrivateProfile", "private",
            "StandardProfile", "private",
            "PublicProfile", "public");

    FirewallRules() {
        super(
                FactArea.FIREWALL,
                new About(
                        "firewall.rules",
                        "Windows' own firewall lets HTTPS out",
                        11,
                        List.of(FactArea.FIREWALL),
                        Profile.FULL,
                        About.EVERYWHERE,
                        "Windows lets everything out unless somebody changed that. A rule that blocks 443, or a profile that blocks by"
                                + " default, stops replication as a firewall on the way does.",
                        "Show-NetFirewallRule or wf.msc on the server; when a group policy sets it, change it there. Allow TCP 443"
                                + " outbound for the product's programs.",
                        List.of()));
    }

    @Override
    List<Finding> judge(FirewallFacts firewall, Context context) {
        List<Finding> findings = new ArrayList<>();
        boolean azureAnswers = !firewall.urls().isEmpty()
                && firewall.urls().stream().allMatch(url -> Reach.word(url).equals("ok"));
        for (Map.Entry<String, String> profile : blocking(firewall).entrySet()) {
            findings.add(finding(profile.getKey())
                    .evidence("profile", profile.getKey())
                    .evidence("setBy", profile.getValue())
                    .evidence("outbound", "block")
                    .is(
                            Status.WARN,
                            azureAnswers ? Severity.LOW : Severity.HIGH,
                            "the firewall's " + profile.getKey() + " profile blocks what no rule allows"
                                    + (azureAnswers ? "; Azure answers all the same" : ""),
                            about().fix()));
        }
        List<String> rules =
                firewall.rules().stream().filter(FirewallRules::blocksHttps).toList();
        if (!rules.isEmpty()) {
            findings.add(finding("rules")
                    .evidence("rules", rules.stream().map(FirewallRules::name).toList())
                    .evidence("first", rules.getFirst())
                    .is(
                            Status.WARN,
                            azureAnswers ? Severity.LOW : Severity.HIGH,
                            (rules.size() == 1 ? "a rule" : rules.size() + " rules")
                                    + (rules.size() == 1 ? " of the firewall blocks" : " of the firewall block")
                                    + " outbound HTTPS: "
                                    + name(rules.getFirst()),
                            about().fix()));
        }
        List<String> unread = firewall.unread() == null ? List.of() : firewall.unread();
        if (!unread.isEmpty()) {
            findings.add(finding("unread")
                    .evidence("unread", unread)
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "some of the firewall's settings could not be read, which may hold a rule that blocks HTTPS",
                            "On the server, as an administrator: Get-NetFirewallRule -Direction Outbound -Action Block"
                                    + " -Enabled True. Keys and errors are under 'unread'."));
        }
        return findings.isEmpty()
                ? pass(
                        finding("").evidence("blockingRules", firewall.rules().size()),
                        "Windows' own firewall lets HTTPS out")
                : findings;
    }

    /** Profiles that are on and block by default, with who says so; what a policy says wins. */
    private static Map<String, String> blocking(FirewallFacts firewall) {
        Map<String, String> blocking = new LinkedHashMap<>();
        for (String profile : List.of("domain", "private", "public")) {
            Long enabled = null;
            Long outbound = null;
            String by = "local";
            for (String place : List.of("policy", "local")) {
                for (FirewallProfile said : firewall.profiles()) {
                    if (PROFILES.getOrDefault(said.name(), "").equals(profile)
                            && said.from().equals(place)) {
                        enabled = enabled == null ? said.enabled() : enabled;
                        if (outbound == null && said.outbound() != null) {
                            outbound = said.outbound();
                            by = place;
                        }
                    }
                }
            }
            if (outbound != null && outbound == 1 && (enabled == null || enabled == 1)) {
                blocking.put(profile, by);
            }
        }
        return blocking;
    }

    static boolean blocksHttps(String rule) {
        Map<String, List<String>> fields = fields(rule);
        List<String> protocol = fields.getOrDefault("protocol", List.of());
        if (!protocol.isEmpty() && !protocol.contains(Long.toString(TCP))) {
            return false;
        }
        List<String> ports = new ArrayList<>(fields.getOrDefault("rport", List.of()));
        ports.addAll(fields.getOrDefault("rport2_10", List.of()));
        if (!ports.isEmpty() && ports.stream().noneMatch(FirewallRules::holdsHttps)) {
            return false;
        }
        List<String> programs = fields.getOrDefault("app", List.of());
        boolean ours = programs.isEmpty()
                || programs.stream()
                        .map(program -> program.toLowerCase(Locale.ROOT))
                        .anyMatch(program -> PROGRAMS.stream().anyMatch(program::endsWith));
        return ours && LIMITS.stream().noneMatch(fields::containsKey);
    }

    private static boolean holdsHttps(String ports) {
        String[] ends = ports.split("-", 2);
        try {
            int from = Integer.parseInt(ends[0].strip());
            int to = ends.length == 1 ? from : Integer.parseInt(ends[1].strip());
            return from <= HTTPS && HTTPS <= to;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static Map<String, List<String>> fields(String rule) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String part : rule.split("\\|")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                fields.computeIfAbsent(part.substring(0, equals).toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                        .add(part.substring(equals + 1));
            }
        }
        return fields;
    }

    private static String name(String rule) {
        return String.join(" ", fields(rule).getOrDefault("name", List.of("a rule without a name")));
    }
}
