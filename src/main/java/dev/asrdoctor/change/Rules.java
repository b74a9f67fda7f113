package dev.asrdoctor.change;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.policy.Policy;
import java.nio.file.Path;

/** Reads a policy that was kept beside facts. */
@FunctionalInterface
public interface Rules {
    Policy read(Path file) throws ConfigException;
}
