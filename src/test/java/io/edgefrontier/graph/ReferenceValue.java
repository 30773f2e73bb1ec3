package io.edgefrontier.graph;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A value of {@link ReferenceInterpreter}.
 *
 * <p>For floating-point types {@code data} holds the values themselves, already rounded to the
 * type; integers and booleans are themselves too. For quint8 it holds {@code stored - zeroPoint},
 * so that padding, ReLU and averages are the same loops as for floats and convolution sums are
 * exact integers.
 *
 * @param params empty unless the type is quint8
 */
@SuppressWarnings("ArrayRecordComponent") // a value of a test oracle, never compared
record ReferenceValue(TensorType type, double[] data, Optional<QuantParams> params) {

  /** Returns a plain value, each element of a floating-point one rounded to {@code type}. */
  static ReferenceValue rounded(TensorType type, double[] data) {
    if (!type.dtype().isFloat()) {
      return new ReferenceValue(type, data, Optional.empty());
    }
    float[] floats = new float[data.length];
    for (int i = 0; i < data.length; i++) {
      floats[i] = (float) data[i];
    }
    float[] rounded = Tensor.ofFloats(type.shape(), floats).to(type.dtype()).toFloats();
    double[] result = new double[data.length];
    for (int i = 0; i < data.length; i++) {
      result[i] = rounded[i];
    }
    return new ReferenceValue(type, result, Optional.empty());
  }

  /** Returns real numbers as values of {@code type}: integers towards zero, booleans 0 or 1. */
  static ReferenceValue cast(TensorType type, double[] reals) {
    return switch (type.dtype()) {
      case INT64 ->
          rounded(
              type, Arrays.stream(reals).map(x -> x < 0 ? Math.ceil(x) : Math.floor(x)).toArray());
      case BOOL -> rounded(type, Arrays.stream(reals).map(x -> x == 0 ? 0 : 1).toArray());
      default -> rounded(type, reals);
    };
  }

  /** Returns what a stored tensor holds. */
  static ReferenceValue stored(Tensor tensor) {
    ByteBuffer bytes = tensor.buffer();
    double[] data = new double[Math.toIntExact(tensor.shape().elements())];
    for (int i = 0; i < data.length; i++) {
      data[i] =
          switch (tensor.dtype()) {
            case INT64 -> bytes.getLong(8 * i);
            case BOOL -> bytes.get(i);
            default -> tensor.toFloats()[i];
          };
    }
    return new ReferenceValue(tensor.type(), data, Optional.empty());
  }

  /** Returns a quint8 value: real numbers mapped by {@code params}, half to even, saturating. */
  static ReferenceValue quantized(Shape shape, double[] reals, QuantParams params) {
    double[] steps = new double[reals.length];
    for (int i = 0; i < reals.length; i++) {
      steps[i] = reals[i] / params.scale();
    }
    return ofSteps(shape, steps, params);
  }

  /** Returns a quint8 value from distances to the zero point, in steps, still unrounded. */
  static ReferenceValue ofSteps(Shape shape, double[] steps, QuantParams params) {
    double[] centred = new double[steps.length];
    for (int i = 0; i < steps.length; i++) {
      double low = -params.zeroPoint();
      centred[i] = Math.min(Math.max(Math.rint(steps[i]), low), low + 255);
    }
    return new ReferenceValue(new TensorType(DType.QUINT8, shape), centred, Optional.of(params));
  }

  Shape shape() {
    return type.shape();
  }

  /** Returns the real numbers that the value stands for. */
  double[] reals() {
    double scale = params.map(p -> (double) p.scale()).orElse(1.0);
    double[] reals = new double[data.length];
    for (int i = 0; i < data.length; i++) {
      reals[i] = scale * data[i];
    }
    return reals;
  }

  /** Returns a value of the same kind (type and mapping) with another shape and other data. */
  ReferenceValue like(Shape shape, double[] newData) {
    return params.isPresent()
        ? ofSteps(shape, newData, params.get())
        : rounded(type.with(shape), newData);
  }
}
