package io.edgefrontier.report;

import com.google.gson.stream.JsonWriter;
import io.edgefrontier.track.CellComparison;
import io.edgefrontier.track.Deltas;
import io.edgefrontier.track.Effect;
import io.edgefrontier.track.Metric;
import io.edgefrontier.track.MetricVerdict;
import io.edgefrontier.track.RunComparison;
import io.edgefrontier.track.TrackedRun;
import io.edgefrontier.track.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * A comparison for programs: every cell in the order of the candidate. Keys keep their order, what
 * is absent is null.
 *
 * <ul>
 *   <li>{@code format_version}, {@code baseline} and {@code candidate} (name, machine_id, time,
 *       commit), {@code counts} of rows by verdict;
 *   <li>{@code metrics}: of each, its unit, smaller_is_better, the relative {@code delta} and the
 *       {@code floor} in its unit below which nothing matters;
 *   <li>{@code cells}: of each, its key, its verdict (that of its metrics which comes first), a
 *       reason, and its {@code metrics}: verdict, values of both sides in the metric's unit, {@code
 *       ratio} with its 95 % interval (above 1 is worse, whatever the metric), p-values, {@code
 *       detectable} slow-down as a share, {@code basis} (ratio, raw or none), numbers of forks
 *       compared, reason.
 * </ul>
 */
public final class ComparisonJson {
  /** Grows when a key changes its meaning or goes away. */
  private static final int FORMAT_VERSION = 1;

  private final StringWriter text = new StringWriter();
  private final JsonWriter json = new JsonWriter(text);

  private ComparisonJson() {
    json.setIndent("  ");
    json.setHtmlSafe(false);
  }

  /**
   * Returns the document, with a line end at its end.
   *
   * @param deltas by which the runs were compared
   */
  public static String text(RunComparison comparison, Deltas deltas) {
    try {
      return new ComparisonJson().document(comparison, deltas);
    } catch (IOException e) {
      throw new UncheckedIOException("a string takes any text", e);
    }
  }

  private String document(RunComparison comparison, Deltas deltas) throws IOException {
    json.beginObject();
    json.name("format_version").value(FORMAT_VERSION);
    run("baseline", comparison.baseline());
    run("candidate", comparison.candidate());
    json.name("counts").beginObject();
    for (Verdict verdict : Verdict.values()) {
      json.name(verdict.label()).value(comparison.count(verdict));
    }
    json.endObject();
    json.name("metrics").beginObject();
    for (Metric metric : Metric.values()) {
      json.name(metric.label()).beginObject();
      json.name("unit").value(metric.unit());
      json.name("smaller_is_better").value(metric.smallerIsBetter());
      number("delta", deltas.relative().get(metric));
      number("floor", deltas.floors().get(metric));
      json.endObject();
    }
    json.endObject();
    json.name("cells").beginArray();
    for (CellComparison cell : comparison.cells()) {
      cell(cell);
    }
    json.endArray();
    json.endObject();
    json.flush();
    return Wording.encodable(text + "\n");
  }

  private void run(String name, TrackedRun run) throws IOException {
    json.name(name).beginObject();
    json.name("name").value(run.name());
    text("machine_id", run.machineId());
    json.name("time").value(run.time().toString());
    text("commit", run.commit());
    json.endObject();
  }

  private void cell(CellComparison cell) throws IOException {
    json.beginObject();
    json.name("cell").value(cell.key());
    json.name("verdict").value(cell.verdict().label());
    text("reason", cell.reason());
    json.name("metrics").beginObject();
    for (MetricVerdict metric : cell.metrics()) {
      metric(metric);
    }
    json.endObject();
    json.endObject();
  }

  private void metric(MetricVerdict verdict) throws IOException {
    Effect effect = verdict.effect();
    json.name(verdict.metric().label()).beginObject();
    json.name("verdict").value(verdict.verdict().label());
    number("baseline", verdict.baseline());
    number("candidate", verdict.candidate());
    number("ratio", effect.ratio());
    number("ratio_ci95_low", effect.interval().low());
    number("ratio_ci95_high", effect.interval().high());
    number("p_value", effect.pValue());
    number("adjusted_p_value", effect.adjustedP());
    number("detectable", effect.detectable());
    json.name("basis").value(effect.basis().label());
    json.name("baseline_forks").value(effect.baselineForks());
    json.name("candidate_forks").value(effect.candidateForks());
    text("reason", verdict.reason());
    json.endObject();
  }

  private void text(String name, String value) throws IOException {
    json.name(name);
    if (value.isEmpty()) {
      json.nullValue();
    } else {
      json.value(value);
    }
  }

  private void number(String name, double value) throws IOException {
    json.name(name);
    if (Double.isFinite(value)) {
      json.value(value);
    } else {
      json.nullValue();
    }
  }
}
