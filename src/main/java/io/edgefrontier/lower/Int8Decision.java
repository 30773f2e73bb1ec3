package io.edgefrontier.lower;

/**
 * What int8 lowering does with an operator.
 *
 * @param placement where it runs
 * @param detail of {@link Placement#FLOAT32} why; of {@link Placement#MERGED} the operator that
 *     does its work, empty if nobody has to; of {@link Placement#INT8} empty
 */
public record Int8Decision(Placement placement, String detail) {
  /** Where an operator runs. */
  public enum Placement {
    /** On quint8 values. */
    INT8,
    /** Within another operator, or not at all because it is the identity. */
    MERGED,
    /** On float32 values, dequantized first where they have to be. */
    FLOAT32
  }

  static final Int8Decision INT8 = new Int8Decision(Placement.INT8, "");
  static final Int8Decision IDENTITY = new Int8Decision(Placement.MERGED, "");

  static Int8Decision with(String operator) {
    return new Int8Decision(Placement.MERGED, operator);
  }

  static Int8Decision real(String reason) {
    return new Int8Decision(Placement.FLOAT32, reason);
  }
}
