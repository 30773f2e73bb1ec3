package io.edgefrontier.prepare;

import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.torchscript.CallProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tries calls on the engine in this process. */
public final class EngineProbe implements CallProbe {
  @Override
  public List<float[]> run(Path archive, List<float[]> inputs, List<Shape> shapes)
      throws IOException {
    try (InferenceSession session = InferenceSession.open(archive)) {
      List<float[]> results = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        results.add(session.run(inputs.get(i), shapes.get(i)).get(0));
      }
      return results;
    } catch (IOException | IllegalStateException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(String.valueOf(cause.getMessage()), e);
    }
  }
}
