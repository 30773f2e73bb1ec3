/**
 * The JMH benchmarks and profilers: what runs inside a fork.
 *
 * <p>In: a folder of variants with its variants.csv, named by the system property {@code
 * edgefrontier.variants}; for {@link io.edgefrontier.bench.LoweringBenchmark} the name of a
 * network, whose archives it writes itself. Out: JMH results.
 */
package io.edgefrontier.bench;
