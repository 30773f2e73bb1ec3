package io.edgefrontier.report;

import java.util.ArrayList;
import java.util.List;

/** What a run comes to in a few lines of Markdown: what to ship, and what was accepted. */
public final class ResultsSummary {
  private ResultsSummary() {}

  /** Returns the text, with a line end after each line. */
  public static String text(Findings findings) {
    List<String> paragraphs = new ArrayList<>();
    if (!findings.sentence().isBlank()) {
      paragraphs.add("**" + Markdown.text(findings.sentence().strip()) + "**");
    }
    if (findings.rough()) {
      paragraphs.add("> " + Wording.ROUGH);
    }
    paragraphs.add(Markdown.text(Wording.counts(findings) + ". " + Wording.budgets(findings)));
    return Wording.encodable(String.join("\n\n", paragraphs) + "\n");
  }
}
