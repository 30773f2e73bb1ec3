package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Reads arbitrary bytes as an archive, for {@link ArchiveMutationTest} and for Jazzer.
 *
 * <p>Jazzer calls {@link #fuzzerTestOneInput} with inputs that it derives from the branches they
 * reach; nothing of it is needed to compile. With its two jars from Maven Central
 * (com.code-intelligence:jazzer and jazzer-api, 0.24.0) and the test class path:
 *
 * <pre>{@code
 * java -cp jazzer.jar:jazzer-api.jar:target/classes:target/test-classes:$CLASSPATH \
 *   com.code_intelligence.jazzer.Jazzer \
 *   --target_class=io.edgefrontier.torchscript.ArchiveFuzzer \
 *   --instrumentation_includes='io.edgefrontier.torchscript.**' -max_len=65536 corpus/
 * }</pre>
 */
public final class ArchiveFuzzer {
  /** No small archive may take this long; a busy machine takes a hundredth of it. */
  static final Duration MAX_TIME = Duration.ofSeconds(30);

  /** All that reading a small archive may allocate, garbage included: steps make much of it. */
  static final long MAX_ALLOCATED = 1L << 30;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Shape SAMPLE = Shape.of(4);

  private ArchiveFuzzer() {}

  /**
   * Reads an archive and lets nothing but an IOException pass.
   *
   * @param data the first byte says what the rest is: a whole file, or one entry of an archive
   *     whose checksums fit, so that mutations get past them
   */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(data, 1, data.length);
    HandmadeArchive archive = HandmadeArchive.ofForward("return torch.relu(x)");
    String entry =
        switch (data[0] & 3) {
          case 0 -> "";
          case 1 -> "m/code/__torch__.py";
          case 2 -> "m/data.pkl";
          default -> "m/constants.pkl";
        };
    try {
      Path file = Files.createTempFile("fuzzed", ".pt");
      try {
        if (entry.isEmpty()) {
          Files.write(file, rest);
        } else {
          archive.put(entry, rest).write(file);
        }
        read(file, SAMPLE);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a file within bounds on time and memory.
   *
   * @return whether it was read; else there was an IOException that names the file
   */
  static boolean read(Path file, Shape sample) {
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    boolean understood = true;
    try {
      TorchScriptReader.read(file, sample);
    } catch (IOException e) {
      understood = false;
      assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    }
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(time.compareTo(MAX_TIME) < 0, () -> "took " + time);
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    assertTrue(bytes < MAX_ALLOCATED, () -> "allocated " + bytes + " bytes");
    return understood;
  }
}
