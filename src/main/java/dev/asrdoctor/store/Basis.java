package dev.asrdoctor.store;

import java.nio.file.Path;

/**
 * What a set of facts was read with, and is judged by, so that the judgement can be made again.
 *
 * @param tool version of the asrdoctor that read it
 * @param inventory that it was read with
 * @param policy SHA-256 of the policy that is kept beside the facts, empty for the built-in values
 * @param declared SHA-256 of the declared differences that are kept beside the facts, empty where there are none
 */
public record Basis(String tool, Path inventory, String policy, String declared) {}
