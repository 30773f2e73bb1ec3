package io.edgefrontier.track;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A small file with one JSON object of facts. */
final class JsonFacts {
  private static final long MAX_BYTES = 1 << 20;

  private final Path file;
  private final JsonObject root;

  private JsonFacts(Path file, JsonObject root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Reads a file; without one there are no facts.
   *
   * @throws IOException naming the file if it is too large or no JSON object
   */
  static JsonFacts read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return new JsonFacts(file, new JsonObject());
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(
          "%s: has %d bytes, at most %d are read".formatted(file, Files.size(file), MAX_BYTES));
    }
    try {
      return new JsonFacts(file, JsonParser.parseString(Files.readString(file)).getAsJsonObject());
    } catch (JsonParseException | IllegalStateException e) {
      throw new IOException(file + ": not a JSON object: " + e.getMessage(), e);
    }
  }

  /** Returns a text or number as it is spelled; empty where there is none of this name. */
  String text(String name) {
    JsonElement value = root.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }

  /**
   * Returns a text.
   *
   * @throws IOException naming the file if there is none of this name
   */
  String requiredText(String name) throws IOException {
    String text = text(name);
    if (text.isEmpty()) {
      throw new IOException("%s: has no text '%s'".formatted(file, name));
    }
    return text;
  }

  /**
   * Returns the texts of an object by their names.
   *
   * @throws IOException naming the file if there is no such object
   */
  Map<String, String> requiredTexts(String name) throws IOException {
    JsonElement value = root.get(name);
    if (value == null || !value.isJsonObject()) {
      throw new IOException("%s: has no object '%s'".formatted(file, name));
    }
    Map<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, JsonElement> entry : value.getAsJsonObject().entrySet()) {
      if (!entry.getValue().isJsonPrimitive()) {
        throw new IOException("%s: '%s' of '%s' is no text".formatted(file, entry.getKey(), name));
      }
      texts.put(entry.getKey(), entry.getValue().getAsString());
    }
    return texts;
  }
}
