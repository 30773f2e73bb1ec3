package io.edgefrontier.prepare;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Window;
import io.edgefrontier.lower.Calibration;
import io.edgefrontier.lower.Lowering;
import io.edgefrontier.prune.Importance;
import io.edgefrontier.prune.PruningOptions;
import io.edgefrontier.torchscript.TorchScriptReader;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/**
 * Times how long it takes to read a network of 12 million parameters at 224 x 224 (ResNet-18 with
 * random weights, or the archive that is named) and to make 16 variants of it: four pruning levels
 * by four precisions, calibrated on 64 samples.
 *
 * <pre>
 * java -Xmx2g -cp target/test-classes:target/benchmarks.jar io.edgefrontier.prepare.SixteenVariants \
 *     FOLDER [IMPORTANCE [ARCHIVE]]
 * </pre>
 */
final class SixteenVariants {
  private static final Shape SHAPE = Shape.of(3, 224, 224);
  private static final int CLASSES = 1000;
  private static final int SAMPLES = 64;

  private SixteenVariants() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    Importance importance = Importance.parse(args.length > 1 ? args[1] : "l1");
    Path archive = args.length > 2 ? Path.of(args[2]) : folder.resolve("resnet18.pt");
    if (args.length <= 2) {
      TorchScriptWriter.write(resnet18(), archive);
    }
    Samples samples = samples();
    VariantRequest request =
        new VariantRequest(
            "net",
            List.of(0.0, 0.25, 0.5, 0.75),
            List.of(Precision.values()),
            new PruningOptions(importance, 1, false, Set.of(), 7),
            Calibration.HISTOGRAM,
            OptionalInt.of(1),
            SAMPLES,
            Optional.empty(),
            LoweringRequest.of(Lowering.RULE));
    long start = System.nanoTime();
    Graph base = TorchScriptReader.read(archive, SHAPE);
    tell(start, "read %d parameters", base.parameters());
    new VariantMaker(
            request,
            samples,
            new BaseAnswers(archive, Optional.of(base), samples),
            folder.resolve("variants"),
            made -> tell(start, "%s %s", made.entry().variant().id(), made.entry().error()))
        .make(base);
    tell(start, "largest heap use %.0f MiB", peakHeapBytes() / 0x1p20);
  }

  private static void tell(long startNanos, String what, Object... arguments) {
    String text = String.format(Locale.ROOT, what, arguments);
    System.out.printf(Locale.ROOT, "%6.2f s: %s%n", (System.nanoTime() - startNanos) / 1e9, text);
  }

  private static long peakHeapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  private static Samples samples() {
    Random random = new Random(1);
    int size = Math.toIntExact(SHAPE.elements());
    int[] labels = random.ints(SAMPLES, 0, CLASSES).toArray();
    return new Samples(
        SHAPE,
        CLASSES,
        (index, target, offset) -> {
          Random pixels = new Random(index);
          for (int i = 0; i < size; i++) {
            target[offset + i] = 4 * pixels.nextFloat() - 2;
          }
        },
        labels);
  }

  private static Graph resnet18() {
    NetworkBuilder net = new NetworkBuilder(1, 3, 224, 224);
    String x = normed(net, Graph.INPUT, 64, Window.square(7, 2, 3));
    x = net.maxPool(net.relu(x));
    for (int width : new int[] {64, 128, 256, 512}) {
      x = block(net, x, width, width == 64 ? 1 : 2);
      x = block(net, x, width, 1);
    }
    return net.build(net.linear(net.mean(x), CLASSES));
  }

  private static String block(NetworkBuilder net, String in, int width, int stride) {
    String first = net.relu(normed(net, in, width, Window.square(3, stride, 1)));
    String second = normed(net, first, width, Window.square(3, 1, 1));
    String shortcut =
        stride == 1
            ? in
            : normed(
                net,
                in,
                width,
                new Window(Size2d.of(1), Size2d.of(stride), Size2d.of(0), Size2d.of(1)));
    return net.relu(net.add(second, shortcut));
  }

  private static String normed(NetworkBuilder net, String in, int width, Window window) {
    return net.batchNorm(net.conv(in, width, window, 1, false));
  }
}
