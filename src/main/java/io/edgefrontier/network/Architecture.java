package io.edgefrontier.network;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The built-in networks, layer by layer. */
enum Architecture {
  /** Two convolutions and a linear layer, without batch norm. */
  SMALL_CNN("SmallCNN") {
    @Override
    void build(LayerStack layers, int classes) {
      layers
          .conv("conv1", 16, 3, 1, true)
          .relu("relu1")
          .maxPool("pool", 2, 2, 0)
          .conv("conv2", 32, 3, 1, true)
          .relu("relu2")
          .globalAveragePool("mean")
          .linear("fc", classes);
    }
  },

  /**
   * The image-classification network of MLPerf Tiny: a stem and three residual stacks of one block.
   * Convolutions that a batch norm follows have no bias, which the batch norm would cancel.
   *
   * @see <a href="https://arxiv.org/abs/2106.07597">Banbury et al., 2021</a>
   */
  RESNET8("resnet8") {
    @Override
    void build(LayerStack layers, int classes) {
      layers.conv("stem.conv", 16, 3, 1, false).batchNorm("stem.bn").relu("stem.relu");
      residualStack(layers, "stack1", 16, 1);
      residualStack(layers, "stack2", 32, 2);
      residualStack(layers, "stack3", 64, 2);
      layers.globalAveragePool("mean").linear("fc", classes);
    }
  },

  /**
   * The depthwise-separable network of MLPerf Tiny's keyword spotting, with a 3x3 stem for images
   * where the original has 10x4 for spectrograms.
   *
   * @see <a href="https://arxiv.org/abs/1711.07128">Zhang et al., 2017</a>
   */
  DS_CNN("ds-cnn") {
    @Override
    void build(LayerStack layers, int classes) {
      layers.conv("stem.conv", 64, 3, 2, false).batchNorm("stem.bn").relu("stem.relu");
      for (int i = 1; i <= 4; i++) {
        String block = "block" + i;
        layers
            .depthwise(block + ".depthwise", 1)
            .batchNorm(block + ".bn1")
            .relu(block + ".relu1")
            .conv(block + ".pointwise", 64, 1, 1, false)
            .batchNorm(block + ".bn2")
            .relu(block + ".relu2");
      }
      layers.globalAveragePool("mean").linear("fc", classes);
    }
  },

  /** Three linear layers. */
  MLP("mlp") {
    @Override
    void build(LayerStack layers, int classes) {
      layers
          .flatten("flatten")
          .linear("fc1", 128)
          .relu("relu1")
          .linear("fc2", 64)
          .relu("relu2")
          .linear("fc3", classes);
    }
  };

  private final String label;

  Architecture(String label) {
    this.label = label;
  }

  /** Appends every layer of the network to {@code layers}. */
  abstract void build(LayerStack layers, int classes);

  String label() {
    return label;
  }

  static Optional<Architecture> find(String name) {
    return Arrays.stream(values())
        .filter(architecture -> architecture.label.equalsIgnoreCase(name.strip()))
        .findFirst();
  }

  static Architecture parse(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown network '%s'; available: %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(Architecture::label)
                                .collect(Collectors.joining(", ")))));
  }

  private static void residualStack(LayerStack layers, String name, int channels, int stride) {
    String input = layers.top();
    layers
        .conv(name + ".conv1", channels, 3, stride, false)
        .batchNorm(name + ".bn1")
        .relu(name + ".relu1")
        .conv(name + ".conv2", channels, 3, 1, false)
        .batchNorm(name + ".bn2");
    String main = layers.top();
    String shortcut = input;
    if (stride > 1) {
      shortcut = layers.backTo(input).conv(name + ".shortcut", channels, 1, stride, true).top();
    }
    layers.backTo(main).add(name + ".add", shortcut).relu(name + ".relu2");
  }
}
