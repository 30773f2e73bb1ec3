package io.edgefrontier.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgefrontier.report.Sweeps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Typesets tables where there is a TeX: packages texlive-latex-base and -recommended of Debian. */
class LatexTrialTest {
  @TempDir private Path folder;

  @Test
  void typesetsTablesOfOneRunAndOfTwoWithinThePage() throws IOException, InterruptedException {
    String log =
        typeset(
            Stream.of(
                PublishedTable.of(
                    List.of(PublishedRuns.typical()),
                    new TableOptions(List.of(), "", Optional.of(GroupBy.PRECISION), "fp32")),
                PublishedTable.of(
                    List.of(PublishedRuns.typical(), PublishedRuns.slower()), TableOptions.USUAL)));

    assertFalse(log.contains("Overfull"), log);
  }

  @Test
  void typesetsWhateverAModelIsCalled() throws IOException, InterruptedException {
    typeset(
        HostileTableTest.labels()
            .map(label -> PublishedRuns.labelled(label, Sweeps.typical()))
            .map(run -> PublishedTable.of(List.of(run, run), TableOptions.USUAL)));
  }

  /** Returns what pdflatex printed. */
  private String typeset(Stream<PublishedTable> tables) throws IOException, InterruptedException {
    boolean installed =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "pdflatex")));
    assumeTrue(installed, "no pdflatex on the PATH; install texlive-latex-recommended to run this");
    StringBuilder document =
        new StringBuilder(
            """
            \\documentclass{article}
            \\usepackage{booktabs,graphicx}
            \\begin{document}
            """);
    tables.forEach(table -> document.append(TableFormat.LATEX.text(table)).append("\\clearpage\n"));
    document.append("\\end{document}\n");
    Files.writeString(folder.resolve("trial.tex"), document);
    Path log = folder.resolve("printed.txt");
    Process pdflatex =
        new ProcessBuilder("pdflatex", "-halt-on-error", "-interaction=nonstopmode", "trial.tex")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertTrue(pdflatex.waitFor(120, TimeUnit.SECONDS), "pdflatex took two minutes");
    } finally {
      pdflatex.destroyForcibly();
    }
    String printed = Files.readString(log, StandardCharsets.ISO_8859_1);
    assertEquals(0, pdflatex.exitValue(), printed);
    return printed;
  }
}
