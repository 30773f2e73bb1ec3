package io.edgefrontier.sweep;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.edgefrontier.result.Cell;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The journal's line on a fork that has ended. */
final class ForkRecord {
  private static final String OK = "ok";

  /** Lines of a fork's output that the journal keeps. */
  private static final int TAIL_LINES = 30;

  private final Fork fork;
  private final JsonObject line;

  private ForkRecord(Fork fork, JsonObject line) {
    this.fork = fork;
    this.line = line;
  }

  /**
   * Describes an outcome.
   *
   * @param machine its state before and after
   * @param disturbed what disturbed the fork
   */
  static ForkRecord of(ForkOutcome outcome, JsonObject machine, Optional<String> disturbed) {
    Fork fork = outcome.fork();
    JsonObject line = new JsonObject();
    line.addProperty("cell", Fork.cellName(fork.cell()));
    line.addProperty("benchmark", fork.kind().benchmark());
    line.addProperty("kind", fork.kind().name().toLowerCase(Locale.ROOT));
    line.addProperty("fork", fork.number());
    line.addProperty("started_at", outcome.start().toString());
    line.addProperty("wall_seconds", outcome.wall().toMillis() / 1000.0);
    line.addProperty("status", outcome.result().isPresent() ? OK : "error");
    outcome.result().ifPresent(result -> addFigures(line, result.figures()));
    line.add("machine", machine);
    disturbed.ifPresent(reason -> line.addProperty("disturbed", reason));
    line.addProperty("used", outcome.result().isPresent());
    if (!outcome.error().isEmpty()) {
      line.addProperty("error", outcome.error());
    }
    JsonArray tail = new JsonArray();
    outcome.log().tail(TAIL_LINES).forEach(tail::add);
    if (!tail.isEmpty()) {
      line.add("log_tail", tail);
    }
    return new ForkRecord(fork, line);
  }

  private static void addFigures(JsonObject line, ForkFigures figures) {
    line.addProperty("score", figures.score());
    if (!figures.unit().isEmpty()) {
      line.addProperty("score_unit", figures.unit());
    }
    figures.named().forEach(line::addProperty);
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is none, or not of a fork of these cells
   */
  static ForkRecord parse(String text, Collection<Cell> cells) {
    try {
      JsonObject line = JsonParser.parseString(text).getAsJsonObject();
      String name = line.get("cell").getAsString();
      Cell cell =
          cells.stream()
              .filter(known -> Fork.cellName(known).equals(name))
              .findFirst()
              .orElseThrow(
                  () -> new IllegalArgumentException("cell " + name + " is not in this sweep"));
      ForkKind kind = ForkKind.valueOf(line.get("kind").getAsString().toUpperCase(Locale.ROOT));
      ForkRecord record = new ForkRecord(new Fork(cell, kind, line.get("fork").getAsInt()), line);
      record.wall();
      if (record.ok()) {
        record.score();
      }
      return record;
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      throw new IllegalArgumentException("not the line of a fork: " + e.getMessage(), e);
    }
  }

  Fork fork() {
    return fork;
  }

  Duration wall() {
    return Duration.ofMillis(Math.round(line.get("wall_seconds").getAsDouble() * 1000));
  }

  /** Returns whether the fork has a result. */
  boolean ok() {
    return line.get("status").getAsString().equals(OK);
  }

  /** Returns what forks of one cell are compared by, see {@link ForkFigures}. */
  double score() {
    return line.get("score").getAsDouble();
  }

  /** Returns what the fork measured, for people, such as {@code 0.1235 ms}. */
  String figure() {
    double value = line.has("median_ms") ? line.get("median_ms").getAsDouble() : score();
    String unit = line.has("median_ms") ? "ms" : line.get("score_unit").getAsString();
    String disturbed =
        disturbed() ? " (disturbed: " + line.get("disturbed").getAsString() + ")" : "";
    return String.format(Locale.ROOT, "%.4g %s%s", value, unit, disturbed);
  }

  boolean disturbed() {
    return line.has("disturbed");
  }

  /** Returns why there is no result; empty if there is one. */
  String error() {
    return line.has("error") ? line.get("error").getAsString() : "";
  }

  boolean used() {
    return line.get("used").getAsBoolean();
  }

  /** Returns the same record with another answer to whether the result counts. */
  ForkRecord withUsed(boolean used) {
    JsonObject copy = line.deepCopy();
    copy.addProperty("used", used);
    return new ForkRecord(fork, copy);
  }

  /** Returns the line without its end. */
  String text() {
    return line.toString();
  }
}
