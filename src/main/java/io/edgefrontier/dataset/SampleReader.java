package io.edgefrontier.dataset;

import java.io.IOException;

/** Brings one sample's values into memory, from wherever they are kept. */
@FunctionalInterface
public interface SampleReader {
  /**
   * Reads one sample.
   *
   * @param index of the sample, from 0
   * @param target receives the sample's values, row-major, from {@code offset}
   * @throws IOException naming the file, and the row where it has rows, if it cannot be read
   */
  void read(int index, float[] target, int offset) throws IOException;
}
