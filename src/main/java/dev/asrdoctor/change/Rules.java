package dev.asrdoctor.change;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.policy.Policy;

/** Reads a policy that was kept beside facts. */
@FunctionalInterface
public interface Rules {
    Policy read(Attachment kept) throws ConfigException;
}
