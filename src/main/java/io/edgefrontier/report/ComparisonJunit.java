package io.edgefrontier.report;

import io.edgefrontier.track.RunComparison;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A comparison as the XML that Surefire writes and Jenkins, GitLab and others read: one test case
 * per cell and metric, or per cell without figures. REGRESSED is a failure, FAILED an error;
 * INCONCLUSIVE, NOT_COMPARABLE and MISSING are skipped, with the reason; all else has passed.
 */
public final class ComparisonJunit {
  private static final String SUITE = "edge-frontier";

  private enum Outcome {
    PASSED,
    FAILURE,
    ERROR,
    SKIPPED
  }

  private ComparisonJunit() {}

  /** Returns the document, with a line end at its end. */
  public static String text(RunComparison comparison) {
    List<Change> changes = Change.inOrder(comparison);
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    changes.forEach(change -> counts.merge(outcome(change), 1, Integer::sum));
    String totals =
        "name=\"%s\" tests=\"%s\" failures=\"%s\" errors=\"%s\""
            .formatted(
                SUITE,
                changes.size(),
                counts.getOrDefault(Outcome.FAILURE, 0),
                counts.getOrDefault(Outcome.ERROR, 0));
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuites ").append(totals).append(" time=\"0\">\n");
    xml.append("  <testsuite ").append(totals);
    xml.append(" skipped=\"").append(counts.getOrDefault(Outcome.SKIPPED, 0)).append('"');
    xml.append(" time=\"0\">\n    <properties>\n");
    property(xml, "baseline", ComparisonWording.run(comparison.baseline()));
    property(xml, "candidate", ComparisonWording.run(comparison.candidate()));
    xml.append("    </properties>\n");
    changes.forEach(change -> testCase(xml, change));
    return xml.append("  </testsuite>\n</testsuites>\n").toString();
  }

  private static Outcome outcome(Change change) {
    return switch (change.verdict()) {
      case REGRESSED -> Outcome.FAILURE;
      case FAILED -> Outcome.ERROR;
      case INCONCLUSIVE, NOT_COMPARABLE, MISSING -> Outcome.SKIPPED;
      case IMPROVED, NEW, UNCHANGED -> Outcome.PASSED;
    };
  }

  private static void property(StringBuilder xml, String name, String value) {
    xml.append("      <property name=\"").append(name).append("\" value=\"");
    xml.append(escaped(value)).append("\"/>\n");
  }

  private static void testCase(StringBuilder xml, Change change) {
    xml.append("    <testcase name=\"").append(escaped(change.key() + " " + change.metric()));
    xml.append("\" classname=\"").append(SUITE).append('.').append(change.metric());
    xml.append("\" time=\"0\"");
    switch (outcome(change)) {
      case PASSED -> xml.append("/>\n");
      case FAILURE -> result(xml, change, "failure");
      case ERROR -> result(xml, change, "error");
      case SKIPPED -> {
        xml.append(">\n      <skipped message=\"").append(escaped(message(change)));
        xml.append("\"/>\n    </testcase>\n");
      }
    }
  }

  private static void result(StringBuilder xml, Change change, String element) {
    xml.append(">\n      <").append(element).append(" type=\"").append(change.verdict().label());
    xml.append("\" message=\"").append(escaped(message(change))).append("\"/>\n");
    xml.append("    </testcase>\n");
  }

  private static String message(Change change) {
    String reason = change.reason().isEmpty() ? "" : ": " + change.reason();
    return change.figures().isEmpty()
        ? change.verdict().label() + reason
        : "%s: %s, ratio %s, p %s, finds %s%s"
            .formatted(
                change.verdict().label(),
                change.values(),
                change.ratio(),
                change.adjustedP(),
                change.detectable(),
                reason);
  }

  /** Returns text for an attribute; what XML 1.0 cannot hold becomes U+FFFD. */
  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\t', '\n', '\r' -> safe.append(' ');
                default -> safe.appendCodePoint(isXml(c) ? c : 0xFFFD);
              }
            });
    return safe.toString();
  }

  private static boolean isXml(int c) {
    return (c >= 0x20 && c <= 0xD7FF && !(c >= 0x7F && c <= 0x9F))
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
