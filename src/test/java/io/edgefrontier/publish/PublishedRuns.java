package io.edgefrontier.publish;

import io.edgefrontier.report.Findings;
import io.edgefrontier.report.Sweeps;
import io.edgefrontier.result.SweepRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs to publish. */
final class PublishedRuns {
  private PublishedRuns() {}

  /** Returns 16 cells, one of them failed, some over the budget. */
  static PublishedRun typical() {
    return of("fe767307", Sweeps.typical());
  }

  /** Returns a slower machine, which lacks the last cell and knows more about itself. */
  static PublishedRun slower() {
    List<SweepRow> rows = new ArrayList<>();
    for (SweepRow row : Sweeps.typical().rows()) {
      if (row.error().isEmpty()) {
        double ms = row.latency().medianMs() * 2.5;
        rows.add(
            Sweeps.row(
                row.cell(),
                Sweeps.latency(ms, ms * 0.9, ms * 1.1, Double.NaN),
                row.accuracy(),
                row.memory().modelMb()));
      }
    }
    rows.remove(rows.size() - 1);
    PublishedRun run = of("ci-arm64", Sweeps.findings(rows));
    Map<String, String> environment = new LinkedHashMap<>(run.environment());
    environment.put("governor", "powersave");
    return new PublishedRun(
        run.title(),
        run.findings(),
        run.machineId(),
        run.commit(),
        "2026-11-23T08:00:00Z",
        run.command() + " --profile quick",
        true,
        environment);
  }

  static PublishedRun of(String machineId, Findings findings) {
    return new PublishedRun(
        "resnet8 on digits",
        findings,
        machineId,
        "305b5a064b77d8e0175ba386f107aa9b1ebe748c",
        "2026-11-22T22:27:19Z",
        "java -jar benchmarks.jar",
        false,
        Sweeps.notes().environment());
  }

  /** Returns a run all of whose texts are this one. */
  static PublishedRun labelled(String label, Findings findings) {
    return new PublishedRun(
        label, findings, label, label, label, label, false, Map.of(label, label));
  }
}
