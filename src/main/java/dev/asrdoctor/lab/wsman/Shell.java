package dev.asrdoctor.lab.wsman;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An open shell. Safe for many threads. */
final class Shell {
    private final String id;
    private final String owner;
    private final String clientIp;
    private final Duration idleTimeout;
    private final XmlElement asked;
    private final Instant created;
    private final Map<String, ShellCommand> commands = new ConcurrentHashMap<>();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile Instant lastUsed;

    /** @param asked the Shell element of the request */
    Shell(String id, String owner, String clientIp, Duration idleTimeout, XmlElement asked, Instant now) {
        this.id = id;
        this.owner = owner;
        this.clientIp = clientIp;
        this.idleTimeout = idleTimeout;
        this.asked = asked;
        this.created = now;
        this.lastUsed = now;
    }

    String id() {
        return id;
    }

    String owner() {
        return owner;
    }

    void enter(Instant now) {
        busy.incrementAndGet();
        lastUsed = now;
    }

    void leave(Instant now) {
        lastUsed = now;
        busy.decrementAndGet();
    }

    boolean idleTooLong(Instant now) {
        return busy.get() == 0 && Duration.between(lastUsed, now).compareTo(idleTimeout) > 0;
    }

    void add(ShellCommand command) {
        commands.put(command.id(), command);
    }

    @Nullable ShellCommand command(String commandId) {
        return commands.get(commandId);
    }

    void remove(ShellCommand command) {
        commands.remove(command.id());
    }

    void kill() {
        commands.values().forEach(ShellCommand::kill);
        commands.clear();
    }

    /** The Shell element of answers to Create and Get. */
    String xml(Instant now) {
        StringBuilder xml = new StringBuilder(1000);
        xml.append("<rsp:Shell xmlns:rsp=\"").append(Names.SHELL).append("\">");
        field(xml, "ShellId", id);
        String name = asked.attribute("Name");
        if (!name.isEmpty()) {
            field(xml, "Name", name);
        }
        field(xml, "ResourceUri", Names.CMD_SHELL);
        field(xml, "Owner", owner);
        field(xml, "ClientIP", clientIp);
        environment(xml);
        field(
                xml,
                "IdleTimeOut",
                "PT" + idleTimeout.toSeconds() + "." + String.format(Locale.ROOT, "%03d", idleTimeout.toMillisPart())
                        + "S");
        field(xml, "InputStreams", asked.textOf(Names.SHELL, "InputStreams"));
        field(xml, "OutputStreams", asked.textOf(Names.SHELL, "OutputStreams"));
        field(xml, "ShellRunTime", elapsed(created, now));
        field(xml, "ShellInactivity", elapsed(lastUsed, now));
        return xml.append("</rsp:Shell>").toString();
    }

    /** The variables that it was created with. */
    Map<String, String> environment() {
        XmlElement environment = asked.child(Names.SHELL, "Environment");
        if (environment == null) {
            return Map.of();
        }
        return environment.all(Names.SHELL, "Variable").stream()
                .collect(Collectors.toMap(variable -> variable.attribute("Name"), XmlElement::text, (a, b) -> b));
    }

    private void environment(StringBuilder xml) {
        XmlElement environment = asked.child(Names.SHELL, "Environment");
        if (environment == null) {
            return;
        }
        xml.append("<rsp:Environment>");
        for (XmlElement variable : environment.all(Names.SHELL, "Variable")) {
            xml.append("<rsp:Variable Name=\"").append(Xml.escape(variable.attribute("Name")));
            xml.append("\">").append(Xml.escape(variable.text())).append("</rsp:Variable>");
        }
        xml.append("</rsp:Environment>");
    }

    private static void field(StringBuilder xml, String name, String value) {
        xml.append("<rsp:").append(name).append('>').append(Xml.escape(value));
        xml.append("</rsp:").append(name).append('>');
    }

    private static String elapsed(Instant from, Instant to) {
        Duration elapsed = Duration.between(from, to);
        return "P" + elapsed.toDaysPart() + "DT" + elapsed.toHoursPart() + "H" + elapsed.toMinutesPart() + "M"
                + elapsed.toSecondsPart() + "S";
    }
}
