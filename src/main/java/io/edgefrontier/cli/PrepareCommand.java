package io.edgefrontier.cli;

import io.edgefrontier.config.Settings;
import io.edgefrontier.config.Settings.VariantSettings;
import io.edgefrontier.dataset.DataSplit;
import io.edgefrontier.engine.TrainingOptions;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.lower.Lowering;
import io.edgefrontier.measure.Machine;
import io.edgefrontier.prepare.BaseAnswers;
import io.edgefrontier.prepare.LayerProfiler;
import io.edgefrontier.prepare.LoweringRequest;
import io.edgefrontier.prepare.PreparedVariant;
import io.edgefrontier.prepare.Tuning;
import io.edgefrontier.prepare.VariantAdopter;
import io.edgefrontier.prepare.VariantLowering;
import io.edgefrontier.prepare.VariantMaker;
import io.edgefrontier.prepare.VariantRequest;
import io.edgefrontier.result.AtomicFile;
import io.edgefrontier.result.LayerRow;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.variant.Divergence;
import io.edgefrontier.variant.GivenVariant;
import io.edgefrontier.variant.ManifestEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes the variants of a network. */
@Command(
    name = "prepare",
    description =
        "Make the variants of a network over pruning level x precision, as archives that can be"
            + " deployed, or take those of --variants; writes base.pt, variants/*.pt, variants.csv"
            + " and layers.csv.",
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar prepare",
      "  java -jar benchmarks.jar prepare --model net.pt --dataset idx:mnist/ --run runs/net \\",
      "      --pruning-levels 0,0.3 --precisions fp32,int8",
      "  java -jar benchmarks.jar prepare --variants quantised/ --dataset idx:mnist/ --run runs/q"
    })
final class PrepareCommand implements Callable<Integer> {
  @Mixin private StageOptions stage;

  @Override
  public Integer call() throws IOException {
    Settings settings = SettingOptions.read(stage.flags());
    RunFolder run = stage.runIfNamed().orElseGet(() -> NewRun.folder(settings));
    Terminal terminal = stage.terminal();
    List<ManifestEntry> manifest = prepare(settings, Datasets.load(settings), run, terminal);
    terminal.result(run.manifest().toString());
    boolean failed = manifest.stream().anyMatch(entry -> entry.archive().isEmpty());
    return failed ? ExitCode.SOME_CELLS_FAILED : ExitCode.DONE;
  }

  /** Makes base archive, variants, manifest and layer table in {@code run}. */
  static List<ManifestEntry> prepare(
      Settings settings, DataSplit data, RunFolder run, Terminal terminal) throws IOException {
    List<PreparedVariant> made =
        settings.variants().given().isPresent()
            ? adopt(settings, data, run, terminal)
            : make(settings, data, run, terminal);
    List<ManifestEntry> manifest = made.stream().map(PreparedVariant::entry).toList();
    ManifestTable.TABLE.write(run.manifest(), manifest);
    LayerRow.TABLE.write(run.layers(), layers(settings, data, run, terminal, made));
    return manifest;
  }

  private static List<LayerRow> layers(
      Settings settings,
      DataSplit data,
      RunFolder run,
      Terminal terminal,
      List<PreparedVariant> made)
      throws IOException {
    LayerProfiler profiler =
        new LayerProfiler(
            run.path(),
            data.validation(),
            settings.bench().batchSizes().get(0),
            line -> terminal.progress("%s", line));
    List<LayerRow> rows = new ArrayList<>();
    for (PreparedVariant variant : made) {
      Map<String, Long> times =
          settings.variants().profileLayers() ? profiler.profile(variant) : Map.of();
      rows.addAll(Layers.of(variant, times));
    }
    return rows;
  }

  /** Takes the variants made elsewhere; there is no base network then. */
  private static List<PreparedVariant> adopt(
      Settings settings, DataSplit data, RunFolder run, Terminal terminal) throws IOException {
    GivenVariants given = GivenVariants.of(settings.variants().given().orElseThrow());
    List<GivenVariant> chosen = given.chosen(settings.variants());
    run.save(settings);
    String checksums = given.checksums(settings);
    AtomicFile.writeText(run.givenChecksums(), writer -> writer.write(checksums));
    return new VariantAdopter(
            given.folder(),
            GivenVariants.samples(settings, data),
            run.variants(),
            new Progress(chosen.size(), terminal)::made)
        .adopt(chosen);
  }

  private static List<PreparedVariant> make(
      Settings settings, DataSplit data, RunFolder run, Terminal terminal) throws IOException {
    String model = BaseNetwork.name(settings);
    Graph base = BaseNetwork.obtain(settings, data, run.base(), terminal);
    Layers.opaqueCalls(base).forEach(line -> terminal.progress("%s", line));
    run.save(settings);
    VariantRequest request = request(settings, model, base);
    int total = request.pruningLevels().size() * request.precisions().size();
    Optional<Tuning> tuning =
        request.lowering().lowering() == Lowering.TUNE
            ? Optional.of(tuning(settings, request.lowering(), terminal))
            : Optional.empty();
    VariantLowering lowering =
        tuning.isPresent()
            ? VariantLowering.tuned(
                request.lowering(), tuning.get(), line -> terminal.progress("%s", line))
            : VariantLowering.untuned(request.lowering());
    List<PreparedVariant> made =
        new VariantMaker(
                request,
                data.training(),
                new BaseAnswers(run.base(), Optional.of(base), data.validation()),
                run.variants(),
                lowering,
                new Progress(total, terminal)::made)
            .make(base);
    if (tuning.isPresent()) {
      tuning.get().save(run.tuning());
    }
    return made;
  }

  private static Tuning tuning(Settings settings, LoweringRequest request, Terminal terminal) {
    return Tuning.open(
        Tuning.Context.here(Machine.capture().cpuModel().orElse(""), request.threads()),
        settings.variants().tuningCache().orElseGet(Tuning::userCache),
        line -> terminal.progress("%s", line));
  }

  private static VariantRequest request(Settings settings, String model, Graph base) {
    VariantSettings variants = settings.variants();
    Optional<TrainingOptions> fineTuning =
        variants.fineTuneEpochs() == 0
            ? Optional.empty()
            : Optional.of(BaseNetwork.options(settings, variants.fineTuneEpochs()));
    return new VariantRequest(
        model,
        variants.pruningLevels(),
        variants.precisions(),
        PruningPlan.of(settings, base),
        variants.calibration(),
        variants.calibrationBatches(),
        settings.batchSize(),
        fineTuning,
        new LoweringRequest(
            variants.lowering(),
            settings.bench().batchSizes().get(0),
            Collections.max(settings.bench().threads())));
  }

  /** Counts variants as they are made. */
  private static final class Progress {
    private final int total;
    private final Terminal terminal;
    private int done;

    Progress(int total, Terminal terminal) {
      this.total = total;
      this.terminal = terminal;
    }

    void made(PreparedVariant variant) {
      done++;
      ManifestEntry entry = variant.entry();
      String outcome =
          entry
              .archive()
              .map(
                  archive ->
                      "%.1f KiB%s"
                          .formatted(archive.bytes() / 1024.0, divergence(entry.divergence())))
              .orElse("failed: " + entry.error());
      terminal.progress("prepare [%d/%d] %s: %s", done, total, entry.variant().id(), outcome);
    }

    private static String divergence(Divergence divergence) {
      if (!divergence.isPresent()) {
        return divergence.source().isEmpty() ? "" : ", " + divergence.source();
      }
      String differences =
          ", logits differ by at most %.3g, %.3g on average"
              .formatted(divergence.logitDiffMax(), divergence.logitDiffMean());
      return Double.isNaN(divergence.argmaxAgreement())
          ? differences
          : differences + ", same class %.1f %%".formatted(100 * divergence.argmaxAgreement());
    }
  }
}
