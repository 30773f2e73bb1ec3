/**
 * What a run looks like: its pictures and its page, drawn by the scripts of this package's
 * resources.
 *
 * <p>{@link io.edgefrontier.report.Findings} flow in, SVG, PNG and HTML flow out. The same scripts
 * draw in the browser and, interpreted by Rhino, in the pictures, so that both always agree. Names
 * and error texts are foreign text: whatever prints them escapes them.
 */
package io.edgefrontier.page;
