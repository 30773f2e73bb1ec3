package io.edgefrontier.prune;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What makes a channel more important than another. A pruning group's channels go from several
 * layers at once, and each has one importance over all of them.
 */
public enum Importance {
  /**
   * Sum, over the layers of the group, of the L1 norm of the channel's filter.
   *
   * @see <a href="https://arxiv.org/abs/1608.08710">Li et al., 2017</a>
   */
  L1,
  /** Sum, over the layers of the group, of the L2 norm of the channel's filter. */
  L2,
  /**
   * Mean, over the batch norms that the channel passes, of the absolute scale. Groups of which a
   * channel passes none are left whole.
   *
   * @see <a href="https://arxiv.org/abs/1708.06519">Liu et al., 2017</a>
   */
  BATCH_NORM,
  /** Independent of the network, uniform in [0, 1), seeded: what the others have to beat. */
  RANDOM,
  /**
   * Mean, over batches, of {@code (sum of w * dL/dw)^2}: L the loss, batch norm as in evaluation,
   * and w all weights that read the channel. The sum is the first-order change of the loss when the
   * channel goes, whatever lies between the layers that make it and those that read it: the
   * gradient of a gate on the channel.
   *
   * @see <a href="https://arxiv.org/abs/1906.10771">Molchanov et al., 2019</a>
   */
  TAYLOR;

  /** Returns the name used on the command line, such as {@code batch-norm}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the importance with this label.
   *
   * @throws IllegalArgumentException naming the choices if there is none
   */
  public static Importance parse(String label) {
    return Arrays.stream(values())
        .filter(importance -> importance.label().equals(label.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown importance '%s'; available: %s".formatted(label, choices())));
  }

  private static String choices() {
    return Arrays.stream(values()).map(Importance::label).collect(Collectors.joining(", "));
  }
}
