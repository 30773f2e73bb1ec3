package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.result.Memory;
import io.edgefrontier.result.ResidentMemory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryBudgetsTest {
  private static MemoryBudgets budgets(double active, Double... tracked) {
    return new MemoryBudgets(List.of(tracked), active, BudgetMetric.MODEL_MEMORY_MB);
  }

  private static Memory model(double mb) {
    return new Memory(mb, 1, new ResidentMemory(100, 10, 0));
  }

  /** The seed's worked table. */
  @ParameterizedTest
  @CsvSource({
    "25.3, true, true, false",
    "17.7, true, false, false",
    "8.8, false, false, true",
    "6.2, false, false, true"
  })
  void reproducesTheWorkedTable(double memoryMb, boolean over10, boolean over20, boolean accepted) {
    MemoryBudgets budgets = budgets(12.0, 10.0, 20.0);
    assertEquals(List.of("violates_10mb", "violates_20mb"), budgets.columns());
    assertEquals(
        List.of(Optional.of(over10), Optional.of(over20)),
        budgets.memoryViolations(model(memoryMb)));
    assertEquals(accepted, budgets.accepts(model(memoryMb)));
  }

  @Test
  void equalIsWithinTheBudget() {
    assertEquals(List.of(Optional.of(false)), budgets(12, 12.0).memoryViolations(model(12)));
    assertTrue(budgets(12, 12.0).accepts(model(12)));
  }

  @Test
  void anAbsentFigureIsNeitherViolationNorAccepted() {
    assertEquals(List.of(Optional.empty()), budgets(12, 12.0).memoryViolations(Memory.ABSENT));
    assertFalse(budgets(12, 12.0).accepts(Memory.ABSENT));
  }

  @Test
  void columnsHaveTheShortestDecimal() {
    assertEquals(List.of("violates_0.25mb", "violates_1024mb"), budgets(1, 0.25, 1024.0).columns());
  }

  @ParameterizedTest
  @CsvSource({"MODEL_MEMORY_MB, 8", "RUNTIME_MEMORY_MB, 9", "PEAK_RSS_MB, 100"})
  void limitsTheMetricThatIsAskedFor(BudgetMetric metric, double mb) {
    assertEquals(mb, metric.of(model(8)));
    assertEquals(metric, BudgetMetric.parse(metric.label()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoBudget(double budget) {
    assertEquals(
        "a tracked memory budget must be a finite number of MiB > 0, got " + budget,
        assertThrows(IllegalArgumentException.class, () -> budgets(12, 10.0, budget)).getMessage());
    assertEquals(
        "the active memory budget must be a finite number of MiB > 0, got " + budget,
        assertThrows(IllegalArgumentException.class, () -> budgets(budget, 10.0)).getMessage());
  }

  @Test
  void refusesNoneAndRepeatedBudgets() {
    assertEquals(
        "no memory budget to track; give at least one, in MiB",
        assertThrows(IllegalArgumentException.class, () -> budgets(12)).getMessage());
    assertEquals(
        "tracked memory budgets must not repeat, got [10.0, 10.0]",
        assertThrows(IllegalArgumentException.class, () -> budgets(12, 10.0, 10.0)).getMessage());
    assertEquals(
        "unknown budget metric 'rss'; available: model_memory_mb, runtime_memory_mb, peak_rss_mb",
        assertThrows(IllegalArgumentException.class, () -> BudgetMetric.parse("rss")).getMessage());
  }
}
