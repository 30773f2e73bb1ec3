package io.edgefrontier.analysis;

/**
 * A rate in two ways, for there may be forks for a few real trials only.
 *
 * @param disjoint over real trials, none of which shares a fork with another
 * @param resampled over trials whose forks are drawn with replacement from all that there are: what
 *     to expect if these forks are typical of the machine
 */
public record TrialRates(TrialRate disjoint, TrialRate resampled) {}
