package io.edgefrontier.measure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What else the machine did while a fork ran, and whether that was too much.
 *
 * @param othersBusyCores mean number of the fork's CPUs that other programs kept busy
 * @param stealShare share of the CPUs' time that a hypervisor gave to other machines
 * @param reason why the fork counts as disturbed; empty if it does not
 */
public record Disturbance(
    Optional<Double> othersBusyCores, Optional<Double> stealShare, Optional<String> reason) {
  /**
   * Cores that others may take from those that the fork's threads need. A machine at rest takes a
   * few hundredths of a core. Two busy programs beside a fork of one thread on two cores get 1.33
   * cores of it, 0.33 more than they would leave free; four beside it on four cores 3.2, 0.2 more.
   */
  static final double TOLERATED_CORES = 0.15;

  /** A core that is away for a twentieth of the time shifts a mean by 5 %. */
  static final double TOLERATED_STEAL = 0.05;

  /** Governors step by more than this; the jitter of a steady clock is below. */
  static final double TOLERATED_FREQUENCY_LOSS = 0.10;

  /**
   * Compares the machine before and after a fork that this process started and waited for.
   *
   * @param threads of the fork that compute at the same time; where there are fewer CPUs, it needs
   *     all of them
   * @param cpus that the fork might run on; empty for all
   */
  public static Disturbance between(
      MachineState before, MachineState after, int threads, Optional<CpuList> cpus) {
    Collection<Integer> numbers =
        cpus.<Collection<Integer>>map(CpuList::cpus).orElse(after.cpus().keySet());
    Optional<CpuTicks> ticks = ticks(before, after, numbers);
    Optional<Double> others = ticks.flatMap(during -> othersBusyCores(before, after, during));
    Optional<Double> steal =
        ticks
            .filter(during -> during.total() > 0)
            .map(during -> (double) during.stolen() / during.total());
    int needed = Math.min(threads, numbers.size());
    List<String> reasons = new ArrayList<>();
    others
        .filter(cores -> numbers.size() - cores < needed - TOLERATED_CORES)
        .ifPresent(cores -> reasons.add(crowded(cores, numbers.size(), needed)));
    steal
        .filter(share -> share > TOLERATED_STEAL)
        .ifPresent(
            share ->
                reasons.add(format("the hypervisor took %.1f %% of the CPU time", 100 * share)));
    throttled(before, after).ifPresent(reasons::add);
    slowed(before, after).ifPresent(reasons::add);
    return new Disturbance(
        others, steal, Optional.of(String.join("; ", reasons)).filter(text -> !text.isEmpty()));
  }

  /** Returns what the CPUs did in between; empty if one of them is not told of. */
  private static Optional<CpuTicks> ticks(
      MachineState before, MachineState after, Collection<Integer> cpus) {
    if (cpus.isEmpty()
        || !before.cpus().keySet().containsAll(cpus)
        || !after.cpus().keySet().containsAll(cpus)) {
      return Optional.empty();
    }
    return cpus.stream()
        .map(cpu -> after.cpus().get(cpu).minus(before.cpus().get(cpu)))
        .reduce(CpuTicks::plus);
  }

  private static Optional<Double> othersBusyCores(
      MachineState before, MachineState after, CpuTicks during) {
    double wallTicks = (after.nanoTime() - before.nanoTime()) / 1e9 * CpuTicks.PER_SECOND;
    if (wallTicks <= 0 || before.ownTicks().isEmpty() || after.ownTicks().isEmpty()) {
      return Optional.empty();
    }
    long own = after.ownTicks().get() - before.ownTicks().get();
    // Rounded to ticks in different places, so the difference may come out below nothing.
    return Optional.of(Math.max(0, (during.busy() - own) / wallTicks));
  }

  private static String crowded(double others, int cpus, int needed) {
    return format(
        "other programs kept %.2f of %d CPUs busy, and the fork needs %d", others, cpus, needed);
  }

  private static Optional<String> throttled(MachineState before, MachineState after) {
    return before
        .throttleCount()
        .flatMap(count -> after.throttleCount().map(later -> later - count))
        .filter(events -> events > 0)
        .map(events -> format("cores were throttled for their heat %d times", events));
  }

  private static Optional<String> slowed(MachineState before, MachineState after) {
    return before
        .frequencyMhz()
        .flatMap(
            start ->
                after
                    .frequencyMhz()
                    .filter(end -> end < start * (1 - TOLERATED_FREQUENCY_LOSS))
                    .map(end -> format("the clock fell from %.0f to %.0f MHz", start, end)));
  }

  private static String format(String text, Object... arguments) {
    return String.format(Locale.ROOT, text, arguments);
  }

  /** Returns {@code others_busy_cores} and {@code steal_share}, as far as they are known. */
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    othersBusyCores.ifPresent(value -> facts.put("others_busy_cores", value));
    stealShare.ifPresent(value -> facts.put("steal_share", value));
    return facts;
  }
}
