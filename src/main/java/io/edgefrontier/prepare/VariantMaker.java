package io.edgefrontier.prepare;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.engine.GraphGradients;
import io.edgefrontier.engine.GraphTrainer;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.lower.BatchNormFolder;
import io.edgefrontier.prune.ChannelPruner;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.Divergence;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Sha256;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes every variant of a request. One that cannot be made becomes an entry that says why, and the
 * others go on.
 */
public final class VariantMaker {
  private final VariantRequest request;
  private final Samples training;
  private final BaseAnswers answers;
  private final Path folder;
  private final Consumer<PreparedVariant> progress;
  private final VariantLowering lowering;

  /**
   * @param training samples for calibration and fine-tuning
   * @param answers of the base network, which the variants' are compared with
   * @param folder where the archives go; their paths in the manifest are relative to its parent
   * @param progress told of every variant as soon as it is done
   */
  public VariantMaker(
      VariantRequest request,
      Samples training,
      BaseAnswers answers,
      Path folder,
      Consumer<PreparedVariant> progress) {
    this(request, training, answers, folder, VariantLowering.untuned(request.lowering()), progress);
  }

  /**
   * As the other one, with measurements to tune by.
   *
   * @param lowering made of the request's
   */
  public VariantMaker(
      VariantRequest request,
      Samples training,
      BaseAnswers answers,
      Path folder,
      VariantLowering lowering,
      Consumer<PreparedVariant> progress) {
    this.request = request;
    this.training = training;
    this.answers = answers;
    this.folder = folder;
    this.lowering = lowering;
    this.progress = progress;
  }

  /**
   * Makes the variants, pruning level by pruning level.
   *
   * @throws IOException if the folder cannot be made
   */
  public List<PreparedVariant> make(Graph base) throws IOException {
    Files.createDirectories(folder);
    List<PreparedVariant> made = new ArrayList<>();
    Attempt<ChannelPruner> pruner = Attempt.of(() -> pruner(base));
    for (double level : request.pruningLevels()) {
      Attempt<Graph> pruned = Attempt.of(() -> prune(base, level, pruner));
      for (Precision precision : request.precisions()) {
        Variant variant = new Variant(request.model(), level, precision);
        PreparedVariant result =
            Attempt.of(() -> make(pruned.get(), variant))
                .orElse(error -> new PreparedVariant(failed(variant, error), Optional.empty()));
        progress.accept(result);
        made.add(result);
      }
    }
    return made;
  }

  private static ManifestEntry failed(Variant variant, Exception error) {
    return ManifestEntry.failed(variant, Attempt.reason(error));
  }

  private ChannelPruner pruner(Graph base) throws IOException {
    return ChannelPruner.of(base, request.pruning(), batch -> gradients(base, batch));
  }

  private void gradients(Graph base, Consumer<Function<Tensor, float[]>> batch) throws IOException {
    if (training.count() == 0) {
      throw new IOException(
          "taylor importance needs labelled samples and there are none; name some with --dataset,"
              + " or choose another --importance");
    }
    Collection<TensorType> kept = base.types(1).values();
    Samples chosen = CalibrationSamples.chosen(request, training, kept);
    int size = CalibrationSamples.batchSize(request.batchSize(), kept);
    new GraphGradients(base, chosen).forEachBatch(size, batch);
  }

  private Graph prune(Graph base, double level, Attempt<ChannelPruner> pruner) throws IOException {
    if (level == 0) {
      return ChannelPruner.prune(base, 0); // needs no ranking, which may have failed
    }
    Graph pruned = pruner.get().prune(level);
    return request.fineTuning().isPresent()
        ? GraphTrainer.train(pruned, training, request.fineTuning().get(), epoch -> {})
        : pruned;
  }

  private PreparedVariant make(Graph pruned, Variant variant) throws IOException {
    Map<String, QuantParams> activations =
        variant.precision() == Precision.INT8
            ? new Calibrator(request, training).calibrate(BatchNormFolder.fold(pruned), folder)
            : Map.of();
    LoweredVariant chosen = lowering.lower(variant, pruned, activations);
    Graph lowered = chosen.graph();
    Path file = folder.resolve(variant.id() + ".pt");
    TorchScriptWriter.write(lowered, file, LoweringRecord.of(lowering.request(), chosen));
    Divergence divergence;
    try {
      new TrialRun(training).requireRuns(file);
      divergence = answers.divergence(file);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file); // what does not run does not ship
      throw e;
    }
    Archive archive =
        new Archive(
            folder.getFileName() + "/" + file.getFileName(),
            Sha256.of(file),
            Files.size(file),
            lowered.sampleShape().dims(),
            lowered.parameters(),
            lowered.countsAllMacs() ? OptionalLong.of(lowered.macs()) : OptionalLong.empty(),
            lowered.storedBytes(),
            OptionalLong.of(lowered.peakActivationBytes(1)),
            chosen.lowering().label());
    return new PreparedVariant(
        ManifestEntry.made(variant, archive, divergence),
        Optional.of(lowered),
        TorchScriptWriter.operators(lowered));
  }
}
