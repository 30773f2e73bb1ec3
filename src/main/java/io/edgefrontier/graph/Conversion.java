package io.edgefrontier.graph;

import java.util.List;

/** Operators that change how a value is stored: its element type, or the order of its elements. */
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

  /**
   * Stores images with the channels of each pixel side by side; a graph sees the same value.
   *
   * <p>The engine refuses images of another size than in the graph, before a kernel that does not
   * look at their size reads beyond their end.
   */
  record ChannelsLast() implements Conversion {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      return Inference.only(this, inputs, 4, 4);
    }
  }

  /** Stores a value in the order of its axes again; a graph sees the same value. */
  record Contiguous() implements Conversion {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      return Inference.only(this, inputs, 0, Integer.MAX_VALUE);
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
