package io.edgefrontier.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of a run that holds one JSON object. */
final class JsonObjectFile {
  private JsonObjectFile() {}

  /**
   * Returns the object, an empty one where there is no file.
   *
   * @throws IOException if the file cannot be read or is no JSON object
   */
  static JsonObject read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new JsonObject();
    }
    try {
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new IOException(file + ": not a JSON object: " + e.getMessage(), e);
    }
  }
}
