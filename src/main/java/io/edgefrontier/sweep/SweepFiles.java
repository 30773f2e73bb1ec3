package io.edgefrontier.sweep;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.edgefrontier.result.AtomicFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/** The files of a sweep: one per fork, the journal of forks, the combined result. */
final class SweepFiles {
  private final Path output;
  private final Path journal;

  /** Makes the folders and starts an empty journal. */
  SweepFiles(Path output) throws IOException {
    this.output = output;
    this.journal = output.resolve("forks.jsonl");
    Files.createDirectories(forks(output));
    Files.deleteIfExists(journal);
  }

  static Path forks(Path output) {
    return output.resolve("forks");
  }

  Path jmhJson() {
    return output.resolve("jmh.json");
  }

  /** Writes the fork's result, or its log if it has none, and its line in the journal. */
  void add(ForkOutcome outcome) throws IOException {
    Path folder = forks(output);
    String name = outcome.fork().fileName();
    if (outcome.result().isPresent()) {
      writeJmh(folder.resolve(name + ".json"), List.of(outcome.result().get()));
    } else {
      String log = outcome.log().text();
      AtomicFile.writeText(folder.resolve(name + ".log"), writer -> writer.write(log));
    }
    String line = new Gson().toJson(journalLine(outcome)) + "\n";
    Files.writeString(journal, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Writes jmh.json. */
  void writeCombined(Collection<RunResult> results) throws IOException {
    writeJmh(jmhJson(), results);
  }

  static JsonObject journalLine(ForkOutcome outcome) {
    JsonObject line = new JsonObject();
    line.addProperty("cell", Fork.cellName(outcome.fork().cell()));
    line.addProperty("benchmark", outcome.fork().kind().benchmark());
    line.addProperty("fork", outcome.fork().number());
    line.addProperty("started_at", outcome.start().toString());
    line.addProperty("wall_seconds", outcome.wall().toMillis() / 1000.0);
    outcome.medianMs().ifPresent(median -> line.addProperty("median_ms", median));
    line.addProperty("status", outcome.result().isPresent() ? "ok" : "error");
    if (!outcome.error().isEmpty()) {
      line.addProperty("error", outcome.error());
    }
    return line;
  }

  private static void writeJmh(Path file, Collection<RunResult> results) throws IOException {
    AtomicFile.writeBytes(
        file,
        stream -> {
          PrintStream out = new PrintStream(stream, false, StandardCharsets.UTF_8);
          ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
          out.flush();
        });
  }
}
