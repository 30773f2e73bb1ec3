package io.edgefrontier.cli;

import io.edgefrontier.analysis.ForkScore;
import io.edgefrontier.analysis.SelfTest;
import io.edgefrontier.analysis.Verdict;
import io.edgefrontier.config.SettingKey;
import io.edgefrontier.config.Settings;
import io.edgefrontier.report.SelfTestReport;
import io.edgefrontier.result.AtomicFile;
import io.edgefrontier.result.Decimals;
import io.edgefrontier.sweep.LabelledForks;
import io.edgefrontier.sweep.LabelledForks.Label;
import io.edgefrontier.sweep.LabelledForks.Score;
import io.edgefrontier.sweep.ProgressLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds out what the machine and the verdict make of one archive under two labels. */
@Command(
    name = "selftest",
    description = {
      "Find out how small a difference this machine can tell: measure one variant under two labels"
          + " (A/A), in random turns, and a third time with a known delay in every call.",
      "Prints the noise floor, the smallest slow-down that n forks show, and how often the verdict"
          + " is wrong. Exits with 6 where it calls equals different or misses the delay."
    },
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar selftest",
      "  java -jar benchmarks.jar selftest --inject 5 --trials 40",
      "  java -jar benchmarks.jar selftest --no-reference --model mlp"
    })
final class SelfTestCommand implements Callable<Integer> {
  @Mixin private StageOptions stage;

  @Option(
      names = "--inject",
      paramLabel = "PERCENT",
      defaultValue = "5",
      description = "Delay of the third label; 0 leaves it out. Default: ${DEFAULT-VALUE}.")
  private double inject;

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "3",
      description = "Comparisons that share no fork. Default: ${DEFAULT-VALUE}.")
  private int trials;

  @Option(
      names = "--forks",
      paramLabel = "N",
      defaultValue = "4",
      description = "Forks of each label in a trial; at least 4. Default: ${DEFAULT-VALUE}.")
  private int forks;

  @Override
  public Integer call() throws IOException {
    check();
    Settings settings = SettingOptions.read(stage.flags(), defaults());
    Terminal terminal = stage.terminal();
    RunFolder run = stage.runIfNamed().orElseGet(() -> NewRun.selfTest(settings));
    PrepareCommand.prepare(settings, Datasets.load(settings), run, terminal);
    List<Score> scores =
        LabelledForks.run(
            SweepPlans.ofFirstCell(settings, run),
            labels(),
            trials * forks,
            new ProgressLine(System.err, Terminal.isInteractive()));
    RunEnvironment.write(settings, stage.flags(), run);
    SelfTest result = SelfTest.of(byLabel(scores), forks, settings.seed());
    SelfTestReport report = new SelfTestReport(result, inject);
    AtomicFile.writeText(
        run.path().resolve("selftest.json"), writer -> writer.write(report.json()));
    report.lines().forEach(terminal::result);
    long disturbed = scores.stream().filter(Score::disturbed).count();
    if (disturbed > 0) {
      terminal.warn("%d of %d forks were disturbed by other work", disturbed, scores.size());
    }
    terminal.result("Files: " + run.path());
    return passed(result) ? ExitCode.DONE : ExitCode.INCONCLUSIVE;
  }

  private void check() {
    if (!(inject >= 0 && inject < 1000)) { // also rejects NaN
      throw new IllegalArgumentException(
          "--inject: expected a percentage in [0, 1000), found " + inject);
    }
    if (trials < 1 || forks < 4) {
      throw new IllegalArgumentException(
          "--trials and --forks: expected at least 1 and 4, found %d and %d; with fewer forks no"
                  .formatted(trials, forks)
              + " comparison can be significant");
    }
  }

  /** One variant is enough; the model's own archive is the steadiest. */
  private static Map<SettingKey, String> defaults() {
    Map<SettingKey, String> defaults = new EnumMap<>(SettingKey.class);
    defaults.put(SettingKey.PRUNING_LEVELS, "0.0");
    defaults.put(SettingKey.PRECISIONS, "fp32");
    return defaults;
  }

  private List<Label> labels() {
    List<Label> labels = new ArrayList<>(List.of(new Label("A", 0), new Label("A'", 0)));
    if (inject > 0) {
      labels.add(new Label("A+" + Decimals.text(inject) + "%", inject));
    }
    return labels;
  }

  private SelfTest.Forks byLabel(List<Score> scores) {
    List<List<ForkScore>> byLabel =
        labels().stream()
            .map(
                label ->
                    scores.stream()
                        .filter(score -> score.label().equals(label))
                        .map(score -> new ForkScore(score.ratio(), score.medianMs()))
                        .toList())
            .toList();
    return new SelfTest.Forks(
        byLabel.get(0), byLabel.get(1), byLabel.size() > 2 ? byLabel.get(2) : List.of());
  }

  private static boolean passed(SelfTest result) {
    return result.labels().verdict() == Verdict.INDISTINCT
        && result.injection().stream().allMatch(found -> found.verdict() == Verdict.SLOWER);
  }
}
