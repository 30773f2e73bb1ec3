package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPublishTest {
  private static final String RUN = "runs/fe767307/" + PublishedRunFolder.NAME;
  private static final String END = "<!-- END:edge-frontier -->\n";

  @TempDir private Path folder;
  private Path results;
  private Path readme;

  @BeforeEach
  void copyARun() throws IOException {
    PublishedRunFolder.copyTo(folder);
    results = folder.resolve("results");
    readme = results.resolve("README.md");
  }

  @Test
  void writesAPageThatCanBeChecked() throws IOException {
    report(RUN);

    String page = Files.readString(readme);
    assertTrue(
        page.startsWith(
            "<!-- BEGIN:edge-frontier "
                + RUN
                + " --content page -->\n\n# Results: resnet8 on digits\n"),
        page);
    assertTrue(page.endsWith("\n\n" + END), page);
    assertTrue(page.contains("](" + RUN + "/sweep_results.csv)"), page);
    assertEquals(0, check());
  }

  @Test
  void movesItsMarkersToAnotherRunAndKeepsAllElse() throws IOException {
    String other = "runs/fe767307/20261123T000000Z-0badc0de";
    Files.move(results.resolve(RUN), results.resolve(other));
    PublishedRunFolder.copyTo(folder);
    Files.writeString(
        readme,
        """
        # My results
        <!-- BEGIN:edge-frontier %s --content summary -->
        <!-- END:edge-frontier -->
        Mine, too: %s
        <!-- BEGIN:edge-frontier %s %s --columns latency -->
        <!-- END:edge-frontier -->
        <!-- BEGIN:edge-frontier ./%s --columns latency -->
        <!-- END:edge-frontier -->
        """
            .formatted(other, other, RUN, other, other));

    report(RUN);

    String page = Files.readString(readme);
    assertTrue(
        page.startsWith(
            "# My results\n<!-- BEGIN:edge-frontier " + RUN + " --content summary -->\n\n**Ship"),
        page);
    assertTrue(page.contains(END + "Mine, too: " + other + "\n<!-- BEGIN"), page);
    assertTrue(page.contains("-frontier %s %s --columns latency -->\n".formatted(RUN, RUN)), page);
    assertTrue(page.contains("-frontier ./%s --columns latency -->\n".formatted(other)), page);
    assertEquals(0, check());
  }

  @Test
  void replacesAPageWithoutMarkers() throws IOException {
    Files.writeString(readme, "# Results of an earlier version\n");

    report(RUN);

    assertFalse(Files.readString(readme).contains("earlier"));
    assertEquals(0, check());
  }

  @Test
  void leavesAPageAloneThatItCannotUnderstand() throws IOException {
    String broken = "<!-- BEGIN:edge-frontier x -->\nmine\n";
    Files.writeString(readme, broken);

    Execution done =
        Execution.of(
            "report",
            "--run",
            results.resolve(RUN).toString(),
            "--output-dir",
            results.toString(),
            "--publish");

    assertEquals(2, done.exitCode());
    assertTrue(done.err().contains(readme + ":1: this marker has no end"), done.err());
    assertEquals(broken, Files.readString(readme));
  }

  private void report(String run) {
    Execution done =
        Execution.of(
            "report",
            "--run",
            results.resolve(run).toString(),
            "--output-dir",
            results.toString(),
            "--publish");
    assertEquals(0, done.exitCode(), done.err());
    assertTrue(done.err().contains("published in " + readme), done.err());
  }

  private int check() {
    return Execution.of("publish", "--check", readme.toString()).exitCode();
  }
}
