package io.edgefrontier.engine;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import io.edgefrontier.dataset.Prefetched;
import io.edgefrontier.dataset.Samples;
import io.edgefrontier.engine.TrainingBatches.LabelledBatch;
import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Node;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Trains a graph as a classifier with DJL: Adam, softmax cross-entropy, a learning rate that falls
 * towards 0 along a cosine, and images moved by up to two pixels at random.
 *
 * <p>On one machine and one engine thread, the same arguments give the same bytes.
 */
public final class GraphTrainer {
  private GraphTrainer() {}

  /**
   * Returns {@code graph} with trained tensors, batch-norm statistics among them.
   *
   * @param graph of float operators with one output, [batch, classes]; a softmax at its end is left
   *     out of the loss, which has its own
   * @param training samples of the graph's sample shape
   * @param progress told after each epoch
   * @throws IllegalArgumentException if the graph cannot be trained, or not with these samples
   * @throws ArithmeticException if the loss is no longer a number
   * @throws IOException naming the sample that cannot be read
   */
  public static Graph train(
      Graph graph, Samples training, TrainingOptions options, Consumer<EpochReport> progress)
      throws IOException {
    requireFit(graph, training);
    EngineSettings.apply();
    GraphBlock block = new GraphBlock(graph.withOutputs(List.of(logits(graph))));
    requireBatches(graph, Math.min(training.count(), options.batchSize()));
    TrainingBatches batches = new TrainingBatches(training, options.batchSize(), options.seed());
    try (Model model = Model.newInstance(graph.name(), Device.cpu(), "PyTorch")) {
      model.setBlock(block);
      TrainingConfig config = config(model.getNDManager(), batches.perEpoch(), options);
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(Operators.shape(graph.sampleShape().batched(options.batchSize())));
        for (int epoch = 1; epoch <= options.epochs(); epoch++) {
          batches.shuffle();
          Tally tally = trainEpoch(trainer, batches, training.shape());
          progress.accept(tally.report(epoch, options.epochs()));
        }
        return graph.withNodes(block.withCurrentValues(graph.nodes()));
      }
    }
  }

  private static TrainingConfig config(
      NDManager owner, int batchesPerEpoch, TrainingOptions options) {
    Tracker cosine =
        Tracker.cosine()
            .setBaseValue(options.learningRate())
            .optFinalValue(0)
            .setMaxUpdates(Math.multiplyExact(options.epochs(), batchesPerEpoch))
            .build();
    // DJL counts steps from 1, with which the last, or only, step would have a rate of 0.
    Tracker rate = step -> cosine.getNewValue(step - 1);
    return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
        .optOptimizer(new ScopedAdam(Adam.builder().optLearningRateTracker(rate), owner))
        .optDevices(new Device[] {Device.cpu()});
  }

  private static Tally trainEpoch(
      Trainer trainer, TrainingBatches batches, io.edgefrontier.graph.Shape sampleShape)
      throws IOException {
    Tally tally = new Tally();
    try (Prefetched<LabelledBatch> ahead = new Prefetched<>(batches.perEpoch(), batches::batch)) {
      while (ahead.hasNext()) {
        step(trainer, ahead.next(), sampleShape, tally);
      }
    }
    return tally;
  }

  private static void step(
      Trainer trainer, LabelledBatch batch, io.edgefrontier.graph.Shape sampleShape, Tally tally) {
    int size = batch.labels().length;
    // Everything that a step makes in native memory ends with its scope.
    try (NDManager scope = trainer.getManager().newSubManager()) {
      Shape shape = Operators.shape(sampleShape.batched(size));
      NDList input = new NDList(scope.create(batch.values(), shape));
      NDList labels = new NDList(scope.create(batch.labels()));
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDList logits = trainer.forward(input);
        NDArray loss = trainer.getLoss().evaluate(labels, logits);
        gradients.backward(loss);
        tally.add(loss.getFloat(), logits.singletonOrThrow().toFloatArray(), batch.labels());
      }
      trainer.step();
    }
  }

  /** Makes sure that a graph classifies samples. */
  static void requireFit(Graph graph, Samples training) {
    if (graph.outputs().size() != 1) {
      throw new IllegalArgumentException(
          "%s has outputs %s; a classifier has one".formatted(graph.name(), graph.outputs()));
    }
    if (!training.shape().equals(graph.sampleShape())) {
      throw new IllegalArgumentException(
          "%s takes samples of shape %s, got %s"
              .formatted(graph.name(), graph.sampleShape(), training.shape()));
    }
    var output = graph.types(1).get(graph.outputs().get(0)).shape();
    if (output.rank() != 2 || output.dim(1) < training.classes()) {
      throw new IllegalArgumentException(
          "%s gives %s for one sample, %d classes need 1x%d"
              .formatted(graph.name(), output, training.classes(), training.classes()));
    }
  }

  private static void requireBatches(Graph graph, int smallestBatch) {
    if (graph.parameters() == 0) {
      throw new IllegalArgumentException(graph.name() + " has no parameters to train");
    }
    if (smallestBatch == 0) {
      throw new IllegalArgumentException("there are no training samples");
    }
    boolean batchNorm =
        graph.nodes().stream().anyMatch(node -> node.op() instanceof Layer.BatchNorm);
    if (batchNorm && smallestBatch == 1) {
      throw new IllegalArgumentException(
          "%s has batch norm, which needs batches of 2 or more samples, got 1"
              .formatted(graph.name()));
    }
  }

  /** Returns the name of the value that the last softmax takes, or of the output. */
  static String logits(Graph graph) {
    String output = graph.outputs().get(0);
    while (!output.equals(Graph.INPUT)) {
      Node node = graph.node(output);
      if (!(node.op() instanceof Activation.Softmax)) {
        break;
      }
      output = node.inputs().get(0);
    }
    return output;
  }

  /** Sums of one epoch. */
  private static final class Tally {
    private double lossSum;
    private long correct;
    private long count;

    void add(float meanLoss, float[] logits, long[] labels) {
      int classes = logits.length / labels.length;
      for (int i = 0; i < labels.length; i++) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
          best = logits[i * classes + c] > logits[i * classes + best] ? c : best;
        }
        correct += best == labels[i] ? 1 : 0;
      }
      lossSum += (double) meanLoss * labels.length;
      count += labels.length;
    }

    EpochReport report(int epoch, int epochs) {
      double loss = lossSum / count;
      if (!Double.isFinite(loss)) {
        throw new ArithmeticException(
            "the loss of epoch %d is %s; train with a lower learning rate".formatted(epoch, loss));
      }
      return new EpochReport(epoch, epochs, loss, (double) correct / count);
    }
  }
}
