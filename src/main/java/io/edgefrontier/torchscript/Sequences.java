package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.torchscript.Value.Symbol;

/** Batches of sequences [batch, channels, length] as images of height 1, and back. */
final class Sequences {
  private static final int HEIGHT_AXIS = 2;

  private Sequences() {}

  static Symbol asImage(GraphBuilder graph, Symbol sequence) {
    return graph.add("unsqueeze", new Reshaping.Unsqueeze(HEIGHT_AXIS), sequence);
  }

  static Symbol ofImage(GraphBuilder graph, Symbol image) {
    return graph.add("squeeze", new Reshaping.Squeeze(HEIGHT_AXIS), image);
  }

  /**
   * Returns height and width of an argument; that of a sequence is a width.
   *
   * @param height of what stands for a sequence
   */
  static Size2d size(Arguments a, String name, Size2d ifAbsent, int height, boolean sequence) {
    Size2d size = a.pair(name, ifAbsent);
    return sequence ? new Size2d(height, size.w()) : size;
  }
}
