package io.edgefrontier.energy;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A domain that shows its power at the moment, which is integrated by the trapezoid rule. */
class PowerMeter extends Domain {
  private final Attribute[] factors;
  private final double wattsPerUnit;
  private final long[] shown;
  private double lastWatts;
  private long lastSample;
  private long longestGap;
  private double joules;

  /**
   * @param factors the power itself, or voltage and current
   * @param wattsPerUnit watts when the product of all factors is 1
   */
  PowerMeter(String label, List<Attribute> factors, double wattsPerUnit, long updateNanos) {
    super(label, updateNanos);
    this.factors = factors.toArray(new Attribute[0]);
    this.wattsPerUnit = wattsPerUnit;
    this.shown = new long[factors.size()];
  }

  @Override
  void begin(long nanos) throws IOException {
    super.begin(nanos);
    read();
    lastWatts = watts();
    lastSample = nanos;
    longestGap = 0;
    joules = 0;
  }

  @Override
  void sample(long nanos) throws IOException {
    count(read(), nanos);
    double watts = watts();
    joules += (lastWatts + watts) / 2 * seconds(nanos - lastSample);
    longestGap = Math.max(longestGap, nanos - lastSample);
    lastWatts = watts;
    lastSample = nanos;
  }

  /** Reads all factors; returns whether one differs from before. */
  private boolean read() throws IOException {
    boolean differs = false;
    for (int i = 0; i < factors.length; i++) {
      long now = factors[i].number();
      differs |= now != shown[i];
      shown[i] = now;
    }
    return differs;
  }

  /** Returns the power last read. */
  double watts() throws IOException {
    double product = wattsPerUnit;
    for (long factor : shown) {
      product *= factor;
    }
    return product;
  }

  @Override
  double joules() {
    return joules;
  }

  @Override
  String problem(double seconds) {
    return seconds(longestGap) > EnergyWindow.MAX_GAP * seconds
        ? String.format(
            Locale.ROOT,
            "%s was not sampled for %.2f s of %.1f s",
            label(),
            seconds(longestGap),
            seconds)
        : super.problem(seconds);
  }

  @Override
  public void close() throws IOException {
    for (Attribute factor : factors) {
      factor.close();
    }
  }
}
