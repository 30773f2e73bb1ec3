package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.Window;
import io.edgefrontier.torchscript.Value.Symbol;
import io.edgefrontier.torchscript.Value.Text;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Convolutions of images, and of sequences, which become images of height 1: {@code conv1d(x) ->
 * squeeze(conv2d(unsqueeze(x, 2)), 2)}.
 */
final class ConvolutionOperators {
  private static final String CONVOLUTION =
      "input weight bias stride padding dilation transposed output_padding groups";
  private static final Size2d ONE = Size2d.of(1);
  private static final Size2d ZERO = Size2d.of(0);

  private ConvolutionOperators() {}

  /** Adds the operators to {@code table}, under their names in code. */
  static void register(Map<String, Operator> table) {
    String plain = "input weight bias? stride? padding? dilation? groups?";
    String transposed = "input weight bias? stride? padding? output_padding? groups? dilation?";
    for (String rank : new String[] {"1d", "2d"}) {
      table.put("torch.conv" + rank, new Operator(plain, (a, g) -> conv(a, g, false)));
      table.put(
          "torch.conv_transpose" + rank, new Operator(transposed, (a, g) -> conv(a, g, true)));
    }
    table.put("torch._convolution_mode", new Operator(plain, (a, g) -> conv(a, g, false)));
    table.put("torch.convolution", new Operator(CONVOLUTION, ConvolutionOperators::any));
    table.put(
        "torch._convolution",
        new Operator(
            CONVOLUTION + " benchmark? deterministic? cudnn? tf32?", ConvolutionOperators::any));
  }

  private static Value any(Arguments a, GraphBuilder graph) throws IOException {
    return conv(a, graph, a.flag("transposed", false));
  }

  private static Value conv(Arguments a, GraphBuilder graph, boolean transposed)
      throws IOException {
    int rank = GraphBuilder.stored(a.value("weight")).sizes().size();
    if (rank != 3 && rank != 4) {
      throw a.wrong("weight", "a weight of 3 or 4 dimensions, for sequences or images");
    }
    Symbol input = a.tensor("input");
    if (input.shape().rank() != rank || input.type().isBatched(1)) {
      throw a.wrong("input", "a batch of %d dimensions".formatted(rank));
    }
    boolean sequence = rank == 3;
    Value weight = a.value("weight");
    Symbol image = sequence ? Sequences.asImage(graph, input) : input;
    Tensor kernel = graph.tensor(sequence ? StoredTensors.asImage(weight) : weight);
    Symbol result =
        transposed
            ? transposed(a, graph, image, kernel, sequence)
            : plain(a, graph, image, kernel, sequence);
    return sequence ? Sequences.ofImage(graph, result) : result;
  }

  private static Symbol plain(
      Arguments a, GraphBuilder graph, Symbol image, Tensor weight, boolean sequence)
      throws IOException {
    Window unpadded = window(a, weight, sequence, ZERO);
    Symbol input = image;
    Window window;
    if (a.value("padding") instanceof Text text) {
      window = unpadded;
      if (text.value().equals("same")) {
        input = padded(graph, image, unpadded);
      } else if (!text.value().equals("valid")) {
        throw a.wrong("padding", "integers, \"same\" or \"valid\"");
      }
    } else {
      window = window(a, weight, sequence, Sequences.size(a, "padding", ZERO, 0, sequence));
    }
    Optional<Tensor> bias = graph.optionalTensor(a.value("bias"));
    Op op = new Layer.Conv2d(weight, bias, window, a.integer("groups", 1));
    return graph.add(name(a, "conv"), op, input);
  }

  /** Pads so that the size stays; of an odd number the larger half goes to the end. */
  private static Symbol padded(GraphBuilder graph, Symbol image, Window window) {
    int height = window.dilation().h() * (window.kernel().h() - 1);
    int width = window.dilation().w() * (window.kernel().w() - 1);
    int left = width / 2;
    int top = height / 2;
    if (height == 0 && width == 0) {
      return image;
    }
    return graph.add("pad", new Reshaping.Pad(left, width - left, top, height - top, 0), image);
  }

  private static Symbol transposed(
      Arguments a, GraphBuilder graph, Symbol image, Tensor weight, boolean sequence)
      throws IOException {
    Op op =
        new Layer.ConvTranspose2d(
            weight,
            graph.optionalTensor(a.value("bias")),
            window(a, weight, sequence, Sequences.size(a, "padding", ZERO, 0, sequence)),
            Sequences.size(a, "output_padding", ZERO, 0, sequence),
            a.integer("groups", 1));
    return graph.add(name(a, "conv_transpose"), op, image);
  }

  private static String name(Arguments a, String ifUnknown) {
    return GraphBuilder.layerName(a.value("weight"), ifUnknown);
  }

  private static Window window(Arguments a, Tensor weight, boolean sequence, Size2d padding) {
    return new Window(
        new Size2d(weight.shape().dim(2), weight.shape().dim(3)),
        Sequences.size(a, "stride", ONE, 1, sequence),
        padding,
        Sequences.size(a, "dilation", ONE, 1, sequence));
  }
}
