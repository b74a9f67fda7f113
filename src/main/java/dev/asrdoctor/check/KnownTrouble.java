package dev.asrdoctor.check;

import dev.asrdoctor.facts.HistoryFacts.Happening;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.lang3.StringUtils;

/**
 * Events of Windows that say by themselves what is wrong (docs/facts.md, "What happened to a machine").
 *
 * @param subject the finding's
 * @param words in which {@code {0}} and so on stand for the event's insertion strings
 */
record KnownTrouble(String subject, Set<Integer> ids, Severity severity, String words, String advice) {
    /** An adapter tells many things of itself by the same number. */
    private static final Map<String, Integer> LEAST = Map.of("adapter-reset", 5);

    static final List<KnownTrouble> ALL = List.of(
            new KnownTrouble(
                    "logon-right",
                    Set.of(7041),
                    Severity.HIGH,
                    "{1} may not log on as a service, which {0} needs",
                    "Give the account the right 'Log on as a service' in the policy that sets it (gpresult /h shows which), then"
                            + " gpupdate, then start the service. A new password does not help."),
            new KnownTrouble(
                    "application-pool",
                    Set.of(5002),
                    Severity.HIGH,
                    "IIS has ended or switched off the application pool {0} after its worker failed",
                    "Look in the Application log what made the worker fail (w3wp.exe, php-cgi.exe and the module), mend that, then"
                            + " start the pool in IIS; a restart of W3SVC alone brings it back to the same end."),
            new KnownTrouble(
                    "application-pool-identity",
                    Set.of(5021, 5057, 5059),
                    Severity.HIGH,
                    "the account of the application pool {0} is not valid",
                    "Look whether that account is locked, expired or has a new password, mend it there or in IIS under the pool's"
                            + " identity, then start the pool."),
            new KnownTrouble(
                    "web-port-taken",
                    Set.of(15005),
                    Severity.HIGH,
                    "Windows could not bind a web address, since another program holds it: {0}",
                    "Find the program that listens there (netstat -abno), stop it or give it another port, then start the site in"
                            + " IIS."),
            new KnownTrouble(
                    "domain-trust",
                    Set.of(3210),
                    Severity.HIGH,
                    "the machine's account does not fit its domain",
                    "On the server: `Test-ComputerSecureChannel -Repair` Then start what logs on with an account of the domain."),
            new KnownTrouble(
                    "address-twice",
                    Set.of(4199),
                    Severity.HIGH,
                    "another machine uses this server's address as well ({1}, {2})",
                    "Find that machine by its hardware address and give it another address; restart nothing."),
            new KnownTrouble(
                    "disk-gone",
                    Set.of(157, 58),
                    // Backups that mount copies of disks do it too.
                    Severity.LOW,
                    "a disk was taken away while it was in use",
                    "`Get-Disk` shows disks that are offline or missing: ask whoever works on the storage, bring the disk online"
                            + " again, and start what lost its files only then."),
            new KnownTrouble(
                    "quota",
                    Set.of(36, 37),
                    Severity.MEDIUM,
                    "a quota of a volume is used up",
                    "`fsutil quota query D:` (for the product's volume) shows whose it is: raise it or switch it off. The volume itself"
                            + " may have room."),
            new KnownTrouble(
                    "adapter-reset",
                    Set.of(10317),
                    Severity.MEDIUM,
                    "the network adapter's driver was reset",
                    "Look whether its driver was updated and waits for a restart, and restart the server in its next window; all"
                            + " connections break with each reset."));

    boolean tells(Happening event) {
        return ids.contains(event.id()) && event.count() >= LEAST.getOrDefault(subject, 1);
    }

    String title(Happening event) {
        String title = words;
        for (int i = 0; title.contains("{" + i + "}"); i++) {
            title = title.replace(
                    "{" + i + "}", StringUtils.abbreviate(event.parameter(i).orElse("?"), 80));
        }
        return title;
    }
}
