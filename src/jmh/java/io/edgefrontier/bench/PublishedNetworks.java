package io.edgefrontier.bench;

import io.edgefrontier.network.LayerStack;

/**
 * Layers of well-known networks, for their shapes: nobody has trained them here.
 *
 * <p>The time of a network does not depend on its values as long as none overflows or is denormal.
 * Kaiming's variance keeps their size through a convolution and the ReLU after it; where a sum or
 * nothing follows the convolution, the batch norm's weight of 0.5 does.
 */
final class PublishedNetworks {
  private static final float BRANCH_WEIGHT = 0.5f;
  private static final int IMAGENET_CLASSES = 1000;

  /** Output channels, stride of each block: those of MobileNet with a quarter of the channels. */
  private static final int[][] SEPARABLE_BLOCKS = {
    {16, 1}, {32, 2}, {32, 1}, {64, 2}, {64, 1}, {128, 2}, {128, 1}, {128, 1}, {128, 1}, {128, 1},
    {128, 1}, {256, 2}, {256, 1}
  };

  /** Expansion, output channels, blocks, stride of the first block of each stage. */
  private static final int[][] INVERTED_STAGES = {
    {1, 16, 1, 1},
    {6, 24, 2, 2},
    {6, 32, 3, 2},
    {6, 64, 4, 2},
    {6, 96, 3, 1},
    {6, 160, 3, 2},
    {6, 320, 1, 1}
  };

  private PublishedNetworks() {}

  /**
   * MobileNet with a quarter of the channels and two classes, as in MLPerf Tiny's visual wake
   * words, which takes images of 3x96x96.
   *
   * @see <a href="https://arxiv.org/abs/1704.04861">Howard et al., 2017</a>
   */
  static LayerStack mobilenetV1(LayerStack layers) {
    layers.conv("stem.conv", 8, 3, 2, false).batchNorm("stem.bn").relu("stem.relu");
    for (int i = 0; i < SEPARABLE_BLOCKS.length; i++) {
      int[] block = SEPARABLE_BLOCKS[i];
      String name = "block" + (i + 1);
      layers
          .depthwise(name + ".depthwise", block[1])
          .batchNorm(name + ".bn1")
          .relu(name + ".relu1")
          .conv(name + ".pointwise", block[0], 1, 1, false)
          .batchNorm(name + ".bn2")
          .relu(name + ".relu2");
    }
    return layers.globalAveragePool("mean").linear("fc", 2);
  }

  /**
   * ResNet of 18 layers for ImageNet, images of 3x224x224.
   *
   * @see <a href="https://arxiv.org/abs/1512.03385">He et al., 2015</a>
   */
  static LayerStack resnet18(LayerStack layers) {
    layers.conv("stem.conv", 64, 7, 2, false).batchNorm("stem.bn").relu("stem.relu");
    layers.maxPool("stem.pool", 3, 2, 1);
    for (int stage = 1; stage <= 4; stage++) {
      int channels = 32 << stage;
      basicBlock(layers, "stage" + stage + ".block1", channels, stage == 1 ? 1 : 2);
      basicBlock(layers, "stage" + stage + ".block2", channels, 1);
    }
    return layers.globalAveragePool("mean").linear("fc", IMAGENET_CLASSES);
  }

  private static void basicBlock(LayerStack layers, String name, int channels, int stride) {
    String input = layers.top();
    String shortcut = input;
    if (stride > 1) {
      layers.conv(name + ".shortcut", channels, 1, stride, false).batchNorm(name + ".shortcut.bn");
      shortcut = layers.top();
    }
    layers
        .backTo(input)
        .conv(name + ".conv1", channels, 3, stride, false)
        .batchNorm(name + ".bn1")
        .relu(name + ".relu1")
        .conv(name + ".conv2", channels, 3, 1, false)
        .batchNorm(name + ".bn2", BRANCH_WEIGHT)
        .add(name + ".add", shortcut)
        .relu(name + ".relu2");
  }

  /**
   * MobileNet of inverted residuals, width 1, for ImageNet, images of 3x224x224.
   *
   * @see <a href="https://arxiv.org/abs/1801.04381">Sandler et al., 2018</a>
   */
  static LayerStack mobilenetV2(LayerStack layers) {
    layers.conv("stem.conv", 32, 3, 2, false).batchNorm("stem.bn").relu6("stem.relu");
    for (int i = 0; i < INVERTED_STAGES.length; i++) {
      int[] stage = INVERTED_STAGES[i];
      for (int block = 1; block <= stage[2]; block++) {
        String name = "stage%d.block%d".formatted(i + 1, block);
        String input = layers.top();
        bottleneck(layers, name, stage[0], stage[1], block == 1 ? stage[3] : 1);
        if (block > 1) { // then neither the channels nor the map have changed
          layers.add(name + ".add", input);
        }
      }
    }
    layers.conv("head.conv", 1280, 1, 1, false).batchNorm("head.bn").relu6("head.relu");
    return layers.globalAveragePool("mean").linear("fc", IMAGENET_CLASSES);
  }

  private static void bottleneck(
      LayerStack layers, String name, int expansion, int outChannels, int stride) {
    if (expansion > 1) {
      layers
          .conv(name + ".expand", expansion * layers.channels(), 1, 1, false)
          .batchNorm(name + ".bn1")
          .relu6(name + ".relu1");
    }
    layers
        .depthwise(name + ".depthwise", stride)
        .batchNorm(name + ".bn2")
        .relu6(name + ".relu2")
        .conv(name + ".project", outChannels, 1, 1, false)
        .batchNorm(name + ".bn3", BRANCH_WEIGHT);
  }
}
