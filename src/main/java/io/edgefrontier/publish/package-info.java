/**
 * Published text: what a run found, kept in place between markers of Markdown files.
 *
 * <p>Text flows in and out; only {@link io.edgefrontier.publish.MarkedFile} reads files, and none
 * is written here.
 */
package io.edgefrontier.publish;
