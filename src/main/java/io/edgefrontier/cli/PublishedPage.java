package io.edgefrontier.cli;

import io.edgefrontier.publish.Content;
import io.edgefrontier.publish.MarkedFile;
import io.edgefrontier.result.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The page of the results folder, which shows one run. */
final class PublishedPage {
  private PublishedPage() {}

  /**
   * Makes a page show a run. Of a page with markers, those that ask for the same run as the first
   * are made to ask for this one, and all text around markers stays; a page without is replaced.
   *
   * @throws IOException if a marker of the page is wrong; then it stays as it is
   */
  static void write(Path page, RunFolder run) throws IOException {
    Path folder = page.toAbsolutePath().getParent();
    String name = LocatedRun.from(folder, run.path()).prefix().replaceFirst("/$", "");
    MarkedFile asking = asking(page, name.isEmpty() ? "." : name);
    MarkedFile current = KeptText.current(page, asking);
    AtomicFile.writeText(page, writer -> writer.write(current.text()));
  }

  private static MarkedFile asking(Path page, String run) throws IOException {
    if (Files.exists(page)) {
      MarkedFile file = MarkedFile.read(page);
      if (!file.markers().isEmpty()) {
        String before = firstRun(page, file);
        return file.asking(
            words -> words.stream().map(word -> word.equals(before) ? run : word).toList());
      }
    }
    return MarkedFile.of(page.toString(), List.of(run, "--content", Content.PAGE.label()));
  }

  private static String firstRun(Path page, MarkedFile file) throws IOException {
    try {
      return PublishRequest.parse(file.markers().get(0).arguments()).runs().get(0);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException(
          "%s:%d: this marker names no run: %s"
              .formatted(page, file.markers().get(0).line(), e.getMessage()),
          e);
    }
  }
}
