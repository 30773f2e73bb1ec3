package io.edgefrontier.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.edgefrontier.result.AtomicFile;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.sweep.OverheadFork;
import io.edgefrontier.sweep.OverheadFork.Overhead;
import io.edgefrontier.sweep.SweepPlan;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;

/** Measures the harness's overhead once per run and keeps it in the run's overhead.json. */
final class OverheadOfRun {
  private static final String ARCHIVE = "harness_overhead_archive_sha256";

  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  private OverheadOfRun() {}

  /**
   * Measures the plan's first cell, unless the run's file has it already. Archives that this
   * program did not write have no overhead: it is said, and the run goes on.
   */
  static void measure(SweepPlan plan, RunFolder run, boolean restart, Terminal terminal)
      throws IOException {
    Variant variant = plan.grid().cells().get(0).variant();
    String sha256 = sha256(variant, run);
    JsonObject before = read(run);
    boolean there = before.has(ARCHIVE) && before.get(ARCHIVE).getAsString().equals(sha256);
    if (there && !restart) {
      return;
    }
    Files.deleteIfExists(run.overhead());
    OverheadFork.Result result = OverheadFork.measure(plan);
    if (result.overhead().isEmpty()) {
      terminal.progress("bench: harness overhead not measured: %s", result.error());
      return;
    }
    JsonObject facts = facts(result.overhead().get());
    facts.addProperty(ARCHIVE, sha256);
    AtomicFile.writeText(run.overhead(), writer -> writer.write(GSON.toJson(facts) + "\n"));
    terminal.progress(
        "bench: harness overhead %.1f us per call, %.1f %% of the engine's own time of %s",
        result.overhead().get().us(), result.overhead().get().share() * 100, variant.id());
  }

  private static String sha256(Variant variant, RunFolder run) throws IOException {
    return ManifestTable.TABLE.read(run.manifest()).stream()
        .filter(entry -> entry.variant().equals(variant))
        .flatMap(entry -> entry.archive().stream())
        .map(Archive::sha256)
        .findFirst()
        .orElse("");
  }

  private static JsonObject facts(Overhead overhead) {
    JsonObject facts = new JsonObject();
    facts.addProperty("harness_overhead_us", overhead.us());
    facts.addProperty("harness_overhead_q1_us", overhead.lowerQuartileUs());
    facts.addProperty("harness_overhead_q3_us", overhead.upperQuartileUs());
    facts.addProperty("harness_overhead_share", overhead.share());
    facts.addProperty("harness_overhead_pairs", overhead.pairs());
    facts.addProperty(
        "harness_overhead_of",
        "%s at batch size %d"
            .formatted(overhead.cell().variant().id(), overhead.cell().batchSize()));
    return facts;
  }

  /** Returns what overhead.json says; an empty object where there is none. */
  static JsonObject read(RunFolder run) throws IOException {
    return JsonObjectFile.read(run.overhead());
  }

  /** Adds what environment.json says of it. */
  static void addTo(JsonObject environment, RunFolder run) throws IOException {
    JsonObject overhead = read(run);
    overhead.remove(ARCHIVE);
    overhead.entrySet().forEach(fact -> environment.add(fact.getKey(), fact.getValue()));
  }
}
