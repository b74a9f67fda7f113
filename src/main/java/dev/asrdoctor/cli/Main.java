package dev.asrdoctor.cli;

import dev.asrdoctor.cli.apart.LabRoom;
import dev.asrdoctor.cli.change.ChangeAbortCommand;
import dev.asrdoctor.cli.change.ChangeCloseCommand;
import dev.asrdoctor.cli.change.ChangeCommand;
import dev.asrdoctor.cli.change.ChangeExtendCommand;
import dev.asrdoctor.cli.change.ChangeListCommand;
import dev.asrdoctor.cli.change.ChangeOpenCommand;
import dev.asrdoctor.cli.change.ChangeShowCommand;
import dev.asrdoctor.cli.change.ChangeVerifyCommand;
import dev.asrdoctor.cli.change.DiffCommand;
import dev.asrdoctor.cli.check.CheckCommand;
import dev.asrdoctor.cli.check.ChecksCommand;
import dev.asrdoctor.cli.check.DiagnoseCommand;
import dev.asrdoctor.cli.check.ExplainCommand;
import dev.asrdoctor.cli.connect.DoctorCommand;
import dev.asrdoctor.cli.inventory.InventoryCommand;
import dev.asrdoctor.cli.options.Outputs;
import dev.asrdoctor.cli.remedy.JournalCommand;
import dev.asrdoctor.cli.remedy.RemediateCommand;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Failures;
import dev.asrdoctor.cli.terminal.Interrupts;
import dev.asrdoctor.cli.terminal.StandardStream;
import dev.asrdoctor.cli.terminal.TameWriter;
import dev.asrdoctor.cli.terminal.Terminal;
import dev.asrdoctor.cli.terminal.Version;
import dev.asrdoctor.cli.terminal.WindowsArguments;
import dev.asrdoctor.inventory.ProcessText;
import dev.asrdoctor.remoting.Redaction;
import dev.asrdoctor.report.ExitCode;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** Where it starts: the only place that ends the JVM. */
@Command(
        name = "asrdoctor",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Finds and fixes what stops Azure Site Recovery process servers from replicating.",
        footer = {"", "Start with: asrdoctor demo"})
public final class Main {

    private Main() {}

    public static void main(String[] args) throws Exception {
        System.exit(Interrupts.whole(() -> told(args)));
    }

    private static int told(String... args) {
        String told = System.getProperty("asrdoctor.terminal");
        PrintWriter out = StandardStream.out(Terminal.charset(told, System.out));
        PrintWriter err = StandardStream.err(Terminal.charset(told, System.err));
        Edges edges = Edges.real();
        String variable = System.getProperty("asrdoctor.arguments");
        String[] words = WindowsArguments.of(variable, edges.environment(), args);
        int code = said(words, ProcessText.ofThisProcess(), err) ? run(edges, out, err, words) : ExitCode.USAGE.code();
        out.flush();
        err.flush();
        return code;
    }

    /** A name or a path that was decoded wrongly would be another one. */
    static boolean said(String[] words, ProcessText process, PrintWriter err) {
        for (int i = 0; i < words.length; i++) {
            Optional<String> why = process.whyNot(words[i]);
            if (why.isPresent()) {
                err.println("asrdoctor: argument " + (i + 1) + ", " + words[i] + ", " + why.get());
                return false;
            }
        }
        return true;
    }

    static int run(Edges edges, PrintWriter out, PrintWriter err, String... args) {
        try (Redaction redaction = edges.redaction()) {
            PrintWriter cleanOut = new PrintWriter(redaction.over(new TameWriter(out)));
            PrintWriter cleanErr = new PrintWriter(redaction.over(new TameWriter(err)), true);
            int code = stoppable(edges, cleanOut, cleanErr, args);
            cleanOut.flush();
            String lost = StandardStream.failure(out);
            if (lost != null && code != Failures.INTERRUPTED && code != Failures.INTERNAL) {
                cleanErr.println("asrdoctor: the standard output could not be written: " + lost);
                code = ExitCode.USAGE.code();
            }
            cleanErr.flush();
            return code;
        } finally {
            edges.accounts().close();
        }
    }

    private static int stoppable(Edges edges, PrintWriter out, PrintWriter err, String... args) {
        Interrupts.begin();
        try {
            int code = commanded(edges, out, err, args);
            return Interrupts.wasStopped() ? Failures.INTERRUPTED : code;
        } catch (OutOfMemoryError e) {
            err.println(Failures.outOfMemory());
        } catch (StackOverflowError e) {
            err.println("asrdoctor: this is a fault of asrdoctor itself: " + e);
        }
        return Failures.INTERNAL;
    }

    private static int commanded(Edges edges, PrintWriter out, PrintWriter err, String... args) {
        if (args.length == 1 && args[0].equals("--version")) {
            out.println("asrdoctor " + Version.text());
            return 0;
        }
        CommandLine commands = new CommandLine(new Main())
                .addSubcommand(new CheckCommand(edges))
                .addSubcommand(new DiagnoseCommand(edges))
                .addSubcommand(new DoctorCommand(edges))
                .addSubcommand(new RemediateCommand(edges))
                .addSubcommand(new JournalCommand(edges))
                .addSubcommand(new DiffCommand(edges))
                .addSubcommand(new CommandLine(new ChangeCommand())
                        .addSubcommand(new ChangeOpenCommand(edges))
                        .addSubcommand(new ChangeVerifyCommand(edges))
                        .addSubcommand(new ChangeCloseCommand(edges))
                        .addSubcommand(new ChangeListCommand(edges))
                        .addSubcommand(new ChangeShowCommand(edges))
                        .addSubcommand(new ChangeExtendCommand(edges))
                        .addSubcommand(new ChangeAbortCommand(edges)))
                .addSubcommand(new ChecksCommand(edges))
                .addSubcommand(new ExplainCommand(edges))
                .addSubcommand(new InventoryCommand(edges))
                .addSubcommand(new RehearseCommand(edges, Main::run));
        LabRoom.ofThisProgram().addTo(commands, edges, args.length == 0 ? "" : args[0]);
        // After all commands are there, since each is told now.
        commands.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                // -l @FILE is a limit, as with Ansible, and no file of arguments.
                .setExpandAtFiles(false)
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(edges.terminal().colour() ? Ansi.ON : Ansi.OFF));
        addHelp(commands);
        Failures.handle(commands);
        return args.length == 0 ? usage(commands, out) : commands.execute(args);
    }

    private static void addHelp(CommandLine commands) {
        for (CommandLine command : commands.getSubcommands().values()) {
            command.getCommandSpec().mixinStandardHelpOptions(true);
            Outputs.describe(command);
            addHelp(command);
        }
    }

    private static int usage(CommandLine commands, PrintWriter out) {
        commands.usage(out);
        return 0;
    }
}
