package io.edgefrontier.analysis;

/**
 * The smallest slow-down that so many forks of each of two labels show.
 *
 * @param forks of each label
 * @param share slow-down that the verdict finds in 80 % of trials: 0.02 for 2 %; NaN where there
 *     are too few forks to find any
 */
public record DetectableDifference(int forks, double share) {}
