package io.edgefrontier.cli;

import io.edgefrontier.report.ShippedArchive;
import io.edgefrontier.report.ShippedArchive.State;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The file behind a row of a run, held against what was measured. */
final class ArchiveOfRun {
  private ArchiveOfRun() {}

  /**
   * Returns the archive of a row; empty where the manifest names none.
   *
   * @throws IOException if the file is there and cannot be read
   */
  static Optional<ShippedArchive> of(RunFolder run, SweepRow row) throws IOException {
    if (row.archive().isEmpty()) {
      return Optional.empty();
    }
    Archive archive = row.archive().get();
    List<Integer> inputShape = new ArrayList<>(List.of(row.cell().batchSize()));
    inputShape.addAll(archive.sampleShape());
    Path file = file(run, archive);
    return Optional.of(
        new ShippedArchive(
            file, archive.sha256(), inputShape, row.cell().threads(), state(run, file, archive)));
  }

  private static Path file(RunFolder run, Archive archive) throws IOException {
    try {
      return run.path().resolve(archive.path());
    } catch (InvalidPathException e) {
      throw new IOException(run.manifest() + ": no path of an archive: " + e.getMessage(), e);
    }
  }

  private static State state(RunFolder run, Path file, Archive archive) throws IOException {
    // The manifest may be a stranger's: nothing outside the run's folder is opened for it.
    boolean inside =
        file.toAbsolutePath().normalize().startsWith(run.path().toAbsolutePath().normalize());
    if (!inside || !Files.isRegularFile(file)) {
      return State.MISSING;
    }
    return Sha256.of(file).equals(archive.sha256()) ? State.VERIFIED : State.CHANGED;
  }
}
