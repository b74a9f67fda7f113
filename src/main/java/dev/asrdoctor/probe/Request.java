package dev.asrdoctor.probe;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.product.Product;
import dev.asrdoctor.remoting.Script;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a script is asked to do; it travels as the script's second line. */
public sealed interface Request {

    /** The whole script, ASCII, ready to be sent. */
    Script sent(Nonce nonce);

    /** The same as text. */
    default String script(Nonce nonce) {
        return sent(nonce).text();
    }

    /** A host and a port to be tried from the server. */
    record Address(String name, String host, int port) {}

    /**
     * Limits of a probe, so that a sick server is not made worse by the check.
     *
     * @param connect for each round of connections
     * @param sample the window in which counters are read twice
     * @param cache how long the cache is looked through
     * @param budget after this no further area is begun
     * @param transferTest how long the vendor's own transfer test may take; zero leaves it out
     * @param logBytes read from the end of each log
     */
    record Limits(
            Duration connect, Duration sample, Duration cache, Duration budget, Duration transferTest, int logBytes) {
        public static final Limits DEFAULT = new Limits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ZERO,
                64 * 1024);
    }

    /**
     * Reads areas of facts; those of the host and of the services of the product are read with Service Control Manager
     * events of the last hours.
     *
     * @param scanners services of virus scanners
     * @param urls tried over TLS, through the product's proxy where it has one
     * @param processServer of a source machine
     * @param others asked of a server that has a mark of theirs, in place of the product
     */
    record ReadFacts(
            Product product,
            Set<FactArea<?>> areas,
            int eventHours,
            Limits limits,
            List<String> scanners,
            List<Address> urls,
            @Nullable Address processServer,
            List<Other> others)
            implements Request {
        /** What a server of another product is asked for. */
        public record Other(Product product, Set<FactArea<?>> areas, List<Address> urls) {}

        /** The host and the services alone. */
        public ReadFacts(Product product, int eventHours) {
            this(
                    product,
                    Set.of(FactArea.HOST, FactArea.SERVICES),
                    eventHours,
                    Limits.DEFAULT,
                    List.of(),
                    List.of(),
                    null,
                    List.of());
        }

        public ReadFacts withEventsOf(int hours) {
            return new ReadFacts(product, areas, hours, limits, scanners, urls, processServer, others);
        }

        public ReadFacts withOthers(List<Other> more) {
            return new ReadFacts(product, areas, eventHours, limits, scanners, urls, processServer, more);
        }

        /** These areas and no others, whichever product the server belongs to. */
        public ReadFacts with(Set<FactArea<?>> wanted) {
            return changed((known, of) -> wanted);
        }

        /** These areas too, by the product that the server belongs to. */
        public ReadFacts and(Function<Product, Set<FactArea<?>>> more) {
            return changed((known, of) ->
                    Stream.concat(known.stream(), more.apply(of).stream()).collect(Collectors.toUnmodifiableSet()));
        }

        private ReadFacts changed(BiFunction<Set<FactArea<?>>, Product, Set<FactArea<?>>> change) {
            return new ReadFacts(
                    product,
                    change.apply(areas, product),
                    eventHours,
                    limits,
                    scanners,
                    urls,
                    processServer,
                    others.stream()
                            .map(other -> new Other(
                                    other.product(), change.apply(other.areas(), other.product()), other.urls()))
                            .toList());
        }

        @Override
        public Script sent(Nonce nonce) {
            List<String> names = names(areas);
            return Request.script(
                    "{\"nonce\":\"" + nonce.text() + "\",\"action\":\"probe\",\"areas\":" + Ascii.quoted(names)
                            + "," + ProductJson.of(product) + ",\"eventHours\":" + eventHours
                            + ",\"connectMillis\":" + limits.connect().toMillis() + ",\"sampleMillis\":"
                            + limits.sample().toMillis() + ",\"cacheMillis\":"
                            + limits.cache().toMillis() + ",\"budgetMillis\":"
                            + limits.budget().toMillis() + ",\"transferSeconds\":"
                            + limits.transferTest().toSeconds() + ",\"logBytes\":" + limits.logBytes()
                            + ",\"scanners\":" + Ascii.quoted(scanners)
                            + ",\"urls\":"
                            + urls.stream().map(ReadFacts::json).collect(Collectors.joining(",", "[", "]"))
                            + ",\"processServer\":" + (processServer == null ? "null" : json(processServer))
                            + (others.isEmpty()
                                    ? ""
                                    : ",\"others\":"
                                            + others.stream()
                                                    .map(this::json)
                                                    .collect(Collectors.joining(",", "[", "]")))
                            + "}",
                    ScriptLibrary.probe(names(allAreas())));
        }

        private Set<FactArea<?>> allAreas() {
            Set<FactArea<?>> all = new HashSet<>(areas);
            others.forEach(other -> all.addAll(other.areas()));
            return all;
        }

        private static List<String> names(Set<FactArea<?>> areas) {
            return FactArea.all().stream()
                    .filter(areas::contains)
                    .map(FactArea::id)
                    .toList();
        }

        private String json(Other other) {
            return "{\"areas\":" + Ascii.quoted(names(other.areas())) + ","
                    + ProductJson.instead(other.product(), product) + ",\"urls\":"
                    + other.urls().stream().map(ReadFacts::json).collect(Collectors.joining(",", "[", "]")) + "}";
        }

        private static String json(Address address) {
            return "{\"name\":" + Ascii.quoted(address.name()) + ",\"host\":" + Ascii.quoted(address.host())
                    + ",\"port\":" + address.port() + "}";
        }
    }

    /**
     * One step of a plan.
     *
     * @param action a word that ps-scripts/remedy/run.ps1 knows
     * @param target a service's short name, or what else the action changes
     * @param from what the plan has read; the script leaves alone whatever has moved on
     * @param to what is wanted
     * @param needs the target of an earlier step without which this one is left out, null where there is none
     * @param whatIf only tell what would be done
     */
    record Step(
            String action,
            String target,
            @Nullable String from,
            @Nullable String to,
            @Nullable String needs,
            boolean whatIf) {
        /** Once for all stops of a restart, and once for all starts, several times {@link Remedy#startWait}. */
        private static final int WAITS_OF_A_RESTART = 8;

        private static final Duration PROGRAM = Duration.ofSeconds(60);

        /**
         * How long the script may wait for what this step asks for, in all; it shares this out, and what it has stopped it
         * always tells to start again.
         */
        Duration longest(Duration startWait) {
            return switch (action) {
                case "start", "resume" -> startWait;
                case "restart" -> startWait.multipliedBy(WAITS_OF_A_RESTART);
                case "resync-time" -> startWait.plus(PROGRAM);
                default -> PROGRAM;
            };
        }

        private String json(Duration startWait) {
            return "{\"action\":" + Ascii.quoted(action) + ",\"target\":" + Ascii.quoted(target) + ",\"from\":"
                    + orNull(from) + ",\"to\":" + orNull(to) + ",\"needs\":" + orNull(needs) + ",\"seconds\":"
                    + longest(startWait).toSeconds() + ",\"whatIf\":" + whatIf + "}";
        }

        private static String orNull(@Nullable String text) {
            return text == null ? "null" : Ascii.quoted(text);
        }
    }

    /**
     * Does the steps of a plan in their order.
     *
     * @param product of the server
     * @param startWait how long each service may take to run, and to stop; whole seconds
     * @param settle how long what was started is watched afterwards; whole seconds
     * @param whatIf only tell what would be done
     */
    record Remedy(Product product, List<Step> steps, Duration startWait, Duration settle, boolean whatIf)
            implements Request {
        /** Those that have to know where the product keeps what. */
        private static final Set<String> PLACED = Set.of("set-mars-proxy", "set-product-proxy");

        /** Questions to Windows around a step, such as its process by CIM, each of which has a limit of its own. */
        private static final Duration QUESTIONS = Duration.ofSeconds(60);

        /**
         * How long the script may take, by its own limits: whoever runs it gives it as long, since one that is cut off in a
         * restart leaves services down.
         */
        public Duration longest() {
            return steps.stream()
                    .map(step -> step.longest(startWait).plus(QUESTIONS))
                    .reduce(settle, Duration::plus);
        }

        @Override
        public Script sent(Nonce nonce) {
            return Request.script(
                    "{\"nonce\":\"" + nonce.text() + "\",\"action\":\"remedy\",\"steps\":"
                            + steps.stream()
                                    .map(step -> step.json(startWait))
                                    .collect(Collectors.joining(",", "[", "]"))
                            + (steps.stream().map(Step::action).anyMatch(PLACED::contains)
                                    ? "," + ProductJson.places(product)
                                    : "")
                            + ",\"waitSeconds\":" + startWait.toSeconds() + ",\"settleSeconds\":"
                            + settle.toSeconds() + ",\"whatIf\":" + whatIf + "}",
                    ScriptLibrary.remedy(steps.stream().map(Step::action).collect(Collectors.toSet())));
        }
    }

    /** Reads what the shell itself is like. */
    record ReadShell() implements Request {
        @Override
        public Script sent(Nonce nonce) {
            return Request.script("{\"nonce\":\"" + nonce.text() + "\",\"action\":\"shell\"}", ScriptLibrary.shell());
        }
    }

    private static Script script(String json, Script.Shared body) {
        return Script.of("# asrdoctor script 1", "$AsrRequest = '" + json.replace("'", "''") + "'", body);
    }
}
