package io.edgefrontier.page;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A fork that timed a cell.
 *
 * @param order place among all forks of the sweep, of whatever kind, as they ended; from 0
 * @param cell such as {@code resnet8-p0.25-int8-b1-t1}
 * @param medianMs median of its samples, uncorrected
 * @param ratio to the reference that it timed in turns with the cell; NaN without one
 * @param disturbed whether something else kept the machine busy meanwhile
 * @param used whether the cell's figures rest on it
 */
record TimedFork(
    int order, String cell, double medianMs, double ratio, boolean disturbed, boolean used) {
  private static final long MOST_BYTES = 256L << 20;

  /**
   * Reads the forks that timed a cell from a run's forks.jsonl. A last line without its end is one
   * that the sweep did not live to finish; it is left out.
   *
   * @return empty without a file
   * @throws IOException naming the line that is not of a fork
   */
  static List<TimedFork> read(Path journal) throws IOException {
    List<TimedFork> forks = new ArrayList<>();
    if (!Files.exists(journal)) {
      return forks;
    }
    if (Files.size(journal) > MOST_BYTES) {
      throw new IOException(
          "%s: has %d bytes, at most %d are read"
              .formatted(journal, Files.size(journal), MOST_BYTES));
    }
    String text = Files.readString(journal);
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      try {
        JsonObject line = JsonParser.parseString(lines.get(i)).getAsJsonObject();
        if (line.get("kind").getAsString().equals("latency") && line.has("median_ms")) {
          forks.add(parse(i, line));
        }
      } catch (JsonParseException
          | IllegalStateException
          | NumberFormatException
          | NullPointerException
          | UnsupportedOperationException e) {
        throw new IOException(
            "%s: line %d: not the line of a fork: %s".formatted(journal, i + 1, e.getMessage()), e);
      }
    }
    return forks;
  }

  private static TimedFork parse(int order, JsonObject line) {
    JsonElement ratio = line.get("latency_ratio");
    return new TimedFork(
        order,
        line.get("cell").getAsString(),
        line.get("median_ms").getAsDouble(),
        ratio == null ? Double.NaN : ratio.getAsDouble(),
        line.has("disturbed"),
        line.get("used").getAsBoolean());
  }
}
