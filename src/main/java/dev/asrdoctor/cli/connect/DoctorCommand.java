package dev.asrdoctor.cli.connect;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.cli.options.DurationConverter;
import dev.asrdoctor.cli.options.InventoryFile;
import dev.asrdoctor.cli.options.Outputs;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Interrupts;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Problem;
import dev.asrdoctor.connect.Accounts;
import dev.asrdoctor.connect.ConnectionDoctor;
import dev.asrdoctor.connect.Examination;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.InventoryLoader;
import dev.asrdoctor.inventory.Selection;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.RunPolicy;
import dev.asrdoctor.report.ExitCode;
import dev.asrdoctor.report.RunInfo;
import dev.asrdoctor.report.json.ExaminationJson;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Subject;
import dev.asrdoctor.report.view.ExaminationView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "doctor",
        description = "Connect to servers step by step, and say at the first step that fails what to do where.",
        footer = {
            "",
            "A host that is in no inventory: asrdoctor doctor ps01.contoso.com --user \"CONTOSO\\svc-asr\".",
            "Exit codes: 0 every server connects, 2 usage or configuration, 3 one does not."
        })
public final class DoctorCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Parameters(
            paramLabel = "HOST",
            arity = "1..*",
            description = "Servers of the inventory, chosen as for check; with --user any host names.")
    List<String> hosts = List.of();

    @Option(
            names = {"-i", "--inventory"},
            paramLabel = "FILE",
            description = "Default: ASRDOCTOR_INVENTORY, else inventory/fleet.yaml.")
    @Nullable Path inventory;

    @Mixin
    AdHoc adHoc = new AdHoc();

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Limit for one server, such as 60s (default).")
    Duration deadline = PATIENCE;

    @Mixin
    Outputs output = new Outputs(Subject.EXAMINATION);

    /** A host that no inventory knows. */
    static final class AdHoc {
        @Option(
                names = "--user",
                paramLabel = "ACCOUNT",
                description = "No inventory: this account, such as CONTOSO\\svc-asr. The password is asked for.")
        @Nullable String user;

        @Option(
                names = "--password-env",
                paramLabel = "NAME",
                description = "With --user: the password is in this environment variable.")
        @Nullable String passwordEnv;

        @Option(names = "--port", paramLabel = "PORT", description = "With --user (default: 5986, with --http 5985).")
        @Nullable Integer port;

        @Option(names = "--http", description = "With --user: HTTP in place of HTTPS.")
        boolean http;

        @Option(
                names = "--authentication",
                paramLabel = "NAME",
                description = "With --user: as in an inventory, several with commas between (default: as there).")
        @Nullable String authentication;

        @Option(
                names = "--ca-file",
                paramLabel = "FILE",
                description = "With --user: PEM file with the authorities to trust.")
        @Nullable Path caFile;

        private boolean given() {
            return passwordEnv != null || port != null || http || authentication != null || caFile != null;
        }

        /** As an inventory would say it, so that it means the same and is checked alike. */
        private String yaml(List<String> hosts) {
            ObjectNode root = JsonMapper.shared().createObjectNode();
            root.put("version", 1);
            ObjectNode account = root.putObject("credentials").putObject("given");
            account.put("user", user);
            ObjectNode password = account.putObject("password");
            if (passwordEnv == null) {
                password.put("prompt", true);
            } else {
                password.put("environment", passwordEnv);
            }
            ObjectNode settings = root.putObject("settings");
            settings.put("credential", "given");
            settings.put("transport", http ? "http" : "https");
            if (port != null) {
                settings.put("port", port);
            }
            if (authentication != null) {
                if (authentication.contains(",")) {
                    ArrayNode all = settings.putArray("authentication");
                    Stream.of(authentication.split(",", -1)).map(String::strip).forEach(all::add);
                } else {
                    settings.put("authentication", authentication);
                }
            }
            if (caFile != null) {
                settings.putObject("tls").put("caFile", caFile.toAbsolutePath().toString());
            }
            ObjectNode servers = root.putObject("servers");
            // An IPv6 address is no name, and what is no host at all is told as an address.
            hosts.forEach(host -> servers.putObject(host.isEmpty() ? "-" : host.replaceAll("[^\\p{L}\\p{N}._-]", "-"))
                    .put("address", host));
            return root.toString();
        }
    }

    @SuppressWarnings("NullAway.Init")
    public DoctorCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        output.check();
        if (deadline.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new UsageException("--deadline has to be at least 1s");
        }
        Instant startedAt = edges.clock().instant();
        Fleet fleet = fleet();
        Accounts accounts = edges.connecting().accounts(fleet.inventory(), fleet.servers());
        List<Examination> examinations = Interrupts.run(() -> examine(fleet.servers(), accounts));
        RunInfo run = edges.ended(startedAt, OpenWindows.NONE);
        output.write(
                new Report(ExaminationView.of(examinations, run), new ExaminationJson(examinations, run)),
                spec.commandLine().getOut(),
                edges);
        return examinations.stream().allMatch(Examination::connects)
                ? ExitCode.HEALTHY.code()
                : ExitCode.NOT_CHECKED.code();
    }

    private List<Examination> examine(List<Server> servers, Accounts accounts) throws InterruptedException {
        ConnectionDoctor doctor = edges.connecting().doctor(accounts, deadline);
        List<Examination> examinations = new ArrayList<>();
        for (Server server : servers) {
            examinations.add(doctor.examine(server));
        }
        return examinations;
    }

    private Fleet fleet() throws Exception {
        Inventory loaded;
        if (adHoc.user != null) {
            if (inventory != null) {
                throw new UsageException("--user is for hosts that no inventory knows; leave out either it or -i");
            }
            loaded = adHoc(hosts);
            return new Fleet(loaded, loaded.servers(), Policy.DEFAULT, RunPolicy.DEFAULT);
        }
        if (adHoc.given()) {
            throw new UsageException("--port, --http, --password-env, --authentication and --ca-file go with --user;"
                    + " a server of the inventory has these there");
        }
        Path file = InventoryFile.of(edges, inventory);
        if (inventory == null && !Files.exists(file)) {
            throw new UsageException(
                    "no inventory: name one with -i FILE, or the account with --user for hosts that" + " are in none");
        }
        loaded = InventoryLoader.load(file);
        List<Server> chosen =
                Selection.choose(loaded, new Selection.Wanted(hosts, List.of())).servers();
        List<String> here = chosen.stream()
                .filter(server -> !server.connection().transport().needsCredential())
                .map(Server::name)
                .toList();
        if (!here.isEmpty()) {
            throw new UsageException("doctor goes the way of WinRM, and transport local needs none of it: leave out "
                    + String.join(", ", here) + "; 'asrdoctor check' tells what is wrong there");
        }
        return new Fleet(loaded, chosen, Policy.DEFAULT, RunPolicy.DEFAULT);
    }

    private Inventory adHoc(List<String> names) throws UsageException {
        try {
            return InventoryLoader.parse(Path.of("the command line"), adHoc.yaml(names));
        } catch (ConfigException e) {
            // Nobody sees the inventory that is made here, so places in it tell nothing.
            throw new UsageException(
                    e.problems().stream().map(Problem::message).distinct().collect(Collectors.joining("; ")));
        }
    }
}
