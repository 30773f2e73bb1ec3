package io.edgefrontier.sweep;

import java.nio.file.Path;

/**
 * What a sweep measures and where it puts the results.
 *
 * @param variants folder of variants.csv and its archives; handed to the forks as it stands
 * @param output folder that gets forks/, forks.jsonl and jmh.json
 * @param seed of the order of forks
 * @param verbose whether JMH's own output is copied to stderr
 */
public record SweepPlan(
    Path variants, Path output, Grid grid, ForkSettings settings, long seed, boolean verbose) {}
