package dev.asrdoctor.cli;

import dev.asrdoctor.cli.Commands.Ended;

/** What {@code demo --remediate} shows, run once for all who look at it, since it waits for its second look. */
final class HealedDemo {
    static final Ended ENDED = new Commands().run("demo", "--remediate");

    private HealedDemo() {}
}
