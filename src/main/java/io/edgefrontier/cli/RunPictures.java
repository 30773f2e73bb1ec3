package io.edgefrontier.cli;

import io.edgefrontier.publish.PictureText;
import io.edgefrontier.report.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pictures that lie in a run's folder. */
final class RunPictures {
  /** What accuracy may be drawn against, as files are named, in the order of pages. */
  private static final List<String> AXES =
      List.of("latency", "energy", "memory", "size", "cold_start");

  private RunPictures() {}

  /**
   * Returns the pictures of the run's frontiers.
   *
   * @throws IOException if there are none
   */
  static List<PictureText> of(Findings findings, LocatedRun run) throws IOException {
    String upwards = findings.hasAccuracy() ? "Accuracy" : "Model memory";
    List<PictureText> pictures = new ArrayList<>();
    for (String axis : AXES) {
      String shows = upwards + " against " + axis.replace('_', ' ');
      Optional<String> light =
          path(run, "frontier_" + axis + "_light.svg")
              .or(() -> path(run, "frontier_" + axis + ".svg"));
      light.ifPresent(
          path ->
              pictures.add(
                  new PictureText(path, path(run, "frontier_" + axis + "_dark.svg"), shows)));
    }
    if (pictures.isEmpty()) {
      throw new IOException(
          run.folder() + ": no pictures there; draw them with 'report --run " + run.folder() + "'");
    }
    return pictures;
  }

  private static Optional<String> path(LocatedRun run, String name) {
    return Files.isRegularFile(run.folder().resolve(name))
        ? Optional.of(run.prefix() + name)
        : Optional.empty();
  }
}
