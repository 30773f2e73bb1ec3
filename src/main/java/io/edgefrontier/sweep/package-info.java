/**
 * Drives JMH fork by fork: order, launch, timeout, a file per fork, the combined jmh.json.
 *
 * <p>In: a {@link io.edgefrontier.sweep.SweepPlan} over a folder of variants. Out: {@code
 * forks/*.json}, {@code forks.jsonl} and {@code jmh.json}, and why cells failed.
 */
package io.edgefrontier.sweep;
