/**
 * Records of what was measured, and the only code that reads or writes CSV and JMH's JSON.
 *
 * <p>Numbers are {@code double}; <b>NaN means absent</b> (not measured, or not to be had) and is an
 * empty field in a file, as pandas reads and writes it. Nothing absent is ever 0.
 */
package io.edgefrontier.result;
