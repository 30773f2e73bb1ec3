package io.edgefrontier.engine;

/**
 * How training stands after an epoch.
 *
 * @param epoch the epoch that ended, from 1
 * @param epochs how many there will be
 * @param loss mean cross-entropy over the epoch's samples, as they were when they were trained on
 * @param trainingAccuracy share of them that were classified correctly
 */
public record EpochReport(int epoch, int epochs, double loss, double trainingAccuracy) {}
