package io.edgefrontier.track;

import java.util.Map;

/**
 * One cell of a run, as tracking sees it.
 *
 * @param key what makes it the same cell in another run: benchmark and parameters, such as {@code
 *     InferenceBenchmark.forward batchSize=1 model=resnet8 precision=int8 pruningLevel=0.5}
 * @param conditions what must be equal for a verdict, by name: jdk, djl, libtorch, threads,
 *     affinity, blackhole, jmh (warm-up, iterations, times), archive
 * @param samples what was measured
 * @param exact figures that are compared exactly: archive_bytes, parameters, macs
 * @param answers for each validation sample in order, whether the variant's class was right; empty
 *     where accuracy is unknown
 * @param error empty, or why the cell has no figures
 */
public record TrackedCell(
    String key,
    Map<String, String> conditions,
    Map<Metric, Sample> samples,
    Map<String, Long> exact,
    java.util.BitSet answers,
    int answered,
    String error) {}
