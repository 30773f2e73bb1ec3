package io.edgefrontier.sweep;

import java.time.Duration;

/**
 * What stopping early has spared a sweep, in latency forks of the cells that did not fail.
 *
 * @param forks that count in the result
 * @param mostForks that would, had every cell got the maximum
 * @param time that the difference would have taken, at the mean time of a latency fork
 */
public record Savings(int forks, int mostForks, Duration time) {}
