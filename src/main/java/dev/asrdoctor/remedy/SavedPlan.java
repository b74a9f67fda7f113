package dev.asrdoctor.remedy;

import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.facts.HostFacts;
import dev.asrdoctor.facts.SafeJson;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.file.Access;
import dev.asrdoctor.file.Durable;
import dev.asrdoctor.file.FileTrouble;
import dev.asrdoctor.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plan that somebody else may approve before it is done (schemas/plan-1.schema.json).
 *
 * @param madeBy who asked for it, as user at machine
 * @param servers what is to be done, by server
 */
public record SavedPlan(Instant madeAt, String madeBy, Map<String, Entry> servers) {
    public static final String SCHEMA = "https://asrdoctor.dev/schemas/plan-1.schema.json";
    /** What was right yesterday is planned anew today. */
    private static final Duration VALID = Duration.ofHours(24);
    /** So far may the clocks of the two machines differ, one that makes plans and one that does them. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /**
     * @param steps in their order
     * @param facts fingerprint of what the plan was made from
     */
    public record Entry(List<Approved> steps, String facts) {
        /** What was approved to be done may as well be rehearsed, but not the other way round. */
        private boolean allows(Step step) {
            return steps.stream()
                    .anyMatch(approved ->
                            approved.equals(Approved.of(step)) || approved.equals(Approved.of(step.acted())));
        }
    }

    /**
     * One step as it was approved.
     *
     * @param from and {@code to} empty where the action has no value
     * @param whatIf only to be rehearsed
     */
    public record Approved(String action, String target, String from, String to, boolean whatIf) {
        static Approved of(Step step) {
            String from = step.from();
            String to = step.to();
            return new Approved(
                    step.action().word(), step.target(), from == null ? "" : from, to == null ? "" : to, step.whatIf());
        }

        private String text() {
            return String.join("\t", action, target, from, to, whatIf ? "what-if" : "apply");
        }
    }

    /** @param facts that each plan was made from, by server */
    public static SavedPlan of(List<ServerPlan> plans, Map<String, Facts> facts, Instant now, String madeBy) {
        Map<String, Entry> servers = new LinkedHashMap<>();
        for (ServerPlan plan : plans) {
            Facts known = facts.get(plan.server().name());
            if (!plan.steps().isEmpty() && known != null) {
                servers.put(plan.server().name(), entry(plan, known));
            }
        }
        return new SavedPlan(now, madeBy, servers);
    }

    private static Entry entry(ServerPlan plan, Facts facts) {
        List<Approved> steps = plan.steps().stream().map(Approved::of).toList();
        return new Entry(steps, fingerprint(facts, steps));
    }

    /**
     * Why a server's plan may not be done as it was approved; nothing where it may.
     *
     * @param facts as they are now
     */
    public Optional<String> movedOn(String server, Facts facts) {
        Entry entry = servers.get(server);
        if (entry != null && facts.read(FactArea.HOST) == null) {
            return Optional.of("nobody knows whether it is the machine that the plan was made for: what it calls itself"
                    + " could not be read");
        }
        return entry == null || entry.facts().equals(fingerprint(facts, entry.steps()))
                ? Optional.empty()
                : Optional.of("what is known of it has changed since the plan was made at " + madeAt
                        + "; make a new plan and have that approved");
    }

    /** What of a plan was approved; the rest, and everything where the facts have moved on, is held back. */
    public ServerPlan allows(ServerPlan plan, Facts facts) {
        Optional<String> moved = movedOn(plan.server().name(), facts);
        Entry entry = servers.get(plan.server().name());
        List<Step> steps = new ArrayList<>();
        List<HeldBack> held = new ArrayList<>(plan.heldBack());
        for (Step step : plan.steps()) {
            if (entry == null || !entry.allows(step)) {
                held.add(HeldBack.of(
                        step,
                        "not-approved",
                        entry != null && entry.allows(step.rehearsed())
                                ? "it was approved to be rehearsed, not to be done"
                                : "it is not in the plan that was approved"));
            } else if (moved.isPresent()) {
                held.add(HeldBack.of(step, "facts-moved-on", moved.get()));
            } else {
                steps.add(step);
            }
        }
        return Together.of(plan.steps(), plan.with(steps, held), facts);
    }

    /**
     * Which machine it is, since another inventory may call another one by the same name, and how what is to be changed
     * stands there; values stand in the steps themselves.
     */
    private static String fingerprint(Facts facts, List<Approved> steps) {
        HostFacts host = facts.read(FactArea.HOST);
        StringBuilder text =
                new StringBuilder(host == null ? "" : host.computerName().toLowerCase(Locale.ROOT)).append('\n');
        if (facts.services() instanceof Area.Read<ServicesFacts>(ServicesFacts read)) {
            for (Approved step : steps) {
                Optional<ServiceFact> service = read.named(step.target());
                text.append(step.target().toLowerCase(Locale.ROOT))
                        .append('=')
                        .append(service.map(fact -> fact.state() + "/" + fact.startType() + "/" + fact.exitCode())
                                .orElse("gone"))
                        .append('\n');
            }
        }
        return Sha256.of(text.toString());
    }

    /** Written whole or not at all. */
    public void write(Path file) throws IOException {
        Durable.write(file, SafeJson.of(toJson().toPrettyString()) + "\n", Access.PRIVATE_AT_FIRST);
    }

    private ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("schema", SCHEMA)
                .put("version", 1)
                .put("madeAt", madeAt.toString())
                .put("madeBy", madeBy);
        ArrayNode list = json.putArray("servers");
        servers.forEach((name, entry) -> {
            ObjectNode server = list.addObject().put("name", name);
            ArrayNode steps = server.putArray("steps");
            for (Approved step : entry.steps()) {
                steps.addObject()
                        .put("action", step.action())
                        .put("target", step.target())
                        .put("from", step.from())
                        .put("to", step.to())
                        .put("whatIf", step.whatIf());
            }
            server.put("facts", entry.facts());
        });
        return json.put("hash", hash());
    }

    private String hash() {
        StringBuilder text = new StringBuilder(madeAt + "\n" + madeBy + "\n");
        servers.forEach((name, entry) -> text.append(name)
                .append('\n')
                .append(entry.steps().stream().map(Approved::text).collect(Collectors.joining("\n")))
                .append('\n')
                .append(entry.facts())
                .append('\n'));
        return Sha256.of(text.toString());
    }

    /**
     * @throws PlanException in words, when there is no such plan, it was changed since it was made, or it is too old
     */
    public static SavedPlan read(Path file, Instant now) throws PlanException {
        SavedPlan plan;
        String hash;
        try {
            JsonNode json = FactsJson.parse(Files.readString(file));
            if (!json.path("schema").asString("").equals(SCHEMA)) {
                throw new PlanException(file + " is not a plan that asrdoctor remediate --plan-out has written");
            }
            Map<String, Entry> servers = new LinkedHashMap<>();
            for (JsonNode server : json.path("servers")) {
                List<Approved> steps = new ArrayList<>();
                for (JsonNode step : server.path("steps")) {
                    steps.add(new Approved(
                            step.path("action").asString(""),
                            step.path("target").asString(""),
                            step.path("from").asString(""),
                            step.path("to").asString(""),
                            step.path("whatIf").asBoolean(false)));
                }
                servers.put(
                        server.path("name").asString(""),
                        new Entry(List.copyOf(steps), server.path("facts").asString("")));
            }
            plan = new SavedPlan(
                    Instant.parse(json.path("madeAt").asString("")),
                    json.path("madeBy").asString(""),
                    servers);
            hash = json.path("hash").asString("");
        } catch (NoSuchFileException e) {
            throw new PlanException("there is no plan " + file);
        } catch (IOException e) {
            throw new PlanException("the plan " + file + " cannot be read: " + FileTrouble.reason(e));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new PlanException(file + " is not a plan that asrdoctor remediate --plan-out has written");
        }
        if (!plan.hash().equals(hash)) {
            throw new PlanException("the plan " + file + " was changed after it was made; make a new one");
        }
        if (plan.madeAt().minus(SKEW).isAfter(now)) {
            throw new PlanException("the plan " + file + " is of " + plan.madeAt()
                    + ", which is still to come; check the clocks, or make a new one");
        }
        if (plan.madeAt().plus(VALID).isBefore(now)) {
            throw new PlanException("the plan " + file + " is of " + plan.madeAt()
                    + "; after a day a plan is not done any more, make a new one");
        }
        return plan;
    }
}
