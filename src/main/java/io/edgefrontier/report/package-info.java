/**
 * What a reader sees of a finished sweep: the terminal's table, the results page in Markdown, and
 * summary.json.
 *
 * <p>{@link io.edgefrontier.report.Findings} flows in, text flows out; every function is pure, and
 * its text is the same whatever the default locale. Absent values (NaN) are shown as {@code -} or
 * {@code null}, never as 0. Names and error texts are foreign text: each format escapes them.
 */
package io.edgefrontier.report;
