package io.edgefrontier.publish;

/**
 * A marker and what is between it and its end.
 *
 * @param prefix what lines of the block begin with, such as the indentation of a list item
 * @param begin index of the line that the marker begins in
 * @param first index of the line after the marker
 * @param end index of the line of the END marker
 */
record MarkedBlock(Marker marker, String prefix, int begin, int first, int end) {}
