package io.edgefrontier.sweep;

import io.edgefrontier.result.Cell;

/**
 * Why a cell has no figures.
 *
 * @param reason of its last fork that failed, with the end of what that printed
 */
public record CellFailure(Cell cell, String reason) {}
