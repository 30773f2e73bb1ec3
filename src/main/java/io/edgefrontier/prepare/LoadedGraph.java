package io.edgefrontier.prepare;

import io.edgefrontier.engine.BoundCall;
import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.torchscript.TorchScriptWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A graph in the engine with one batch of fixed input: to compare and to time. */
final class LoadedGraph implements AutoCloseable {
  private final InferenceSession session;
  private final float[] values;
  private final Shape shape;
  private final BoundCall call;

  private LoadedGraph(InferenceSession session, float[] values, Shape shape) {
    this.session = session;
    this.values = values;
    this.shape = shape;
    this.call = session.bind(values, shape);
  }

  /**
   * Loads a graph.
   *
   * @throws IOException if the engine does not accept it
   */
  static LoadedGraph of(Graph graph, int batch) throws IOException {
    Path file = Files.createTempFile("graph", ".pt");
    try {
      TorchScriptWriter.write(graph, file);
      return of(file, graph.sampleShape().batched(batch));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** As {@link #of(Graph, int)}, of an archive, whose input has {@code shape}. */
  static LoadedGraph of(Path archive, Shape shape) throws IOException {
    return new LoadedGraph(InferenceSession.open(archive), TrialRun.pattern(shape), shape);
  }

  /** Returns the first output. */
  float[] outputs() {
    return session.run(values, shape).get(0);
  }

  /** Runs one call and frees its result. */
  void call() {
    call.run();
  }

  @Override
  public void close() {
    session.close();
  }
}
