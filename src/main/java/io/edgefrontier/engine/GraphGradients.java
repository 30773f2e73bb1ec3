package io.edgefrontier.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import io.edgefrontier.dataset.Samples;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.StoredTensor;
import io.edgefrontier.graph.Tensor;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Gradients of a classifier's softmax cross-entropy with respect to its trained tensors. The
 * network runs as in evaluation: batch norm takes its stored statistics.
 */
public final class GraphGradients {
  private final Graph graph;
  private final Samples samples;

  /**
   * @param graph of float operators with one output, [batch, classes]; a softmax at its end is left
   *     out of the loss, which has its own
   * @param samples of the graph's sample shape
   * @throws IllegalArgumentException if an operator has no gradient, or the samples do not fit
   */
  public GraphGradients(Graph graph, Samples samples) {
    GraphTrainer.requireFit(graph, samples);
    graph.nodes().forEach(Operators::requireTrainable);
    this.graph = graph.withOutputs(List.of(GraphTrainer.logits(graph)));
    this.samples = samples;
  }

  /**
   * Runs the samples forward and backward, in order and in batches of nearly the same size.
   *
   * @param batchSize samples per batch, at most
   * @param batch told of each batch: for a trained tensor of the graph, by identity, the gradient
   *     of the batch's mean loss, row-major
   * @throws IOException naming the sample that cannot be read
   */
  public void forEachBatch(int batchSize, Consumer<Function<Tensor, float[]>> batch)
      throws IOException {
    EngineSettings.apply();
    int count = samples.count();
    int batches = (int) (((long) count + batchSize - 1) / batchSize);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      for (int i = 0; i < batches; i++) {
        int from = (int) ((long) i * count / batches);
        int to = (int) ((i + 1L) * count / batches);
        // Gradients add up in their arrays, hence new arrays for each batch.
        try (NDManager scope = manager.newSubManager()) {
          backward(scope, from, to, batch);
        }
      }
    }
  }

  private void backward(
      NDManager scope, int from, int to, Consumer<Function<Tensor, float[]>> batch)
      throws IOException {
    IdentityHashMap<Tensor, NDArray> arrays = arrays(scope);
    float[] values = samples.values(from, to);
    long[] labels = new long[to - from];
    for (int i = from; i < to; i++) {
      labels[i - from] = samples.label(i);
    }
    NDArray input = scope.create(values, Operators.shape(samples.shape().batched(to - from)));
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDList logits = GraphBlock.run(graph, input, arrays::get, false);
      NDArray loss =
          Loss.softmaxCrossEntropyLoss().evaluate(new NDList(scope.create(labels)), logits);
      collector.backward(loss);
    }
    batch.accept(tensor -> gradient(arrays.get(tensor)));
  }

  private IdentityHashMap<Tensor, NDArray> arrays(NDManager scope) {
    IdentityHashMap<Tensor, NDArray> arrays = new IdentityHashMap<>();
    for (StoredTensor stored : graph.stored()) {
      Tensor tensor = stored.tensor();
      NDArray array = scope.create(tensor.toFloats(), Operators.shape(tensor.shape()));
      array.setRequiresGradient(stored.trained());
      arrays.put(tensor, array);
    }
    return arrays;
  }

  private static float[] gradient(NDArray array) {
    try (NDArray gradient = array.getGradient()) {
      return gradient.toFloatArray();
    }
  }
}
