package io.edgefrontier.prepare;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.torchscript.ArchiveContents;
import io.edgefrontier.torchscript.TorchScriptReader;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.Divergence;
import io.edgefrontier.variant.GivenVariant;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Sha256;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Takes archives made elsewhere into a run, byte for byte. One that is missing, is not what it is
 * called, or does not run becomes an entry that says why, and the others go on.
 */
public final class VariantAdopter {
  private static final int MAX_REASON = 2_000;
  private static final Pattern RAISED = Pattern.compile("[\\w.]*(Error|Exception): .*");

  private final Path source;
  private final Samples samples;
  private final TrialRun trial;
  private final Path folder;
  private final Consumer<PreparedVariant> progress;
  private final Map<Variant, BaseAnswers> bases = new HashMap<>();

  /**
   * @param source folder that the archives' paths are relative to
   * @param samples two of which each archive is run on, and more to compare it with its base
   * @param folder where the archives go; their paths in the manifest are relative to its parent
   * @param progress told of every variant as soon as it is done
   */
  public VariantAdopter(
      Path source, Samples samples, Path folder, Consumer<PreparedVariant> progress) {
    this.source = source;
    this.samples = samples;
    this.trial = new TrialRun(samples);
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Copies and checks the archives, and compares each with the unpruned fp32 archive of its label.
   *
   * @return one entry each, in the same order
   * @throws IOException if the folder cannot be made
   */
  public List<PreparedVariant> adopt(List<GivenVariant> variants) throws IOException {
    Files.createDirectories(folder);
    Map<GivenVariant, PreparedVariant> adopted = new HashMap<>();
    for (GivenVariant given : basesFirst(variants)) {
      PreparedVariant result =
          Attempt.of(() -> adopt(given)).orElse(error -> failed(given, Attempt.reason(error)));
      progress.accept(result);
      adopted.put(given, result);
    }
    return variants.stream().map(adopted::get).toList();
  }

  private static List<GivenVariant> basesFirst(List<GivenVariant> variants) {
    return variants.stream()
        .sorted(Comparator.comparing(given -> !given.variant().equals(base(given.variant()))))
        .toList();
  }

  /** Returns what a variant is compared with, whether the table has it or not. */
  private static Variant base(Variant variant) {
    return new Variant(variant.model(), 0, Precision.FP32);
  }

  private static PreparedVariant failed(GivenVariant given, String reason) {
    return new PreparedVariant(
        ManifestEntry.failed(given.variant(), oneLine(reason)), Optional.empty());
  }

  /**
   * Returns the first line, and of a traceback through the archive's code, which may have any
   * length, also what was raised in the end.
   */
  private static String oneLine(String reason) {
    List<String> lines = reason.lines().map(String::strip).filter(s -> !s.isEmpty()).toList();
    String first = lines.get(0);
    String raised =
        lines.subList(1, lines.size()).stream()
            .filter(line -> RAISED.matcher(line).matches())
            .reduce((earlier, later) -> later)
            .map(last -> " " + last)
            .orElse("");
    String whole = first + raised;
    return whole.length() > MAX_REASON ? whole.substring(0, MAX_REASON) + "..." : whole;
  }

  private PreparedVariant adopt(GivenVariant given) throws IOException {
    Path original = GivenPath.resolve(source, given.path());
    Path copy = folder.resolve(given.variant().id() + ".pt");
    // What is checked must be what is loaded, so the copy is checked, whatever happens to the
    // original meanwhile.
    Files.copy(original, copy, StandardCopyOption.REPLACE_EXISTING);
    try {
      return checked(given, copy);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(copy); // what does not run does not ship
      // The user knows the original.
      String reason =
          Attempt.reason(e)
              .replace(copy.toString(), given.path())
              .replace(String.valueOf(copy.getFileName()), given.path());
      throw new IOException(
          reason.startsWith(given.path()) ? reason : given.path() + ": " + reason, e);
    }
  }

  private PreparedVariant checked(GivenVariant given, Path copy) throws IOException {
    ArchiveContents contents = ArchiveContents.read(copy);
    PrecisionClaim.require(given.path(), given.variant().precision(), contents);
    trial.requireClassifies(copy);
    Optional<Graph> graph =
        Attempt.of(
                () ->
                    Optional.of(
                        TorchScriptReader.read(copy, trial.sampleShape(), new EngineProbe())))
            .orElse(error -> Optional.empty());
    Archive archive =
        new Archive(
            folder.getFileName() + "/" + copy.getFileName(),
            Sha256.of(copy),
            Files.size(copy),
            trial.sampleShape().dims(),
            graph.map(Graph::parameters).orElse(contents.parameters()),
            absentWithout(graph.filter(Graph::countsAllMacs).map(Graph::macs)),
            graph.map(Graph::storedBytes).orElse(contents.storedBytes()),
            absentWithout(graph.map(known -> known.peakActivationBytes(1))),
            "");
    Divergence divergence = divergence(given.variant(), copy);
    return new PreparedVariant(ManifestEntry.made(given.variant(), archive, divergence), graph);
  }

  private Divergence divergence(Variant variant, Path copy) throws IOException {
    Variant base = base(variant);
    if (variant.equals(base)) {
      bases.put(base, new BaseAnswers(copy, Optional.empty(), samples));
    }
    return bases.containsKey(base)
        ? bases.get(base).divergence(copy)
        : Divergence.absent("not compared: no archive of %s to compare with".formatted(base.id()));
  }

  private static OptionalLong absentWithout(Optional<Long> figure) {
    return figure.map(OptionalLong::of).orElse(OptionalLong.empty());
  }
}
