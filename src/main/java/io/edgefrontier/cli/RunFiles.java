package io.edgefrontier.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the files of a run hold, for pages and summaries that list them. */
final class RunFiles {
  private RunFiles() {}

  /**
   * Returns the files that are there.
   *
   * @param accuracy whether accuracy was measured
   * @param prefix path from the page to the run's folder: empty, or with / at its end
   * @return path relative to the page, and content
   */
  static Map<String, String> of(RunFolder run, String prefix, boolean accuracy) {
    String worth = accuracy ? "accuracy" : "model memory";

    Map<Path, String> contents = new LinkedHashMap<>();
    contents.put(run.page(), "this run as a page to explore: budgets, samples, forks, layers");
    contents.put(run.sweep(), "one row per cell: every figure and verdict");
    contents.put(run.frontier("latency"), worth + " against latency");
    contents.put(run.frontier("energy"), worth + " against modelled energy");
    contents.put(run.frontier("memory"), (accuracy ? worth : "latency") + " against model memory");
    contents.put(
        run.frontier("objectives"), "several objectives" + (accuracy ? " and accuracy" : ""));
    contents.put(run.errors(), "cells without figures, and why");
    contents.put(run.tradeoffs(), "each precision against fp32");
    contents.put(run.hardware(), "how well each cell uses the machine");
    contents.put(run.manifest(), "the variants and their archives");
    contents.put(run.layers(), "every operator of every variant");
    contents.put(run.tuning(), "kernels as they were measured for tuning");
    contents.put(run.accuracy(), "accuracy per variant");
    contents.put(run.predictions(), "every variant's answer to every validation sample");
    contents.put(run.jmh(), "JMH's results");
    contents.put(run.journal(), "every fork as it ended");
    contents.put(run.environment(), "machine and software");
    contents.put(run.config(), "the settings");
    Map<String, String> files = new LinkedHashMap<>();
    contents.forEach(
        (path, content) -> {
          if (Files.exists(path)) {
            files.put(prefix + path.getFileName(), content);
          }
        });
    return files;
  }
}
