package io.edgefrontier.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.optimizer.Adam;
import java.util.Map;
import java.util.function.Function;

/**
 * DJL's Adam, whose moment estimates end with a manager. DJL itself leaves them to the garbage
 * collector, which does not see how much native memory they hold.
 */
final class ScopedAdam extends Adam {
  private final NDManager owner;

  ScopedAdam(Adam.Builder builder, NDManager owner) {
    super(builder);
    this.owner = owner;
  }

  @Override
  protected NDArray withDefaultState(
      Map<String, Map<Device, NDArray>> state,
      String key,
      Device device,
      Function<String, NDArray> defaultFunction) {
    NDArray moments = super.withDefaultState(state, key, device, defaultFunction);
    if (moments.getManager() != owner) {
      moments.attach(owner);
    }
    return moments;
  }
}
