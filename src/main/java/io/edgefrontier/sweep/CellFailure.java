package io.edgefrontier.sweep;

import io.edgefrontier.result.Cell;

/**
 * Why a cell has no figures.
 *
 * @param reason of the first fork that failed; the cell's later forks were not run
 */
public record CellFailure(Cell cell, String reason) {}
