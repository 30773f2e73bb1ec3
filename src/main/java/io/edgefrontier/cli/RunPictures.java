package io.edgefrontier.cli;

import com.google.gson.JsonObject;
import io.edgefrontier.page.Pictures;
import io.edgefrontier.page.Pictures.Picture;
import io.edgefrontier.report.RunNotes;
import io.edgefrontier.result.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The pictures of a run, as SVG and as PNG, in light and in dark. */
final class RunPictures {
  private RunPictures() {}

  /**
   * Draws the run's pictures in place of those of earlier reports.
   *
   * @param data as {@link io.edgefrontier.page.PageData} lays it out
   */
  static void write(RunFolder run, JsonObject data, Terminal terminal) throws IOException {
    List<Picture> pictures = Pictures.of(data);
    for (Path earlier : run.pictures()) {
      Files.delete(earlier); // a report with accuracy may have drawn more
    }
    for (Picture picture : pictures) {
      AtomicFile.writeText(
          run.picture(picture.name() + ".svg"), writer -> writer.write(picture.svg()));
    }
    try {
      for (Picture picture : pictures) {
        byte[] png = picture.png();
        AtomicFile.writeBytes(run.picture(picture.name() + ".png"), file -> file.write(png));
      }
    } catch (Pictures.NoFontsException e) {
      terminal.warn("no PNG pictures, only SVG: %s", e.getMessage());
    }
  }

  /**
   * Returns the pictures that the run has, for a page.
   *
   * @param prefix path from the page to the run's folder: empty, or with / at its end
   * @param accuracy whether they show accuracy, else model memory
   */
  static List<RunNotes.Picture> listed(RunFolder run, String prefix, boolean accuracy) {
    List<RunNotes.Picture> listed = new ArrayList<>();
    for (String x : Pictures.AXES) {
      String light = "frontier_" + x + "_light.svg";
      if (Files.exists(run.picture(light))) {
        listed.add(
            new RunNotes.Picture(
                prefix + light,
                prefix + "frontier_" + x + "_dark.svg",
                (accuracy ? "Accuracy" : "Model memory") + " against " + x.replace('_', ' ')));
      }
    }
    return listed;
  }
}
