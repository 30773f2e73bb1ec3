package io.edgefrontier.engine;

import ai.djl.ndarray.NDManager;

/** Counts the arrays that nothing will free but the end of the process. */
final class NativeArrays {
  private NativeArrays() {}

  /** Returns the number of arrays that the engine's root manager holds itself. */
  static int unowned() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      return manager.getParentManager().getManagedArrays().size();
    }
  }
}
