/**
 * Drives JMH fork by fork: order, launch, timeout, resumption, early stop, the combined jmh.json.
 *
 * <p>In: a {@link io.edgefrontier.sweep.SweepPlan} over a folder of variants. Out: {@code
 * sweep.json} (the conditions), {@code forks/*.json}, {@code forks.jsonl} and {@code jmh.json}, and
 * why cells failed.
 */
package io.edgefrontier.sweep;
