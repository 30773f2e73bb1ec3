package io.edgefrontier.graph;

import java.util.List;

/** Operators that change the element type. */
public sealed interface Conversion extends Op {

  /** Converts from one floating-point type to another. */
  record Cast(DType dtype) implements Conversion {
    public Cast {
      if (!dtype.isFloat()) {
        throw new IllegalArgumentException("cast is to a floating-point type, got " + dtype);
      }
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 1, Integer.MAX_VALUE);
      return new TensorType(dtype, Inference.requireFloat(this, input).shape());
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
