/**
 * What the figures mean: statistics, the one rule that tells two things apart, memory budgets, the
 * frontier, the recommendation, a self-test of the machine.
 *
 * <p>Pure functions over the records of {@code result}; the two classes that end in {@code Files}
 * do the same from file to file, row by row, for tables of any length.
 */
package io.edgefrontier.analysis;
