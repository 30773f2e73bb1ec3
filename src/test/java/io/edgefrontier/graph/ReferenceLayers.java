package io.edgefrontier.graph;

import io.edgefrontier.graph.Layer.ConvTranspose2d;
import io.edgefrontier.graph.Normalization.GroupNorm;
import io.edgefrontier.graph.Normalization.LayerNorm;
import java.util.Optional;

/** The loops of {@link ReferenceInterpreter} for layers other than convolution and linear. */
final class ReferenceLayers {
  private ReferenceLayers() {}

  /** Adds every input, times the kernel, to the places that a convolution would read it from. */
  static double[] convTranspose(ReferenceValue in, ConvTranspose2d conv, Shape out) {
    float[] weight = conv.weight().toFloats();
    Shape kernel = conv.weight().shape();
    int inPerGroup = conv.inChannels() / conv.groups();
    double[] result = new double[Math.toIntExact(out.elements())];
    for (int i = 0; i < in.data().length; i++) {
      int[] at = ReferenceKernels.position(i, in.shape());
      for (int w = at[1] * kernel.strides().get(0);
          w < (at[1] + 1) * kernel.strides().get(0);
          w++) {
        int[] tap = ReferenceKernels.position(w, kernel);
        int channel = at[1] / inPerGroup * kernel.dim(1) + tap[1];
        int row = ReferenceKernels.row(conv.window(), at[2], tap[2]);
        int column = ReferenceKernels.column(conv.window(), at[3], tap[3]);
        if (row >= 0 && row < out.dim(2) && column >= 0 && column < out.dim(3)) {
          int to = ((at[0] * out.dim(1) + channel) * out.dim(2) + row) * out.dim(3) + column;
          result[to] += in.data()[i] * weight[w];
        }
      }
    }
    return result;
  }

  static double[] prelu(ReferenceValue in, float[] slopes) {
    double[] result = in.data().clone();
    for (int i = 0; i < result.length; i++) {
      int channel = ReferenceKernels.position(i, in.shape())[1];
      if (result[i] < 0) {
        result[i] *= slopes[slopes.length == 1 ? 0 : channel];
      }
    }
    return result;
  }

  static double[] embedding(ReferenceValue in, Tensor weight) {
    float[] rows = weight.toFloats();
    int features = weight.shape().dim(1);
    double[] result = new double[in.data().length * features];
    for (int i = 0; i < result.length; i++) {
      result[i] = rows[((int) in.data()[i / features]) * features + i % features];
    }
    return result;
  }

  static double[] layerNorm(ReferenceValue in, LayerNorm norm) {
    int size = Math.toIntExact(norm.shape().elements());
    double[] result = normalized(in.data(), size, norm.epsilon());
    for (int i = 0; i < result.length; i++) {
      result[i] = result[i] * at(norm.weight(), i % size, 1) + at(norm.bias(), i % size, 0);
    }
    return result;
  }

  static double[] groupNorm(ReferenceValue in, GroupNorm norm) {
    int size = in.data().length / in.shape().dim(0) / norm.groups();
    double[] result = normalized(in.data(), size, norm.epsilon());
    for (int i = 0; i < result.length; i++) {
      int channel = ReferenceKernels.position(i, in.shape())[1];
      result[i] = result[i] * at(norm.weight(), channel, 1) + at(norm.bias(), channel, 0);
    }
    return result;
  }

  private static double at(Optional<Tensor> tensor, int index, double otherwise) {
    return tensor.map(t -> (double) t.toFloats()[index]).orElse(otherwise);
  }

  /** Returns {@code (x - mean) / sqrt(variance + epsilon)} within each run of {@code size}. */
  private static double[] normalized(double[] data, int size, double epsilon) {
    double[] result = new double[data.length];
    for (int start = 0; start < data.length; start += size) {
      double mean = 0;
      for (int i = start; i < start + size; i++) {
        mean += data[i] / size;
      }
      double variance = 0;
      for (int i = start; i < start + size; i++) {
        variance += (data[i] - mean) * (data[i] - mean) / size;
      }
      for (int i = start; i < start + size; i++) {
        result[i] = (data[i] - mean) / Math.sqrt(variance + epsilon);
      }
    }
    return result;
  }
}
