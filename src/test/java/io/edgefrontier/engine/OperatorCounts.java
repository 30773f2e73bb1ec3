package io.edgefrontier.engine;

import ai.djl.pytorch.jni.JniUtils;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** How often the engine runs each operator, as its own profiler counts. */
public final class OperatorCounts {
  private OperatorCounts() {}

  /**
   * Counts the operators of a call that compute something on a network's values.
   *
   * @param trace file that the profiler writes
   */
  public static Map<String, Integer> of(Runnable call, Path trace) throws IOException {
    JniUtils.startProfile(false, true, false);
    call.run();
    JniUtils.stopProfile(trace.toString());
    Map<String, Integer> counts = new TreeMap<>();
    for (JsonElement event : JsonParser.parseString(Files.readString(trace)).getAsJsonArray()) {
      String name = event.getAsJsonObject().get("name").getAsString();
      if (name.matches(".*(conv2d|linear|relu|softmax|add_).*|aten::(mean|max_pool2d)")) {
        counts.merge(name, 1, Integer::sum);
      }
    }
    return counts;
  }
}
