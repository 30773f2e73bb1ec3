package io.edgefrontier.torchscript;

import java.io.IOException;

/** Counts work, so that it ends whatever an archive says. */
@FunctionalInterface
interface Work {
  /**
   * Counts work before it is done.
   *
   * @param count about the number of values that are looked at or made
   * @throws IOException if that is more than a network needs
   */
  void spend(long count) throws IOException;
}
