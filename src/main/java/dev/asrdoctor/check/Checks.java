package dev.asrdoctor.check;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.inventory.Server;
import java.util.List;

/** All checks, in the order of the article's steps. */
public final class Checks {
    private static final List<Check> ALL = List.of(new ServicesRunning(), new ServicesStartType());

    private Checks() {}

    public static List<Check> all() {
        return ALL;
    }

    public static ServerReport judge(Facts facts, Server server, Policy policy) {
        return ServerReport.of(
                server,
                ALL.stream()
                        .flatMap(check -> check.judge(facts, server, policy).stream())
                        .toList());
    }
}
