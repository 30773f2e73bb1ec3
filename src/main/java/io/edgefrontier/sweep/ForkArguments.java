package io.edgefrontier.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JVM arguments that forks need. */
final class ForkArguments {
  static final String VARIANTS = "edgefrontier.variants";

  private static final String THREADS = "ai.djl.pytorch.num_threads";

  // The engine's own defaults hold in a fork as they do here; what this JVM was told, too.
  private static final List<String> INHERITED =
      List.of("OPT_OUT_TRACKING", "ai.djl.offline", "ai.djl.pytorch.num_interop_threads");

  private ForkArguments() {}

  /** Returns those of JMH's own runs; engine threads as this JVM has them, else one. */
  static List<String> of(Path variants) {
    return of(variants, System.getProperty(THREADS, "1"));
  }

  /**
   * Returns those of a sweep's fork, the user's first, so that a sweep measures what its plan says.
   *
   * @param forks folder of the forks' files
   */
  static List<String> of(SweepPlan plan, Fork fork, Path forks) {
    List<String> arguments = new ArrayList<>(plan.forks().jvm().append());
    arguments.addAll(of(plan.variants(), String.valueOf(fork.cell().threads())));
    // A fork ends itself when this process is gone.
    arguments.add(define("edgefrontier.parent", ProcessHandle.current().pid()));
    if (fork.kind() == ForkKind.LATENCY) {
      arguments.add(define("edgefrontier.reference", plan.forks().reference()));
    }
    if (fork.kind() == ForkKind.ENERGY) {
      plan.forks().energy().ifPresent(energy -> addEnergy(energy, arguments));
    }
    arguments.addAll(CrashLogs.jvmArguments(forks));
    return arguments;
  }

  private static void addEnergy(EnergySettings energy, List<String> arguments) {
    arguments.add(define("edgefrontier.energy", energy.sensors()));
    arguments.add(define("edgefrontier.sensor_root", energy.root()));
    energy.idleWatts().ifPresent(watts -> arguments.add(define("edgefrontier.idle_watts", watts)));
  }

  private static List<String> of(Path variants, String threads) {
    List<String> arguments = new ArrayList<>();
    arguments.add(define(VARIANTS, variants));
    arguments.add(define(THREADS, threads));
    for (String key : INHERITED) {
      if (System.getProperty(key) != null) {
        arguments.add(define(key, System.getProperty(key)));
      }
    }
    return arguments;
  }

  private static String define(String key, Object value) {
    return "-D" + key + "=" + value;
  }
}
