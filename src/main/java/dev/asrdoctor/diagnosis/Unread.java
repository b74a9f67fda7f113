package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.Finding;
import org.jspecify.annotations.Nullable;

/**
 * A check that would settle a cause, and that was not read.
 *
 * @param server on which it would have to be read
 * @param check {@code reachable} where nothing of that server was read
 * @param why what the check says of it; null where it was not run
 */
public record Unread(String server, String check, @Nullable Finding why) {}
