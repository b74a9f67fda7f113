package dev.asrdoctor.assess;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.HostFacts;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Servers that call themselves otherwise than whoever asked for them: an alias, or another machine. */
final class OtherNames {
    /** Of a computer's name, in NetBIOS. */
    private static final int LONGEST = 15;

    private OtherNames() {}

    /** In one line; nothing where every server answers by its name. */
    static Optional<String> words(List<Outcome<Facts>> visits) {
        List<String> others = new ArrayList<>();
        for (Outcome<Facts> visit : visits) {
            HostFacts host =
                    visit instanceof Outcome.Done<Facts> done ? done.value().read(FactArea.HOST) : null;
            if (host != null && !host.computerName().isBlank() && !isCalled(visit.server(), host.computerName())) {
                others.add(visit.server().name() + " says that it is "
                        + host.computerName().replaceAll("[^\\p{L}\\p{N}._-]", "?"));
            }
        }
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("computer names are not those of the inventory: " + Words.named(others)
                        + "; if that is no other name of the same machine, its address leads elsewhere");
    }

    private static boolean isCalled(Server server, String computerName) {
        return Stream.of(server.name(), server.address())
                .anyMatch(name -> label(name).equals(label(computerName)));
    }

    private static String label(String name) {
        String first = name.split("\\.", 2)[0].toLowerCase(Locale.ROOT);
        return first.length() > LONGEST ? first.substring(0, LONGEST) : first;
    }
}
