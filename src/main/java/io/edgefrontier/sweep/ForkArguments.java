package io.edgefrontier.sweep;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** JVM arguments that every fork needs. */
final class ForkArguments {
  static final String VARIANTS = "edgefrontier.variants";

  private static final String THREADS = "ai.djl.pytorch.num_threads";

  // The engine's own defaults hold in a fork as they do here; what this JVM was told, too.
  private static final List<String> INHERITED =
      List.of("OPT_OUT_TRACKING", "ai.djl.offline", "ai.djl.pytorch.num_interop_threads");

  private ForkArguments() {}

  /** Returns the arguments; engine threads as this JVM has them, else one. */
  static List<String> of(Path variants) {
    return of(variants, System.getProperty(THREADS, "1"));
  }

  /** Returns the arguments for a given number of engine threads. */
  static List<String> of(Path variants, int threads) {
    return of(variants, String.valueOf(threads));
  }

  private static List<String> of(Path variants, String threads) {
    Stream<String> inherited =
        INHERITED.stream()
            .filter(key -> System.getProperty(key) != null)
            .map(key -> define(key, System.getProperty(key)));
    return Stream.concat(
            Stream.of(define(VARIANTS, variants.toString()), define(THREADS, threads)), inherited)
        .toList();
  }

  private static String define(String key, String value) {
    return "-D" + key + "=" + value;
  }
}
