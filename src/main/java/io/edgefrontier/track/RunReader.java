package io.edgefrontier.track;

import io.edgefrontier.analysis.BenchmarkKind;
import io.edgefrontier.analysis.ForkSamples;
import io.edgefrontier.result.JmhReader;
import io.edgefrontier.result.JmhResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what is tracked of a run: a folder of this program, or the JMH file of any project.
 *
 * <p>A cell of another project is one entry of its JMH file. A cell of this program is a variant at
 * one batch size, with all that its forks of several kinds measured.
 */
public final class RunReader {
  private static final int MAX_CELLS = 1_000_000;

  private final RunFacts facts;
  private final OwnCells own;
  private final SetupConditions setups = new SetupConditions();
  private final Map<String, Map<String, String>> params = new HashMap<>();
  private final List<TrackedCell> cells = new ArrayList<>();

  private RunReader(RunFacts facts, VariantFacts variants) {
    this.facts = facts;
    this.own = new OwnCells(variants);
  }

  /**
   * Reads a run's folder, or a JMH file on its own. A {@code jmh.json} in a run's folder stands for
   * the folder.
   *
   * @throws IOException naming the file if there is none, or it is malformed
   */
  public static TrackedRun read(Path source) throws IOException {
    if (Files.isDirectory(source)) {
      return readFolder(source);
    }
    if (!Files.isRegularFile(source)) {
      throw new IOException(source + ": no such file; expected a run's folder or a JMH file");
    }
    Path folder = source.toAbsolutePath().getParent();
    if (source.endsWith("jmh.json")
        && (Files.exists(folder.resolve("environment.json"))
            || Files.exists(folder.resolve("run.json")))) {
      return readFolder(folder);
    }
    return readJmh(source);
  }

  /** Reads a JMH file, whatever lies beside it. */
  static TrackedRun readJmh(Path file) throws IOException {
    return new RunReader(RunFacts.ofFile(file), VariantFacts.none()).readAll(file);
  }

  private static TrackedRun readFolder(Path folder) throws IOException {
    Path jmh = folder.resolve("jmh.json");
    if (!Files.isRegularFile(jmh)) {
      throw new IOException(
          jmh + ": no such file, so nothing was measured yet; go on with 'bench --run DIR'");
    }
    return new RunReader(RunFacts.ofFolder(folder), VariantFacts.read(folder)).readAll(jmh);
  }

  private TrackedRun readAll(Path jmh) throws IOException {
    JmhReader.forEach(jmh, this::add);
    try {
      own.finish(this::put);
      return new TrackedRun(facts.name(), facts.machineId(), facts.time(), facts.commit(), cells);
    } catch (IllegalArgumentException e) {
      throw new IOException(jmh + ": " + e.getMessage(), e);
    }
  }

  private void add(JmhResult entry) {
    Optional<BenchmarkKind> kind = BenchmarkKind.of(entry);
    if (kind.isPresent() && kind.get() != BenchmarkKind.OPEN_LOOP) {
      own.add(kind.get(), entry, setups.of(entry));
      return;
    }
    CellDraft draft = new CellDraft();
    draft.setup(setups.of(entry), "");
    if (kind.isPresent()) {
      // Its rate is the one at which requests were made; what it measures is the response.
      draft.sample(Metric.LATENCY, ForkSamples.medians(entry.secondary("response.p50")));
      draft.sample(Metric.LATENCY_P99, ForkSamples.medians(entry.secondary("response.p99")));
    } else {
      EntrySamples.add(entry, draft);
    }
    put(key(entry), draft);
  }

  private String key(JmhResult entry) {
    String name = entry.benchmark() + " " + entry.mode();
    String key = CellKeys.of(name, entry.params());
    Map<String, String> before = params.putIfAbsent(key, entry.params());
    if (before == null) {
      return key;
    }
    // Texts that look like numbers: versions 1.1 and 1.10.
    String verbatim = CellKeys.verbatim(name, entry.params());
    if (before.equals(entry.params()) || params.putIfAbsent(verbatim, entry.params()) != null) {
      throw new IllegalArgumentException(
          "repeats an earlier entry of '%s'; each may occur once in a run".formatted(key));
    }
    return verbatim;
  }

  private void put(String key, CellDraft draft) {
    if (cells.size() == MAX_CELLS) {
      throw new IllegalArgumentException("more than %d cells in a run".formatted(MAX_CELLS));
    }
    facts.conditions().forEach(draft::condition);
    cells.add(draft.toCell(key));
  }
}
