package dev.asrdoctor.cli.terminal;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.connect.Accounts;
import dev.asrdoctor.connect.Connecting;
import dev.asrdoctor.fleet.Controller;
import dev.asrdoctor.fleet.Watcher;
import dev.asrdoctor.inventory.Passwords;
import dev.asrdoctor.remoting.Redaction;
import dev.asrdoctor.report.RunInfo;
import java.io.Console;
import java.io.File;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Everything outside the program that commands touch. */
public record Edges(
        Map<String, String> environment,
        Terminal terminal,
        InstantSource clock,
        RandomGenerator random,
        Passwords.Prompter prompter,
        Redaction redaction,
        Accounts accounts) {

    public Edges(
            Map<String, String> environment,
            Terminal terminal,
            InstantSource clock,
            RandomGenerator random,
            Passwords.Prompter prompter) {
        this(environment, terminal, clock, random, prompter, new Redaction(), new Accounts());
    }

    public static Edges real() {
        Map<String, String> environment = variables();
        return new Edges(
                environment,
                Terminal.detect(System.getProperty("asrdoctor.terminal"), environment),
                InstantSource.system(),
                new SecureRandom(),
                Edges::ask);
    }

    /** On Windows names of variables are the same in upper and lower case. */
    private static Map<String, String> variables() {
        if (File.separatorChar != '\\') {
            return System.getenv();
        }
        Map<String, String> environment = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        environment.putAll(System.getenv());
        return environment;
    }

    /** Who runs it, as user at machine. */
    public String whoAndWhere() {
        String told = environment.getOrDefault("COMPUTERNAME", environment.getOrDefault("HOSTNAME", ""));
        String machine = told.isEmpty() ? ownName() : told;
        return System.getProperty("user.name", "somebody") + " at " + machine;
    }

    /** What a use case is given of them. */
    public Controller controller(Watcher watcher) {
        return new Controller(connecting(), ZoneId.systemDefault(), whoAndWhere(), Version.text(), watcher);
    }

    /** What a report says of a run that has ended now. */
    public RunInfo ended(Instant startedAt, OpenWindows planned) {
        return new RunInfo(Version.text(), startedAt, clock.instant(), planned);
    }

    /** For a command that visits no server, and so has no progress to show. */
    public Controller controller(PrintWriter err) {
        return controller(Onlooker.of(this, err, true));
    }

    public Connecting connecting() {
        return new Connecting(environment, clock, random, prompter, redaction, accounts);
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this machine";
        }
    }

    private static char @Nullable [] ask(String question) {
        @SuppressWarnings("SystemConsoleNull")
        Console console = System.console();
        return console == null ? null : console.readPassword("%s", question);
    }
}
