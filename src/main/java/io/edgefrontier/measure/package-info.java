/**
 * Measures beside latency: accuracy of an archive, memory of a process, the state of the machine
 * around a fork, the environment of a run.
 *
 * <p>In: archives, samples, the machine. Out: values; what a platform cannot tell is absent.
 */
package io.edgefrontier.measure;
