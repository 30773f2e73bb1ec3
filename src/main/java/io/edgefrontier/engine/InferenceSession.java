package io.edgefrontier.engine;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A TorchScript archive loaded into the engine. Inputs and outputs are float32. Not safe for use by
 * several threads.
 */
public final class InferenceSession implements AutoCloseable {
  private final Model model;
  private final Block block;
  private final NDManager manager;
  private final ParameterStore parameters;

  private InferenceSession(Model model) {
    this.model = model;
    this.block = model.getBlock();
    this.manager = model.getNDManager();
    this.parameters = new ParameterStore(manager, false);
  }

  /**
   * Loads an archive.
   *
   * @throws IOException if the engine does not accept the file; the message names it
   */
  public static InferenceSession open(Path archive) throws IOException {
    EngineSettings.apply();
    String name = archive.getFileName().toString().replaceFirst("\\.pt$", "");
    Model model = Model.newInstance(name, "PyTorch");
    try {
      model.load(archive.toAbsolutePath().getParent(), archive.getFileName().toString());
      return new InferenceSession(model);
    } catch (MalformedModelException | IOException | RuntimeException e) {
      model.close();
      throw new IOException(archive + ": the engine cannot load it: " + e.getMessage(), e);
    }
  }

  /**
   * Returns a call on a fixed input, which stays in native memory until the session is closed.
   *
   * @param values the batch, row-major
   * @param shape with the batch dimension
   */
  public BoundCall bind(float[] values, Shape shape) {
    return new BoundCall(block, parameters, new NDList(array(manager, values, shape)));
  }

  /**
   * Runs one forward call.
   *
   * @param values the batch, row-major
   * @param shape with the batch dimension
   * @return the values of each output
   */
  public List<float[]> run(float[] values, Shape shape) {
    try (NDManager scope = manager.newSubManager();
        NDList outputs =
            block.forward(parameters, new NDList(array(scope, values, shape)), false)) {
      List<float[]> results = new ArrayList<>();
      outputs.forEach(output -> results.add(output.toFloatArray()));
      return results;
    }
  }

  private static NDArray array(NDManager manager, float[] values, Shape shape) {
    long[] dims = shape.dims().stream().mapToLong(Integer::longValue).toArray();
    return manager.create(values, new ai.djl.ndarray.types.Shape(dims));
  }

  @Override
  public void close() {
    model.close();
  }
}
