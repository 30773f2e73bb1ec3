package io.edgefrontier.sweep;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import io.edgefrontier.measure.Environment;
import io.edgefrontier.result.AtomicFile;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.ManifestEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * All that a sweep's figures depend on: variants, options, software and machine. Only forks that
 * were measured under equal conditions belong into one result.
 *
 * @param facts values by name, such as {@code option fork timeout}
 */
record Conditions(SortedMap<String, String> facts) {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** Facts of an environment that bear on figures. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "machine_id", "machine",
          "jdk_vendor", "JDK vendor",
          "jdk_version", "JDK version",
          "vm", "JVM",
          "vm_flags", "JVM flags",
          "djl_version", "DJL version",
          "libtorch_version", "libtorch version",
          "jmh_version", "JMH version");

  private static final Pattern ENGINE_VARIABLES =
      Pattern.compile(
          "LD_PRELOAD|(OMP|GOMP|KMP|MKL|DNNL|ONEDNN|ATEN|MALLOC|TCMALLOC)_.*"
              + "|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS");

  /** Returns the conditions of a sweep on this machine; starts the engine if it was not. */
  static Conditions of(SweepPlan plan) throws IOException {
    SortedMap<String, String> facts = new TreeMap<>();
    addVariants(plan, facts);
    addOptions(plan, facts);
    addVariables(System.getenv(), facts);
    Map<String, Object> environment =
        Environment.capture(List.of(), plan.seed(), plan.grid().threads().get(0)).facts();
    ENVIRONMENT.forEach(
        (key, name) -> facts.put(name, String.valueOf(environment.getOrDefault(key, "unknown"))));
    String version = Conditions.class.getPackage().getImplementationVersion();
    facts.put("Edge Frontier version", Objects.requireNonNullElse(version, "not packaged"));
    return new Conditions(facts);
  }

  private static void addVariants(SweepPlan plan, Map<String, String> facts) throws IOException {
    for (ManifestEntry entry : ManifestTable.TABLE.read(plan.variants().resolve("variants.csv"))) {
      facts.put(
          "variant " + entry.variant().id(),
          entry.archive().map(Archive::sha256).orElse("not made: " + entry.error()));
    }
  }

  // Not the time budget: with a larger one a sweep goes on where it stopped.
  private static void addOptions(SweepPlan plan, Map<String, String> facts) {
    Grid grid = plan.grid();
    Effort effort = plan.effort();
    ForkSettings forks = plan.forks();
    facts.put("option model", String.join(", ", grid.models()));
    facts.put("option pruning levels", grid.pruningLevels().toString());
    facts.put("option precisions", grid.precisions().toString());
    facts.put("option batch sizes", grid.batchSizes().toString());
    facts.put("option threads", grid.threads().toString());
    facts.put("option callers", String.valueOf(forks.callers()));
    facts.put("option forks", effort.minForks() + " to " + effort.maxForks());
    facts.put("option precision target", String.valueOf(effort.precisionTarget()));
    for (ForkKind kind : ForkKind.values()) {
      if (kind != ForkKind.LATENCY) {
        facts.put("option " + kind.label() + " forks", String.valueOf(effort.required(kind)));
      }
    }
    facts.put("option warm-up", forks.warmup().toString());
    facts.put("option measurement", forks.measurement().toString());
    facts.put("option warm-up windows", forks.windowWarmup().toString());
    facts.put("option windows", forks.windows().toString());
    facts.put("option fork timeout", forks.timeout().toMillis() + " ms");
    facts.put("option reference", String.valueOf(forks.reference()));
    forks.arrivalRate().ifPresent(rate -> facts.put("option arrival rate", String.valueOf(rate)));
    forks.energy().ifPresent(energy -> facts.put("option energy", energy.toString()));
    JvmArguments jvm = forks.jvm();
    facts.put("option JVM arguments before", String.join(" ", jvm.prepend()));
    jvm.instead().ifPresent(all -> facts.put("option JVM arguments", String.join(" ", all)));
    facts.put("option JVM arguments after", String.join(" ", jvm.append()));
    for (int threads : grid.threads()) {
      facts.put(
          "option launch prefix with threads " + threads,
          String.join(" ", plan.prefix().command(forks.callers() * threads)));
    }
    facts.put("option seed", String.valueOf(plan.seed()));
  }

  /** Adds the variables that change how the engine and its allocator work; forks inherit them. */
  private static void addVariables(Map<String, String> variables, Map<String, String> facts) {
    variables.forEach(
        (name, value) -> {
          if (ENGINE_VARIABLES.matcher(name).matches()) {
            facts.put("variable " + name, value);
          }
        });
  }

  /** Writes the conditions before the first fork runs under them. */
  void write(Path file) throws IOException {
    AtomicFile.writeText(file, writer -> writer.write(GSON.toJson(facts) + "\n"));
  }

  /**
   * Reads the conditions of an earlier sweep.
   *
   * @throws IOException naming the file if it is missing or not what {@link #write} writes
   */
  static Conditions read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(
          file + ": not found, so nobody knows what the forks beside it measured; use --restart");
    }
    try {
      TreeMap<String, String> facts =
          GSON.fromJson(Files.readString(file), new TypeToken<TreeMap<String, String>>() {});
      return new Conditions(facts == null ? new TreeMap<>() : facts);
    } catch (JsonParseException e) {
      throw new IOException(file + ": " + e.getMessage() + "; use --restart to measure anew", e);
    }
  }

  /**
   * Makes sure that forks measured under these conditions may go on under others.
   *
   * @param folder of the sweep, for the message
   * @throws IllegalArgumentException naming every difference
   */
  void requireEqual(Conditions now, Path folder) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(facts.keySet());
    names.addAll(now.facts.keySet());
    for (String name : names) {
      String was = facts.getOrDefault(name, "not there");
      String is = now.facts.getOrDefault(name, "not there");
      if (!was.equals(is)) {
        differences.add("%n  %s was %s, is %s".formatted(name, was, is));
      }
    }
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: the forks there were measured under other conditions:%s%nuse --restart to remove"
                  .formatted(folder, String.join("", differences))
              + " them and measure anew, or start a new run");
    }
  }
}
