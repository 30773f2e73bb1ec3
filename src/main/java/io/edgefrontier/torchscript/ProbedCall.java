package io.edgefrontier.torchscript;

import io.edgefrontier.graph.BatchedType;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.torchscript.ProbeArchive.Returned;
import io.edgefrontier.torchscript.Value.Symbol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Learns what calls return by making them, alone, for several batches. */
final class ProbedCall {
  private static final int MAX_PROBES = 300;
  private static final int MAX_RESULTS = 256;
  private static final int MAX_TUPLE = 5;
  private static final int MAX_RANK = 16;
  private static final List<Integer> BATCHES = List.of(1, 2, 3, 2);
  // The last run has other values than that before it of the same batch; sizes must not differ.
  private static final List<Float> STEPS = List.of(0.37f, 0.37f, 0.37f, 0f);

  private final CallProbe probe;
  private final Map<List<Object>, Outcome> known = new HashMap<>();
  private final int formatVersion;
  private int probes;

  /**
   * @param formatVersion of the archive whose calls these are
   */
  ProbedCall(CallProbe probe, int formatVersion) {
    this.probe = probe;
    this.formatVersion = formatVersion;
  }

  /**
   * What a call returns.
   *
   * @param results types of the tensors
   * @param unpacked whether they are in a list or tuple
   * @param list whether that is a list
   * @param shares for each result the indices of the inputs whose storage it shares
   */
  record Outcome(
      List<BatchedType> results, boolean unpacked, boolean list, List<List<Integer>> shares) {
    Outcome {
      results = List.copyOf(results);
      shares = List.copyOf(shares);
    }
  }

  /** Returns the types of computed tensors. */
  static List<BatchedType> types(List<Symbol> symbols) {
    return symbols.stream().map(symbol -> batched(symbol.type())).toList();
  }

  private static BatchedType batched(SymbolType type) {
    return new BatchedType(
        type.one(),
        IntStream.range(0, type.one().shape().rank()).mapToObj(type::isBatched).toList());
  }

  /**
   * Makes a call, unless one like it was made before.
   *
   * @throws IllegalArgumentException if the engine refuses it, or its results are no tensors of
   *     sizes that are known for every batch
   * @throws IOException if the archive cannot be written
   */
  Outcome make(CallText call, List<Tensor> tensors) throws IOException {
    List<BatchedType> inputs = types(call.inputs());
    List<Object> key = List.of(call.text(), inputs, tensors.stream().map(Tensor::type).toList());
    Outcome outcome = known.get(key);
    if (outcome == null) {
      outcome = attempt(call.text(), inputs, tensors);
      known.put(key, outcome);
    }
    return outcome;
  }

  private Outcome attempt(String text, List<BatchedType> inputs, List<Tensor> tensors)
      throws IOException {
    Path file = Files.createTempFile("call", ".pt");
    try {
      Attempts attempts = new Attempts(text, inputs, tensors, file);
      return attempts.all();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Ways to take what a call returns, one of which the engine accepts. */
  private final class Attempts {
    private final String text;
    private final List<BatchedType> inputs;
    private final List<Tensor> tensors;
    private final Path file;

    Attempts(String text, List<BatchedType> inputs, List<Tensor> tensors, Path file) {
      this.text = text;
      this.inputs = inputs;
      this.tensors = tensors;
      this.file = file;
    }

    Outcome all() throws IOException {
      IOException refused;
      try {
        return outcome(run(Returned.TENSOR, 1, BATCHES), 1, Returned.TENSOR, false);
      } catch (IOException e) {
        refused = e;
      }
      if (EngineMessage.isAt(refused.getMessage(), "torch.clone")) { // no tensor was returned
        try {
          int length = length();
          return outcome(run(Returned.UNPACKED, length, BATCHES), length, Returned.UNPACKED, true);
        } catch (IOException e) {
          refused.addSuppressed(e);
        }
        for (int count = 2; count <= MAX_TUPLE; count++) {
          try {
            return outcome(run(Returned.UNPACKED, count, BATCHES), count, Returned.UNPACKED, false);
          } catch (IOException e) {
            refused.addSuppressed(e);
          }
        }
      }
      throw new IllegalArgumentException(
          "the engine refuses it: " + EngineMessage.line(refused.getMessage()), refused);
    }

    private int length() throws IOException {
      int length = (int) run(Returned.LIST_LENGTH, 1, List.of(1)).get(0)[0];
      if (length < 1 || length > MAX_RESULTS) {
        throw new IllegalArgumentException(
            "it returns a list of %d tensors, expected 1 to %d".formatted(length, MAX_RESULTS));
      }
      return length;
    }

    private List<float[]> run(Returned returned, int results, List<Integer> batches)
        throws IOException {
      if (++probes > MAX_PROBES) {
        throw new IllegalArgumentException(
            "over %d calls would have to be tried to know what they return".formatted(MAX_PROBES));
      }
      new ProbeArchive(text, inputs, tensors, returned).write(file, results, formatVersion);
      List<float[]> values = new ArrayList<>();
      List<Shape> shapes = new ArrayList<>();
      for (int i = 0; i < batches.size(); i++) {
        float[] steps = new float[batches.get(i)];
        Arrays.fill(steps, STEPS.get(i));
        values.add(steps);
        shapes.add(Shape.of(batches.get(i), 1));
      }
      return probe.run(file, values, shapes);
    }

    private Outcome outcome(List<float[]> runs, int count, Returned returned, boolean list) {
      List<BatchedType> results = new ArrayList<>();
      List<List<Integer>> shares = new ArrayList<>();
      int[] at = new int[runs.size()];
      for (int result = 0; result < count; result++) {
        List<TensorType> types = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
          types.add(type(runs.get(run), at[run]));
          at[run] += 2 + types.get(run).shape().rank();
        }
        results.add(forEveryBatch(types));
        float[] first = runs.get(0);
        int from = at[0];
        shares.add(
            IntStream.range(0, inputs.size()).filter(i -> first[from + i] != 0).boxed().toList());
        for (int run = 0; run < runs.size(); run++) {
          at[run] += inputs.size();
        }
      }
      return new Outcome(results, returned == Returned.UNPACKED, list, shares);
    }
  }

  private static TensorType type(float[] described, int from) {
    int rank = (int) described[from + 1];
    DType dtype =
        ElementTypes.ofCode((long) described[from])
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "its result is of PyTorch's element type %d, which a graph cannot hold"
                            .formatted((int) described[from])));
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < rank && axis < MAX_RANK; axis++) {
      int dim = (int) described[from + 2 + axis];
      if (dim < 1) {
        throw new IllegalArgumentException("its result has an axis of no elements");
      }
      dims.add(dim);
    }
    if (rank > MAX_RANK) {
      throw new IllegalArgumentException("its result has %d axes".formatted(rank));
    }
    return new TensorType(dtype, new Shape(dims));
  }

  /** Returns the type whose sizes for the tried batches are {@code found}. */
  private static BatchedType forEveryBatch(List<TensorType> found) {
    TensorType one = found.get(0);
    List<Boolean> grows = new ArrayList<>();
    for (int axis = 0; axis < one.shape().rank(); axis++) {
      boolean same = found.get(1).shape().rank() == one.shape().rank();
      grows.add(same && found.get(1).shape().dim(axis) != one.shape().dim(axis));
    }
    BatchedType type = new BatchedType(one, grows);
    for (int run = 0; run < found.size(); run++) {
      if (!type.at(BATCHES.get(run)).equals(found.get(run))) {
        throw new IllegalArgumentException(
            "the size of its result is neither the same for every batch nor a multiple of it: "
                + "%s for batches of %s, the last with other values".formatted(found, BATCHES));
      }
    }
    return type;
  }
}
