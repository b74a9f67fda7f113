package dev.asrdoctor.policy;

import dev.asrdoctor.inventory.Server;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A finding that is known and borne for a time.
 *
 * @param check id of a check, or the part of it before a dot
 * @param servers name with {@code *} for anything
 * @param subject only findings about this; null: about anything
 * @param until the last day on which it holds
 */
public record Waiver(String check, String servers, @Nullable String subject, String reason, LocalDate until) {

    public boolean covers(Server server) {
        return Pattern.compile(Pattern.quote(servers.toLowerCase(Locale.ROOT)).replace("*", "\\E.*\\Q"))
                .matcher(server.name().toLowerCase(Locale.ROOT))
                .matches();
    }

    /** @param id of the check that found it */
    public boolean covers(String id, String about) {
        return (id.equals(check) || id.startsWith(check + ".")) && (subject == null || subject.equalsIgnoreCase(about));
    }
}
