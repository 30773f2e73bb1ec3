package io.edgefrontier.sweep;

import io.edgefrontier.result.Cell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Interleaves the forks of all cells: rounds in which every cell has its turn, each in a new random
 * order.
 *
 * <p>A machine that gets slower during a sweep then slows every cell alike, and no cell always runs
 * after the same neighbour.
 */
final class ForkOrder {
  private ForkOrder() {}

  /** Returns every fork of the plan; the same for the same seed. */
  static List<Fork> of(List<Cell> cells, ForkSettings settings, long seed) {
    Random random = new Random(seed);
    List<Fork> order = new ArrayList<>();
    int rounds = Math.max(settings.forks(), settings.coldStartForks());
    for (int number = 1; number <= rounds; number++) {
      List<Fork> round = new ArrayList<>();
      for (Cell cell : cells) {
        if (number <= settings.forks()) {
          round.add(new Fork(cell, ForkKind.LATENCY, number));
        }
        if (number <= settings.coldStartForks()) {
          round.add(new Fork(cell, ForkKind.COLD_START, number));
        }
      }
      Collections.shuffle(round, random);
      order.addAll(round);
    }
    return order;
  }
}
