package io.edgefrontier.sweep;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.edgefrontier.measure.Disturbance;
import io.edgefrontier.measure.MachineState;
import io.edgefrontier.result.Cell;
import io.edgefrontier.sweep.SweepProgress.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Measures one archive under several labels, in rounds in which every label has its turn in random
 * order: what the machine and the statistics make of labels that do not differ, or by a known
 * delay.
 */
public final class LabelledForks {
  private static final String BENCHMARK = "io.edgefrontier.bench.InjectedDelayBenchmark.forward";

  private final SweepPlan plan;
  private final List<Label> labels;
  private final SweepProgress progress;
  private final ForkLauncher launcher;
  private final Path journal;
  private final int total;
  private final List<Score> scores = new ArrayList<>();
  private final long startNanos = System.nanoTime();

  private LabelledForks(
      SweepPlan plan, List<Label> labels, int forksPerLabel, SweepProgress progress)
      throws IOException {
    this.plan = plan;
    this.labels = List.copyOf(labels);
    this.progress = progress;
    SweepFolder folder = new SweepFolder(plan.output());
    Files.createDirectories(folder.forks());
    this.launcher = new ForkLauncher(plan, folder.forks(), kind -> BENCHMARK);
    this.journal = plan.output().resolve("selftest.jsonl");
    this.total = labels.size() * forksPerLabel;
  }

  /**
   * A name for the archive.
   *
   * @param delayPercent by which every call is made to take longer; 0 for none
   */
  public record Label(String name, double delayPercent) {}

  /**
   * What one fork measured.
   *
   * @param ratio to the reference; NaN without one
   * @param medianMs uncorrected
   */
  public record Score(Label label, double ratio, double medianMs, boolean disturbed) {}

  /**
   * Runs so many forks of every label; each is in selftest.jsonl of the plan's output folder as
   * soon as it has ended.
   *
   * @param plan of one cell; its effort does not matter
   * @throws IOException if a fork failed twice in a row, or another sweep runs on this machine
   */
  public static List<Score> run(
      SweepPlan plan, List<Label> labels, int forksPerLabel, SweepProgress progress)
      throws IOException {
    LabelledForks forks = new LabelledForks(plan, labels, forksPerLabel, progress);
    return SweepLock.holding(plan, () -> forks.run(forksPerLabel));
  }

  private List<Score> run(int forksPerLabel) throws IOException {
    Random random = new Random(plan.seed());
    try {
      for (int number = 1; number <= forksPerLabel; number++) {
        List<Label> round = new ArrayList<>(labels);
        Collections.shuffle(round, random);
        for (Label label : round) {
          measure(label, number);
        }
      }
    } finally {
      progress.sweepEnded();
    }
    return List.copyOf(scores);
  }

  private void measure(Label label, int number) throws IOException {
    Cell cell = plan.grid().cells().get(0);
    int threads = cell.threads();
    progress.forkStarts(step(label, number));
    MachineState before = MachineState.now();
    ForkOutcome outcome = launch(new Fork(cell, ForkKind.LATENCY, number), label);
    Disturbance disturbance =
        Disturbance.between(before, MachineState.now(), threads, plan.prefix().cpus(threads));
    Map<String, Double> figures = outcome.result().orElseThrow().figures().named();
    Score score =
        new Score(
            label,
            figures.getOrDefault("latency_ratio", Double.NaN),
            figures.get("median_ms"),
            disturbance.reason().isPresent());
    append(score, number, disturbance);
    scores.add(score);
    progress.forkEnded(step(label, number), text(score));
  }

  private ForkOutcome launch(Fork fork, Label label) throws IOException {
    Map<String, String> parameters = Map.of("delayPercent", String.valueOf(label.delayPercent()));
    ForkOutcome outcome = launcher.launch(fork, parameters);
    if (outcome.result().isEmpty()) {
      outcome = launcher.launch(fork, parameters);
    }
    if (outcome.result().isEmpty()) {
      throw new IOException("a fork of the self-test failed twice: " + outcome.error());
    }
    return outcome;
  }

  private void append(Score score, int number, Disturbance disturbance) throws IOException {
    JsonObject line = new JsonObject();
    line.addProperty("label", score.label().name());
    line.addProperty("delay_percent", score.label().delayPercent());
    line.addProperty("fork", number);
    line.addProperty("median_ms", score.medianMs());
    if (!Double.isNaN(score.ratio())) {
      line.addProperty("latency_ratio", score.ratio());
    }
    disturbance.reason().ifPresent(reason -> line.addProperty("disturbed", reason));
    Files.writeString(
        journal,
        new Gson().toJson(line) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static String text(Score score) {
    String median = String.format(Locale.ROOT, "%.4g ms", score.medianMs());
    return Double.isNaN(score.ratio())
        ? median
        : String.format(Locale.ROOT, "%s, ratio %.4f", median, score.ratio());
  }

  private Step step(Label label, int number) {
    int done = scores.size();
    Optional<Duration> remaining =
        done == 0
            ? Optional.empty()
            : Optional.of(
                Duration.ofNanos((System.nanoTime() - startNanos) / done * (total - done)));
    return new Step(label.name(), "fork " + number, done, total, remaining);
  }
}
