package io.edgefrontier.engine;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A TorchScript archive loaded into the engine. Inputs and outputs are float32. Not safe for use by
 * several threads.
 */
public final class InferenceSession implements AutoCloseable {
  private static final String UNKNOWN_OPERATOR = "Unknown builtin op";

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
   * @param archive a file of any name
   * @throws IOException if there is no such file, or the engine does not accept it; the message
   *     names it
   */
  public static InferenceSession open(Path archive) throws IOException {
    if (!Files.isRegularFile(archive)) {
      String found = Files.exists(archive) ? "not a file" : "no such file";
      throw new IOException(archive + ": " + found + "; expected a TorchScript archive");
    }
    EngineSettings.apply();
    String name = archive.getFileName().toString().replaceFirst("\\.pt$", "");
    Model model = Model.newInstance(name, Device.cpu(), "PyTorch");
    try {
      model.load(archive.toAbsolutePath().getParent(), archive.getFileName().toString());
      return new InferenceSession(model);
    } catch (MalformedModelException | IOException | RuntimeException e) {
      model.close();
      throw new IOException(
          archive + ": the engine cannot load it: " + e.getMessage() + advice(e), e);
    }
  }

  /** Returns what helps where an archive calls kernels that this build of the engine is without. */
  private static String advice(Exception error) {
    return String.valueOf(error.getMessage()).contains(UNKNOWN_OPERATOR)
        ? "; where the archive was lowered to kernels that this engine does not have, prepare it again"
            + " on this machine or with --lowering plain"
        : "";
  }

  /**
   * Returns a call on a fixed input, which stays in native memory until the session is closed.
   *
   * @param values the batch, row-major
   * @param shape with the batch dimension
   * @throws IllegalArgumentException if {@code values} does not fill {@code shape}
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
   * @throws IllegalArgumentException if {@code values} does not fill {@code shape}
   * @throws IllegalStateException if the network does not accept the input; the message says why
   */
  public List<float[]> run(float[] values, Shape shape) {
    try (NDManager scope = manager.newSubManager();
        NDList outputs =
            block.forward(parameters, new NDList(array(scope, values, shape)), false)) {
      List<float[]> results = new ArrayList<>();
      outputs.forEach(output -> results.add(output.toFloatArray()));
      return results;
    } catch (EngineException e) {
      throw new IllegalStateException(
          "the network does not run on an input of shape " + shape + ": " + e.getMessage(), e);
    }
  }

  /**
   * Runs one forward call, as {@link #run}, and also tells the shapes.
   *
   * @return each output, converted to float32 where it is of another type
   * @throws IllegalArgumentException if {@code values} does not fill {@code shape}
   * @throws IllegalStateException if the network does not accept the input, or returns what has no
   *     values, such as an empty tensor; the message says why
   * @throws UnsupportedOperationException if the network returns what the engine does not hand
   *     over, such as None within a tuple
   */
  public List<Tensor> outputs(float[] values, Shape shape) {
    try (NDManager scope = manager.newSubManager();
        NDList outputs =
            block.forward(parameters, new NDList(array(scope, values, shape)), false)) {
      List<Tensor> results = new ArrayList<>();
      outputs.forEach(output -> results.add(tensor(output)));
      return results;
    } catch (EngineException e) {
      throw new IllegalStateException(
          "the network does not run on an input of shape " + shape + ": " + e.getMessage(), e);
    }
  }

  private static Tensor tensor(NDArray output) {
    int[] dims = new int[output.getShape().dimension()];
    Arrays.setAll(dims, axis -> Math.toIntExact(output.getShape().get(axis)));
    if (output.isEmpty()) {
      throw new IllegalStateException("the network returns an empty tensor, expected values");
    }
    try (NDArray floats = output.toType(DataType.FLOAT32, true)) {
      return Tensor.ofFloats(Shape.of(dims), floats.toFloatArray());
    }
  }

  private static NDArray array(NDManager manager, float[] values, Shape shape) {
    // The engine answers an empty batch with nothing and reads past a short one.
    if (shape.rank() == 0 || values.length != shape.elements()) {
      throw new IllegalArgumentException(
          "an input of shape %s needs %d values and a batch dimension, got %d values"
              .formatted(shape, shape.elements(), values.length));
    }
    return manager.create(values, Operators.shape(shape));
  }

  @Override
  public void close() {
    model.close();
  }
}
