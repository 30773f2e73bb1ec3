package io.edgefrontier.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgefrontier.result.Cell;
import io.edgefrontier.variant.Precision;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForkOrderTest {
  private static final Grid GRID =
      new Grid(
          "resnet8",
          List.of(0.0, 0.25, 0.5, 0.75),
          List.of(Precision.values()),
          List.of(1, 32),
          List.of(1));
  private static final ForkSettings SETTINGS =
      new ForkSettings(3, 1, Iterations.of(1, 500), Iterations.of(3, 500), Duration.ofMinutes(1));

  @Test
  void givesEveryCellItsTurnInEachRound() {
    List<Cell> cells = GRID.cells();
    List<Fork> order = ForkOrder.of(cells, SETTINGS, 42);

    assertEquals(32 * 4, order.size());
    assertEquals(order.size(), new HashSet<>(order).size());
    List<Fork> firstRound = order.subList(0, 64);
    assertEquals(new HashSet<>(cells), new HashSet<>(latencyCells(firstRound)));
    assertEquals(new HashSet<>(cells), new HashSet<>(latencyCells(order.subList(64, 96))));
    assertEquals(32, firstRound.stream().filter(fork -> fork.kind() != ForkKind.LATENCY).count());
  }

  @Test
  void isRandomButTheSameForTheSameSeed() {
    List<Cell> cells = GRID.cells();
    List<Fork> order = ForkOrder.of(cells, SETTINGS, 42);

    assertEquals(order, ForkOrder.of(cells, SETTINGS, 42));
    assertNotEquals(order, ForkOrder.of(cells, SETTINGS, 43));
    assertNotEquals(latencyCells(order.subList(64, 96)), latencyCells(order.subList(96, 128)));
  }

  @Test
  void namesFilesAfterCellKindAndNumber() {
    Cell cell = GRID.cells().get(7);
    assertEquals("resnet8-p0.25-int8-b1-t1-2", new Fork(cell, ForkKind.LATENCY, 2).fileName());
    assertEquals(
        "resnet8-p0.25-int8-b1-t1-cold-1", new Fork(cell, ForkKind.COLD_START, 1).fileName());
  }

  @Test
  void refusesGridsAndSettingsThatMeasureNothing() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Grid("m", List.of(0.5, 0.5), List.of(Precision.FP32), List.of(1), List.of(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Grid("m", List.of(), List.of(Precision.FP32), List.of(1), List.of(1)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new ForkSettings(
                0, 1, Iterations.of(1, 500), Iterations.of(3, 500), Duration.ofMinutes(1)));
    assertThrows(IllegalArgumentException.class, () -> Iterations.of(1, 0));
  }

  private static List<Cell> latencyCells(List<Fork> forks) {
    return forks.stream().filter(fork -> fork.kind() == ForkKind.LATENCY).map(Fork::cell).toList();
  }
}
