package io.edgefrontier.analysis;

import io.edgefrontier.result.HardwareUse;
import io.edgefrontier.result.HardwareUse.Regime;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Archive;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How well each cell uses the machine, by the roofline model. */
public final class HardwareSummary {
  private static final double GIGA_PER_MS = 1e6;

  private HardwareSummary() {}

  /**
   * Returns one row for each cell with an archive and a latency, in the same order.
   *
   * @param peaks of the machine; without them there is no regime
   * @see <a href="https://doi.org/10.1145/1498765.1498785">Williams et al., 2009</a>
   */
  public static List<HardwareUse> of(List<SweepRow> rows, Optional<HardwarePeaks> peaks) {
    return rows.stream()
        .filter(row -> row.archive().isPresent() && row.latency().rawMs() > 0)
        .map(row -> use(row, row.archive().orElseThrow(), peaks))
        .toList();
  }

  private static HardwareUse use(SweepRow row, Archive archive, Optional<HardwarePeaks> peaks) {
    int batchSize = row.cell().batchSize();
    double macs = perSample(archive.macs()) * batchSize;
    // Weights are read once per call however large the batch; activations grow with it.
    double bytes = archive.modelBytes() + perSample(archive.peakActivationBytes()) * batchSize;
    double ms = row.latency().rawMs(); // what this machine did, not what another would
    double intensity = bytes > 0 ? macs / bytes : Double.NaN;
    return new HardwareUse(
        row.cell(),
        bytes,
        macs,
        macs / ms / GIGA_PER_MS,
        bytes / ms / GIGA_PER_MS,
        intensity,
        Double.isNaN(intensity) ? Optional.empty() : peaks.map(peak -> regime(peak, intensity)));
  }

  private static double perSample(OptionalLong count) {
    return count.isPresent() ? count.getAsLong() : Double.NaN;
  }

  private static Regime regime(HardwarePeaks peaks, double intensity) {
    return intensity >= peaks.ridge() ? Regime.COMPUTE_BOUND : Regime.MEMORY_BOUND;
  }
}
