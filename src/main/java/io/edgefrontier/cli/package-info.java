/**
 * The command line: one small class per command, each of which composes stages out of the other
 * packages.
 *
 * <p>In: arguments, files. Out: the files of a run, text for people, the exit code.
 */
package io.edgefrontier.cli;
