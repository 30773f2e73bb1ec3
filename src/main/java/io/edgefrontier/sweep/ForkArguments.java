package io.edgefrontier.sweep;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** JVM arguments that every fork needs. */
final class ForkArguments {
  static final String VARIANTS = "edgefrontier.variants";

  private static final String THREADS = "ai.djl.pytorch.num_threads";

  // Off the network, one thread per pool: the engine reads these once, when it starts.
  private static final Map<String, String> ENGINE =
      Map.of(
          "ai.djl.offline", "true",
          "OPT_OUT_TRACKING", "true",
          "ai.djl.pytorch.num_interop_threads", "1");

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
    List<String> engine =
        ENGINE.keySet().stream()
            .sorted()
            .map(key -> define(key, System.getProperty(key, ENGINE.get(key))))
            .toList();
    return Stream.concat(
            Stream.of(define(VARIANTS, variants.toString()), define(THREADS, threads)),
            engine.stream())
        .toList();
  }

  private static String define(String key, String value) {
    return "-D" + key + "=" + value;
  }
}
