/**
 * Performance regression tracking: runs reduced to the samples of their cells, compared cell by
 * cell and followed over time.
 *
 * <p>In: folders of runs and JMH files. Out: verdicts, histories, and the files of baselines.
 */
package io.edgefrontier.track;
