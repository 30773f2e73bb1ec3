package io.edgefrontier.report;

import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;

/** Says how the figures of a run came about, in plain text, for every kind of page. */
public final class Method {
  private static final String PAIRED =
      "; the ratio to a reference archive that the same fork times in alternating slices, median"
          + " over forks, times the reference's median over the sweep";

  private Method() {}

  /** Returns a sentence about each figure, beginning with its name. */
  public static List<String> sentences(Findings findings) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Latency: JMH times one forward call on one batch, "
            + evidence(findings)
            + (findings.hasReference() ? PAIRED : "; the median over forks of each fork's median")
            + ", with a bootstrap interval over forks.");
    sentences.add(
        findings.hasAccuracy()
            ? "Accuracy: top-1 over the whole validation split, from the very archive that was timed,"
                + " with a Wilson interval."
            : "Accuracy: not measured. A variant's place on a frontier says nothing of how often it is"
                + " right.");
    sentences.add("Model memory: parameters and buffers as the archive stores them.");
    if (findings.hasAgreement()) {
      sentences.add(
          "Agree: share of samples to which a variant and the network that it was made of give the"
              + " same class; sweep_results.csv also has the differences of their logits.");
    }
    String sources = Wording.energySources(findings);
    sentences.add(
        sources.isEmpty()
            ? "Energy: modelled as power_watts x latency; no sensor was read."
            : "Energy of one inference: mod. is power_watts x latency; meas. was read from "
                + sources
                + ".");
    sentences.add(
        findings.hasAccuracy()
            ? "Frontier: among accepted cells, those that no other beats in both accuracy and cost."
            : "Frontier: among accepted cells, those that no other beats in both model memory and"
                + " latency (or energy).");
    return List.copyOf(sentences);
  }

  /** Returns what a reader must know of these figures before trusting them; mostly nothing. */
  public static List<String> remarks(Findings findings) {
    List<String> remarks = new ArrayList<>();
    if (findings.rough()) {
      remarks.add(Wording.ROUGH);
    }
    if (!findings.hasAccuracy()) {
      remarks.add(Wording.NO_ACCURACY);
    }
    remarks.addAll(SlowerPrecisions.sentences(findings));
    if (!Wording.disturbed(findings).isEmpty()) {
      remarks.add(Wording.disturbed(findings));
    }
    return List.copyOf(remarks);
  }

  private static String evidence(Findings findings) {
    LongSummaryStatistics forks =
        findings.measured().stream().mapToLong(row -> row.evidence().forks()).summaryStatistics();
    LongSummaryStatistics samples =
        findings.measured().stream().mapToLong(row -> row.evidence().samples()).summaryStatistics();
    if (forks.getCount() == 0 || forks.getMax() == 0) {
      return "each cell in JVM forks of its own";
    }
    return "each cell in " + range(forks) + " JVM forks and " + range(samples) + " samples";
  }

  private static String range(LongSummaryStatistics numbers) {
    return numbers.getMin() == numbers.getMax()
        ? Long.toString(numbers.getMin())
        : numbers.getMin() + " to " + numbers.getMax();
  }
}
