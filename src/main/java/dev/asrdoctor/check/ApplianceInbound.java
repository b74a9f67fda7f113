package dev.asrdoctor.check;

import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ServingFacts;
import dev.asrdoctor.facts.TransportFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What source machines send comes in and is listened to (docs/facts.md, "What comes in to the appliance"). */
final class ApplianceInbound extends AreaCheck<ServingFacts> {
    private static final Pattern PROGRAM = Pattern.compile("\\|App=([^|]*)\\|");
    private static final Pattern RANGE = Pattern.compile("\\|LPort2_10=(\\d{1,5})-(\\d{1,5})\\|");
    /** Rules that are about some senders, services or packages alone say nothing of the rest. */
    private static final List<String> LIMITED = List.of("|RA4", "|RA6", "|Svc=", "|AppPkgId=", "|RPort");

    private static final List<String> PROGRAMS = List.of("cxps.exe", "rcmproxyagent.exe", "system");

    ApplianceInbound() {
        super(
                FactArea.SERVING,
                new About(
                        "appliance.firewall-inbound",
                        "What source machines send comes in",
                        6,
                        List.of(FactArea.SERVING, FactArea.TRANSPORT),
                        Profile.QUICK,
                        About.APPLIANCES,
                        "Mobility agents come in on TCP 443 and 9443. Where Windows' own firewall keeps them out, settings or data do not"
                                + " arrive although the appliance looks well from inside.",
                        "Let TCP 443 and 9443 in:"
                                + " `New-NetFirewallRule -DisplayName 'Site Recovery appliance' -Direction Inbound -Protocol TCP -LocalPort 443,9443 -Action Allow`",
                        List.of()));
    }

    @Override
    List<Finding> judge(ServingFacts serving, Context context) {
        TransportFacts transport = context.read(FactArea.TRANSPORT);
        int control = context.server().product().ports().getOrDefault("control", 0);
        long data = transport == null ? context.server().product().ports().getOrDefault("data", 0) : transport.port();
        List<Finding> findings = new ArrayList<>();
        unheard(serving, control).ifPresent(findings::add);
        if (!serving.unread().isEmpty()) {
            findings.add(finding("unread")
                    .evidence("keys", serving.unread())
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "rules of Windows' firewall could not be read",
                            "Let the account read them, or look with Get-NetFirewallRule."));
        } else if (keepsOut(serving)) {
            for (long port : new long[] {control, data}) {
                keptOut(serving, port).ifPresent(findings::add);
            }
        }
        return findings.isEmpty()
                ? pass(
                        finding("").evidence("control", control).evidence("data", data),
                        "something listens on the control port, and Windows' firewall lets both ports in")
                : findings;
    }

    private Optional<Finding> unheard(ServingFacts serving, int control) {
        Optional<ConnectionFacts> own = serving.served().stream()
                .filter(connection -> connection.name().equals("control"))
                .findFirst();
        if (own.isEmpty() || own.get().connected()) {
            return Optional.empty();
        }
        boolean listens = serving.listeners() != null
                && serving.listeners().stream().anyMatch(listener -> listener.port() == control);
        return Optional.of(finding("control")
                .evidence("target", own.get().target())
                .evidence("result", Reach.word(own.get()))
                .evidence("listens", serving.listeners() == null ? null : (Boolean) listens)
                .is(
                        Status.FAIL,
                        Severity.CRITICAL,
                        "the control port " + control + " does not answer on the appliance itself: "
                                + Reach.words(own.get()),
                        "See services.running: the proxy server's services have to run."
                                + (listens ? "" : " Nothing listens on the port.")));
    }

    /** Of a profile the policy's word counts, where it has one; a firewall that is off keeps nothing out. */
    private static boolean keepsOut(ServingFacts serving) {
        return serving.profiles().stream()
                .filter(profile -> profile.enabled() == null || profile.enabled() != 0)
                .anyMatch(profile -> profile.inbound() == null || profile.inbound() != 0);
    }

    private Optional<Finding> keptOut(ServingFacts serving, long port) {
        List<String> about = serving.rules().stream()
                .filter(rule -> isAbout(rule, port) && LIMITED.stream().noneMatch(rule::contains))
                .toList();
        List<String> blocking =
                about.stream().filter(rule -> rule.contains("|Action=Block|")).toList();
        // A rule for some senders may be all that somebody wants to let in.
        boolean allowed =
                serving.rules().stream().anyMatch(rule -> rule.contains("|Action=Allow|") && isAbout(rule, port));
        if (blocking.isEmpty() && allowed) {
            return Optional.empty();
        }
        String words = blocking.isEmpty()
                ? "Windows' firewall has no rule that lets TCP " + port + " in"
                : "Windows' firewall has a rule that blocks TCP " + port + " from coming in";
        return Optional.of(finding("port-" + port)
                .evidence("port", port)
                .evidence("blocking", blocking.isEmpty() ? null : blocking.size())
                .evidence("problem", blocking.isEmpty() ? "not-let-in" : "blocked")
                .is(Status.WARN, Severity.MEDIUM, words, about().fix()));
    }

    private static boolean isAbout(String rule, long port) {
        Matcher program = PROGRAM.matcher(rule);
        if (program.find()
                && PROGRAMS.stream()
                        .noneMatch(name ->
                                program.group(1).toLowerCase(Locale.ROOT).endsWith(name))) {
            return false;
        }
        if (!rule.contains("|LPort")) {
            return true;
        }
        if (rule.contains("|LPort=" + port + "|")) {
            return true;
        }
        Matcher range = RANGE.matcher(rule);
        while (range.find()) {
            if (Long.parseLong(range.group(1)) <= port && port <= Long.parseLong(range.group(2))) {
                return true;
            }
        }
        return false;
    }
}
