package io.edgefrontier.sweep;

import io.edgefrontier.result.Cell;

/**
 * Why a cell has no figures.
 *
 * @param reason of the first fork that failed; the cell's later forks were not run
 * @param logTail the end of what JMH and that fork printed
 */
public record CellFailure(Cell cell, String reason, String logTail) {}
