/**
 * The JMH benchmarks and profilers: what runs inside a fork.
 *
 * <p>In: a folder of variants with its variants.csv, named by the system property {@code
 * edgefrontier.variants}. Out: JMH results.
 */
package io.edgefrontier.bench;
