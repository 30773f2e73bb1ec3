package io.edgefrontier.report;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What belongs beside an advice and is not in the rows.
 *
 * @param run folder of the run
 * @param memoryMetric column that the memory limit applies to, such as {@code model_memory_mb}
 * @param ownBudget whether the memory limit is the run's own active budget
 * @param batchSize of the cells that were considered; empty for all
 * @param threads likewise
 * @param latencyMultiplier 1 where latencies are those of the machine that measured
 * @param rough whether the figures come from {@code --quick}
 * @param archive of the chosen cell; empty where none was chosen or the manifest names none
 */
public record AdviceNotes(
    String run,
    String memoryMetric,
    boolean ownBudget,
    OptionalInt batchSize,
    OptionalInt threads,
    double latencyMultiplier,
    boolean rough,
    Optional<ShippedArchive> archive) {}
