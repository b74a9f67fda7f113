package dev.asrdoctor.connect;

import dev.asrdoctor.inventory.InventoryWords;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.remoting.Redaction;
import dev.asrdoctor.text.Words;
import java.util.List;
import java.util.Locale;

/**
 * How connecting to one server went, step by step.
 *
 * @param at where it was tried, as host and port
 * @param steps all of them, in their order
 */
public record Examination(Server server, String at, List<Result> steps) {

    /** What has to go well, in this order. */
    public enum Step {
        NAME,
        TCP,
        TLS,
        HTTP,
        CLOCK,
        SCHEMES,
        AUTHENTICATION,
        SHELL,
        POWERSHELL,
        LANGUAGE_MODE,
        EXECUTION_POLICY,
        MEMORY_QUOTA,
        ADMINISTRATOR;

        /** For people. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /** For programs. */
        public String id() {
            return Words.word(this);
        }
    }

    public enum Verdict {
        OK,
        WARN,
        FAIL,
        /** It does not apply to this server, or could not be told. */
        UNKNOWN,
        NOT_REACHED
    }

    /**
     * One step.
     *
     * @param kind of the failure, stable, such as {@code logon-failed}; the step's id where nothing failed
     * @param told one line
     * @param details further lines, each a name and a value
     */
    public record Result(
            Step step, Verdict verdict, String kind, String told, List<Detail> details, List<Action> actions) {}

    public record Detail(String name, String value) {}

    /**
     * What to do next.
     *
     * @param where on which machine, or in which file
     * @param what in words, one sentence or two
     * @param lines to be typed there as they are; may be empty
     */
    public record Action(Where where, String what, List<String> lines) {}

    public enum Where {
        THE_SERVER,
        THIS_MACHINE,
        THE_INVENTORY,
        A_DOMAIN_CONTROLLER;

        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** What a server says may hold what it was sent; advice is in the words of the reader's inventory. */
    Examination redacted(Redaction redaction) {
        InventoryWords words = server.connection().words();
        return new Examination(
                server,
                at,
                steps.stream()
                        .map(step -> new Result(
                                step.step(),
                                step.verdict(),
                                step.kind(),
                                redaction.of(step.told()),
                                step.details().stream()
                                        .map(detail -> new Detail(detail.name(), redaction.of(detail.value())))
                                        .toList(),
                                step.actions().stream()
                                        .map(action -> new Action(
                                                action.where(),
                                                redaction.of(words.of(action.what())),
                                                action.lines().stream()
                                                        .map(words::of)
                                                        .map(redaction::of)
                                                        .toList()))
                                        .toList()))
                        .toList());
    }

    /** No step failed, so that every other command gets through. */
    public boolean connects() {
        return steps.stream().noneMatch(step -> step.verdict() == Verdict.FAIL);
    }
}
