package io.edgefrontier.track;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.edgefrontier.result.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Small files that merge in git: one fact a line, sorted by name. */
final class Json {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private Json() {}

  /** Writes the facts; values are texts, numbers, lists, or maps of them. */
  static void write(Path target, Map<String, ?> facts) throws IOException {
    String text = GSON.toJson(new TreeMap<>(facts)) + "\n";
    AtomicFile.writeText(target, writer -> writer.write(text));
  }
}
