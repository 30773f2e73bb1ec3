/**
 * Tables that people show: in a README, a paper, a pull request or a spreadsheet.
 *
 * <p>{@link io.edgefrontier.publish.PublishedRun}s and {@link io.edgefrontier.publish.TableOptions}
 * flow in, one {@link io.edgefrontier.publish.PublishedTable} is made of them, and a {@link
 * io.edgefrontier.publish.TableFormat} turns it into text; every function is pure, and its text is
 * the same whatever the default locale. Absent figures are shown as absent, never as 0. Names,
 * reasons and facts are foreign text: each format escapes them.
 *
 * <p>{@link io.edgefrontier.publish.MarkedFile} keeps such text in place between the markers of a
 * Markdown file. It reads that file and writes none.
 */
package io.edgefrontier.publish;
