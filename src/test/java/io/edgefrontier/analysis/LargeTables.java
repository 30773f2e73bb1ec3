package io.edgefrontier.analysis;

import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;

/**
 * Writes variants.csv, jmh.json and accuracy.csv of any size, to time {@code merge} and {@code
 * frontier} with. Every cell has three forks; the numbers are random, but the same each time.
 *
 * <pre>
 * java -cp target/test-classes:target/benchmarks.jar io.edgefrontier.analysis.LargeTables 1000000 big
 * java -Xmx1g -jar target/benchmarks.jar merge --variants big/variants.csv --jmh big/jmh.json \
 *     --accuracy big/accuracy.csv --out big/sweep_results.csv
 * </pre>
 */
final class LargeTables {
  private static final int SAMPLES = 360;

  private final Random random = new Random(1);
  private final PrintWriter variants;
  private final PrintWriter jmh;
  private final PrintWriter accuracy;

  private LargeTables(PrintWriter variants, PrintWriter jmh, PrintWriter accuracy) {
    this.variants = variants;
    this.jmh = jmh;
    this.accuracy = accuracy;
  }

  public static void main(String[] args) throws IOException {
    int rows = Integer.parseInt(args[0]);
    Path folder = Files.createDirectories(Path.of(args[1]));
    try (PrintWriter variants = open(folder, "variants.csv");
        PrintWriter jmh = open(folder, "jmh.json");
        PrintWriter accuracy = open(folder, "accuracy.csv")) {
      new LargeTables(variants, jmh, accuracy).write(rows);
    }
  }

  private static PrintWriter open(Path folder, String name) throws IOException {
    return new PrintWriter(Files.newBufferedWriter(folder.resolve(name)));
  }

  private void write(int rows) {
    variants.print("model,pruning_level,precision,path,archive_sha256,archive_bytes,input_shape,");
    variants.print("parameters,macs,model_memory_bytes,peak_activation_bytes,error\r\n");
    accuracy.print("model,pruning_level,precision,samples,correct,accuracy,accuracy_ci95_low,");
    accuracy.print("accuracy_ci95_high,accuracy_delta,accuracy_p_value,error\r\n");
    Precision[] precisions = Precision.values();
    for (int i = 0; i < rows; i++) {
      double level = (double) (i - i % precisions.length) / rows;
      String precision = precisions[i % precisions.length].label();
      writeVariant(level, precision);
      writeAccuracy(level, precision);
      jmh.print(i == 0 ? "[\n" : ",\n");
      writeEntry(level, precision);
    }
    jmh.print("\n]\n");
  }

  private void writeVariant(double level, String precision) {
    byte[] sha256 = new byte[32];
    random.nextBytes(sha256);
    variants.print("resnet8," + level + "," + precision);
    variants.print(",variants/resnet8-p" + level + "-" + precision + ".pt,");
    variants.print(HexFormat.of().formatHex(sha256) + "," + random.nextInt(1_000_000));
    variants.print(",1x28x28," + random.nextInt(100_000) + "," + random.nextInt(10_000_000));
    variants.print("," + random.nextInt(40_000_000) + "," + random.nextInt(100_000) + ",\r\n");
  }

  private void writeAccuracy(double level, String precision) {
    int correct = SAMPLES / 3 + random.nextInt(SAMPLES / 2);
    Interval interval = Statistics.wilson(correct, SAMPLES);
    double share = (double) correct / SAMPLES;
    accuracy.print("resnet8," + level + "," + precision + "," + SAMPLES + "," + correct);
    accuracy.print("," + share + "," + interval.low() + "," + interval.high());
    accuracy.print("," + (share - 0.9) + "," + random.nextDouble() + ",\r\n");
  }

  private void writeEntry(double level, String precision) {
    double score = random.nextInt(1_000_000) / 1e6;
    jmh.print("{\"jmhVersion\":\"1.37\",\"benchmark\":\"" + BenchmarkKind.LATENCY.benchmark());
    jmh.print("\",\"mode\":\"sample\",\"threads\":1,\"forks\":3,");
    jmh.print("\"jvmArgs\":[\"-Dai.djl.pytorch.num_threads=1\"],");
    jmh.print("\"params\":{\"pruningLevel\":\"" + level + "\",\"precision\":\"" + precision);
    jmh.print("\",\"batchSize\":\"1\"},\"primaryMetric\":{\"score\":" + (score + 0.01));
    jmh.print(",\"scoreError\":\"NaN\",\"scoreUnit\":\"ms/op\",\"rawDataHistogram\":[");
    jmh.print("[[[" + (score + 0.001) + ",5]]],[[[" + (score + 0.011) + ",7]]],");
    jmh.print("[[[" + (score + 0.021) + ",9]]]]},\"secondaryMetrics\":{}}");
  }
}
