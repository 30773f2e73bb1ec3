package io.edgefrontier.energy;

import java.io.IOException;
import java.util.List;

/** A battery that feeds the machine: its power is the machine's only while it discharges. */
final class DischargingBattery extends PowerMeter {
  static final String DISCHARGING = "Discharging";

  private final Attribute status;

  DischargingBattery(String label, Attribute status, List<Attribute> factors, double wattsPerUnit) {
    super(label, factors, wattsPerUnit, 0);
    this.status = status;
  }

  /** Returns the power; drivers disagree on the sign of what leaves a battery. */
  @Override
  double watts() throws IOException {
    status.expect(DISCHARGING);
    return Math.abs(super.watts());
  }

  @Override
  public void close() throws IOException {
    status.close();
    super.close();
  }
}
