package dev.asrdoctor.cli.change;

import picocli.CommandLine.Command;

@Command(
        name = "change",
        description = "Prove that a change broke nothing: what was before, what differs after.",
        footer = {
            "",
            "asrdoctor change open CHG0012345 site=paris --until 06:00",
            "  ... the change ...",
            "asrdoctor change verify CHG0012345 --wait 30m -o html=CHG0012345.html",
            "asrdoctor change close CHG0012345"
        })
public final class ChangeCommand {}
