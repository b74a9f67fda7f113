package dev.asrdoctor.cli.apart;

import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The commands of the lab. It and Bouncy Castle, with which it makes its certificates, lie in {@code lab/} beside the
 * program's jar and are loaded for these commands alone, so that no other start pays for them and none needs them.
 */
public final class LabRoom {
    public static final String DEMO =
            "Start twelve simulated servers, check them over real WinRM, and show the result.";
    public static final String LAB = "Run simulated process servers on this machine until Ctrl-C, to rehearse on.";
    public static final String BENCH =
            "Measure a check of many simulated servers: what this process alone uses. The lab runs in another.";
    public static final String CRASH_TEST =
            "Kill remediations of simulated servers at every line of the journal and at random instants, and prove"
                    + " that the next one starts nothing twice, forgets nothing and finds an unbroken chain.";

    private static final String ENTRANCE = "dev.asrdoctor.cli.lab.LabCommands";
    /** One class of each jar that has to lie there. */
    private static final List<String> PROOFS = List.of(
            "dev/asrdoctor/cli/lab/LabCommands.class",
            "org/bouncycastle/asn1/ASN1Encodable.class",
            "org/bouncycastle/asn1/cmp/CMPObjectIdentifiers.class",
            "org/bouncycastle/cert/X509CertificateHolder.class");

    private static final Map<String, String> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("demo", DEMO);
        COMMANDS.put("lab", LAB);
        COMMANDS.put("bench", BENCH);
        COMMANDS.put("crash-test", CRASH_TEST);
    }

    /** Null where the lab's classes lie. */
    private final @Nullable Path folder;

    private LabRoom(@Nullable Path folder) {
        this.folder = folder;
    }

    /** Beside the program's jar, unless its classes are on the class path as when it is developed. */
    public static LabRoom ofThisProgram() {
        try {
            return beside(Path.of(LabRoom.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
        } catch (URISyntaxException e) {
            return new LabRoom(null);
        }
    }

    static LabRoom beside(Path program) {
        return new LabRoom(program.resolveSibling("lab"));
    }

    /** Adds the commands: themselves where one of them is called, else what the help needs of them. */
    public void addTo(CommandLine program, Edges edges, String called) {
        Optional<CommandsApart> lab = COMMANDS.containsKey(called) ? entrance() : Optional.empty();
        if (lab.isPresent()) {
            lab.get().commands(edges).forEach(program::addSubcommand);
            return;
        }
        COMMANDS.forEach((name, description) -> {
            CommandLine command = new CommandLine(new Missing(missing(name)));
            command.setUnmatchedArgumentsAllowed(true);
            command.getCommandSpec().usageMessage().description(description);
            program.addSubcommand(name, command);
        });
    }

    private String missing(String name) {
        return "'" + name + "' needs the lab, which is not in " + (folder == null ? "lab/" : folder)
                + "; 'mvn package' puts it there, and docs/lab.md says what belongs to it";
    }

    private Optional<CommandsApart> entrance() {
        ClassLoader own = LabRoom.class.getClassLoader();
        if (whole(own)) {
            return Optional.of(open(own));
        }
        // Never closed: it serves until the program ends.
        ClassLoader apart = new URLClassLoader("lab", jars(), own);
        return whole(apart) ? Optional.of(open(apart)) : Optional.empty();
    }

    private static boolean whole(ClassLoader loader) {
        return PROOFS.stream().allMatch(proof -> loader.getResource(proof) != null);
    }

    private static CommandsApart open(ClassLoader loader) {
        try {
            return Class.forName(ENTRANCE, true, loader)
                    .asSubclass(CommandsApart.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the lab is built wrongly", e);
        }
    }

    private URL[] jars() {
        if (folder == null || !Files.isDirectory(folder)) {
            return new URL[0];
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<URL> urls = new ArrayList<>();
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                urls.add(jar.toUri().toURL());
            }
            return urls.toArray(URL[]::new);
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            return new URL[0];
        }
    }

    @Command
    private static final class Missing implements Callable<Integer> {
        private final String why;

        Missing(String why) {
            this.why = why;
        }

        @Override
        public Integer call() throws UsageException {
            throw new UsageException(why);
        }
    }
}
