/**
 * What the figures mean: statistics, memory budgets, the frontier, the recommendation.
 *
 * <p>Pure functions over the records of {@code result}; the two classes that end in {@code Files}
 * do the same from file to file, row by row, for tables of any length.
 */
package io.edgefrontier.analysis;
