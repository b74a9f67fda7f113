package dev.asrdoctor.lab;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.lang3.Strings;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a simulated server has beside its services; instants in it stand relative to the server's birth. */
final class Machine {
    /** Among a certificate's problems in the lab; Windows itself tells it by dates alone. */
    private static final int OUT_OF_TIME = 1;

    private static final Pattern AGE = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");
    private static final Pattern MOMENT = Pattern.compile("\\{-(\\d+\\s*(?:ms|s|m|h|d)):(\\w+)}");
    private static final Map<String, DateTimeFormatter> FORMATS = Map.of(
            "plain", DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ENGLISH),
            "cxps", DateTimeFormatter.ofPattern("yyyy-MMM-dd HH:mm:ss", Locale.ENGLISH),
            "svagents", DateTimeFormatter.ofPattern("MM-dd-yyyy HH:mm:ss", Locale.ENGLISH),
            "mars", DateTimeFormatter.ofPattern("MM/dd'\t'HH:mm:ss.SSS", Locale.ENGLISH));

    private final ObjectNode template;
    private final Instant bornAt;
    private final Network network;

    /** @param size of the whole file, whose last bytes are {@code bytes} */
    record LabFile(String path, byte[] bytes, long size, Instant modifiedAt, boolean denied) {
        String name() {
            return path.substring(path.lastIndexOf('\\') + 1);
        }

        String folder() {
            return path.substring(0, Math.max(0, path.lastIndexOf('\\')));
        }
    }

    /** @param bornAt by the server's own clock */
    Machine(ObjectNode template, Instant bornAt) {
        this.template = template;
        this.bornAt = bornAt;
        this.network = new Network(template.path("network"), this::dated);
    }

    /** The same machine with something changed. */
    Machine with(ObjectNode change) {
        return new Machine(Machines.merged(template, change), bornAt);
    }

    private static JsonNode member(JsonNode node, String name) {
        JsonNode exact = node.path(name);
        if (exact.isMissingNode()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                if (entry.getKey().equalsIgnoreCase(name)) {
                    return entry.getValue();
                }
            }
        }
        return exact;
    }

    JsonNode part(String name) {
        return template.path(name);
    }

    /** A key's values; empty where there is no such key. A text in a key's place says that it may not be read. */
    Optional<JsonNode> key(String path) {
        JsonNode key = member(template.path("registry"), path);
        return key.isMissingNode() ? Optional.empty() : Optional.of(key);
    }

    /** Names of the keys right below one, those too that stand there only as a part of the path of another. */
    List<String> subKeys(String path) {
        String prefix = path + "\\";
        return template.path("registry").propertyNames().stream()
                .filter(name -> Strings.CI.startsWith(name, prefix))
                .map(name -> name.substring(prefix.length()).split("\\\\", 2)[0])
                .distinct()
                .toList();
    }

    /** A class's instances; empty where Windows has no such class. */
    Optional<JsonNode> instances(String name) {
        JsonNode instances = template.path("cim").path(name);
        return instances.isMissingNode() ? Optional.empty() : Optional.of(instances);
    }

    Network network() {
        return network;
    }

    /** Those of the machine's own store, with dates; none where the store may not be read. */
    List<ObjectNode> certificates() {
        return template.path("certificates")
                .valueStream()
                .filter(ObjectNode.class::isInstance)
                .map(certificate -> withDates((ObjectNode) certificate))
                .toList();
    }

    /**
     * An endpoint whose certificate has dates: those that {@code issued}, {@code expires} or {@code expired} say, else three
     * years around the server's birth, ended where its {@code problems} say that it is out of its time.
     */
    private JsonNode dated(JsonNode endpoint) {
        if (!(endpoint.path("tls") instanceof ObjectNode tls)) {
            return endpoint;
        }
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        endpoint.properties().forEach(member -> whole.set(member.getKey(), member.getValue()));
        whole.set("tls", withDates(tls));
        return whole;
    }

    private ObjectNode withDates(ObjectNode tls) {
        Instant newYear = bornAt.atOffset(ZoneOffset.UTC)
                .withDayOfYear(1)
                .truncatedTo(ChronoUnit.DAYS)
                .toInstant();
        Instant begins = tls.has("issued")
                ? bornAt.minus(age(tls.path("issued").asString()))
                : newYear.minus(Duration.ofDays(365));
        Instant ends = newYear.plus(Duration.ofDays(730));
        if (tls.has("expires")) {
            ends = bornAt.plus(age(tls.path("expires").asString()));
        } else if (tls.has("expired")) {
            ends = bornAt.minus(age(tls.path("expired").asString()));
        } else if ((tls.path("problems").asLong(0) & OUT_OF_TIME) != 0) {
            ends = newYear.minus(Duration.ofDays(1));
        }
        ObjectNode dated = tls.deepCopy();
        dated.put("notBefore", WorldJson.text(begins.truncatedTo(ChronoUnit.SECONDS)));
        dated.put("notAfter", WorldJson.text(ends.truncatedTo(ChronoUnit.SECONDS)));
        return dated;
    }

    /** An instant as {@link #live} and endpoints write it. */
    static @Nullable Instant instant(JsonNode text) {
        return text.isString() ? Instant.parse(text.asString().substring(1)) : null;
    }

    long utcOffsetMinutes() {
        return instances("Win32_OperatingSystem")
                .map(list -> list.path(0).path("CurrentTimeZone").asLong(0))
                .orElse(0L);
    }

    /** Null where the scenario says none. */
    @Nullable String codePage() {
        return instances("Win32_OperatingSystem")
                .map(list -> list.path(0).path("CodeSet").asString(""))
                .filter(page -> !page.isEmpty())
                .orElse(null);
    }

    List<LabFile> files() {
        return files(path -> true);
    }

    /** Those with such a path; the others are not written. */
    List<LabFile> files(Predicate<String> wanted) {
        return template.path("files")
                .propertyStream()
                .filter(entry -> wanted.test(entry.getKey()))
                .map(entry -> file(entry.getKey(), entry.getValue()))
                .toList();
    }

    Optional<LabFile> file(String path) {
        return template.path("files")
                .propertyStream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(path))
                .map(entry -> file(entry.getKey(), entry.getValue()))
                .findFirst();
    }

    private LabFile file(String path, JsonNode node) {
        StringBuilder text = new StringBuilder();
        for (JsonNode line : node.path("lines")) {
            text.append(moments(line.asString(""))).append("\r\n");
        }
        String word = node.path("encoding").asString("utf-8");
        byte[] bytes = encoded(moments(node.path("text").asString("")) + text, word);
        return new LabFile(
                path,
                bytes,
                Math.max(node.path("size").asLong(0), bytes.length),
                bornAt.minus(age(node.path("age").asString("1m"))),
                node.path("denied").asBoolean(false));
    }

    private static byte[] encoded(String text, String word) {
        return switch (word) {
            case "utf-16le" -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);
            case "utf-16le-unmarked" -> text.getBytes(StandardCharsets.UTF_16LE);
            case "utf-16be" -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE);
            case "utf-8-marked" -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
            default -> text.getBytes(Charset.forName(word));
        };
    }

    private String moments(String text) {
        return MOMENT.matcher(text.replace("{tab}", "\t"))
                .replaceAll(found -> Matcher.quoteReplacement(
                        FORMATS.getOrDefault(found.group(2), DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                                .format(bornAt.minus(age(found.group(1)))
                                        .atOffset(ZoneOffset.ofTotalSeconds((int) utcOffsetMinutes() * 60)))));
    }

    static Duration age(String text) {
        Matcher matcher = AGE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no age such as 5m");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    Instant moment(JsonNode node) {
        return bornAt.minus(age(node.path("age").asString("1m")));
    }

    /** As the stand-in for Windows takes it: with the bytes of every file, and instants. */
    ObjectNode live() {
        ObjectNode live = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> part : template.properties()) {
            live.set(part.getKey(), part.getValue());
        }
        ObjectNode files = live.putObject("files");
        for (LabFile file : files()) {
            files.putObject(file.path())
                    .put("bytes", Base64.getEncoder().encodeToString(file.bytes()))
                    .put("size", file.size())
                    .put("modifiedAt", WorldJson.text(file.modifiedAt()))
                    .put("denied", file.denied());
        }
        live.set("network", network.live());
        if (template.path("certificates").isArray()) {
            live.putArray("certificates").addAll(certificates());
        }
        var events = live.putArray("events");
        for (JsonNode event : template.path("events")) {
            ObjectNode logged = events.addObject()
                    .put("provider", event.path("provider").asString(""))
                    .put("id", event.path("id").asInt())
                    .put("at", WorldJson.text(moment(event)));
            ArrayNode parameters = logged.putArray("parameters");
            event.path("parameters").forEach(text -> parameters.add(text.asString("")));
        }
        return live;
    }
}
