package dev.asrdoctor.lab;

import dev.asrdoctor.config.Table;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.lab.wsman.Operation;
import dev.asrdoctor.lab.wsman.Scheme;
import dev.asrdoctor.lab.wsman.When;
import dev.asrdoctor.lab.wsman.WireFault;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one fault on the wire: {@code {wire: cut, afterBytes: 300, on: receive, request: 2}}. */
final class WireFaultReader {
    private static final List<String> KINDS = List.of(
            "refuse",
            "silence",
            "cut",
            "delay",
            "http-status",
            "web-page",
            "fault",
            "quota",
            "shell-vanishes",
            "restart",
            "logon-refused",
            "kerberos-only",
            "garbled",
            "truncated",
            "huge",
            "surrounded",
            "replaced",
            "hang");

    /** A fault and when it strikes. */
    record Rule(When when, WireFault fault) {}

    private WireFaultReader() {}

    static Optional<Rule> read(Table table) {
        Optional<String> kind = table.require("wire").flatMap(v -> v.oneOf(identity()));
        When when = when(table);
        return kind.map(word -> new Rule(when, fault(word, table)));
    }

    private static Map<String, String> identity() {
        return ScenarioReader.words(KINDS.toArray(String[]::new), word -> word);
    }

    private static When when(Table table) {
        long request =
                table.get("request").flatMap(v -> v.integer(1, 1_000_000)).orElse(0);
        Duration from = table.get("from").flatMap(Value::duration).orElse(Duration.ZERO);
        Duration until = table.get("until").flatMap(Value::duration).orElse(null);
        Optional<Operation> on =
                table.get("on").flatMap(v -> v.oneOf(ScenarioReader.words(Operation.values(), Words::word)));
        When when = request > 0 ? When.request(request) : When.during(from, until);
        return on.map(when::on).orElse(when);
    }

    private static WireFault fault(String kind, Table table) {
        return switch (kind) {
            case "refuse" -> new WireFault.RefuseConnection();
            case "silence" -> new WireFault.Silence();
            case "cut" -> new WireFault.Cut(number(table, "afterBytes", 0));
            case "delay" ->
                new WireFault.Delay(table.get("by").flatMap(Value::duration).orElse(Duration.ofSeconds(1)));
            case "http-status" -> new WireFault.HttpStatus((int) number(table, "status", 503));
            case "web-page" -> new WireFault.WebPage();
            case "fault" ->
                new WireFault.Fault(
                        table.get("code").flatMap(Value::text).map(Long::decode).orElse(5L));
            case "quota" -> new WireFault.QuotaExhausted(true);
            case "shell-vanishes" -> new WireFault.ShellVanishes();
            case "restart" -> new WireFault.ServiceRestarts();
            case "logon-refused" -> new WireFault.LogonRefused();
            case "kerberos-only" -> new WireFault.OfferedSchemes(Set.of(Scheme.KERBEROS));
            case "garbled" -> new WireFault.GarbledOutput((int) number(table, "flips", 3), 0, 1);
            case "truncated" -> new WireFault.TruncatedOutput((int) number(table, "keepBytes", 200));
            case "huge" -> new WireFault.HugeOutput(number(table, "bytes", 50_000_000));
            case "surrounded" -> new WireFault.SurroundedOutput("Welcome to this server!\r\n", "\r\nGoodbye.\r\n");
            case "replaced" -> new WireFault.ReplacedOutput("This system is for authorised use only.\r\n");
            default -> new WireFault.HangingCommand();
        };
    }

    private static long number(Table table, String name, int otherwise) {
        return table.get(name).flatMap(v -> v.integer(0, Integer.MAX_VALUE)).orElse(otherwise);
    }
}
