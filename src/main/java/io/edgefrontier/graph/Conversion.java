package io.edgefrontier.graph;

import java.util.List;

/** Operators that change the element type. */
public sealed interface Conversion extends Op {

  /** Converts between plain types: floating-point, int64 (towards zero) and bool. */
  record Cast(DType dtype) implements Conversion {
    public Cast {
      if (!isPlain(dtype)) {
        throw new IllegalArgumentException(
            "cast is to a floating-point type, INT64 or BOOL, got " + dtype);
      }
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 0, Integer.MAX_VALUE);
      if (!isPlain(input.dtype())) {
        throw new IllegalArgumentException("Cast takes a plain type, got " + input);
      }
      return new TensorType(dtype, input.shape());
    }

    private static boolean isPlain(DType dtype) {
      return dtype.isFloat() || dtype == DType.INT64 || dtype == DType.BOOL;
    }
  }

  /** float32 to quint8, rounding half to even and saturating. */
  record Quantize(QuantParams params) implements Conversion {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 1, Integer.MAX_VALUE);
      if (input.dtype() != DType.FLOAT32) {
        throw new IllegalArgumentException("only FLOAT32 can be quantized, got " + input);
      }
      return new TensorType(DType.QUINT8, input.shape());
    }
  }

  /** quint8 to float32. */
  record Dequantize() implements Conversion {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 1, Integer.MAX_VALUE);
      return new TensorType(DType.FLOAT32, Inference.requireQuantized(this, input).shape());
    }
  }
}
