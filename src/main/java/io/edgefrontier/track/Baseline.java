package io.edgefrontier.track;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A run that later ones are compared with.
 *
 * @param run folder of the run
 * @param commit of the program that was measured; empty where it is not known
 * @param time of the run
 */
public record Baseline(String name, String machineId, Path run, String commit, Instant time) {}
