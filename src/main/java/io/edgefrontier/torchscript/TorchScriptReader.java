package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.torchscript.Value.Dictionary;
import io.edgefrontier.torchscript.Value.Instance;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Symbol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads TorchScript archives: those that {@link TorchScriptWriter} writes and those that {@code
 * torch.jit.trace}, {@code torch.jit.script} and {@code torch.jit.freeze} make and {@code save}
 * writes.
 *
 * <p>The code is run on a symbolic tensor: numbers, texts, lists and conditions on them are worked
 * out, tensors leave nodes. Sizes are known for the sample shape that is given; the size of the
 * batch stays free, and is taken to be larger than 1 where code compares it with a number. A
 * network may return one tensor, or several in a tuple, list, NamedTuple or dictionary, whose order
 * is then that of the graph's outputs; None among them is left out.
 *
 * <p>An archive may come from a stranger. Sizes, nesting and work are bounded; a file that is
 * truncated, damaged, hostile or merely not understood gives an IOException that names the file,
 * the entry in it, and what was found and expected.
 */
public final class TorchScriptReader {
  private static final int MAX_NESTING = 100;
  private static final int MAX_MODULES = 20_000;
  private static final int MAX_PATH = 1_000;
  private static final int MAX_OUTPUTS = 1_000;
  private static final int MAX_OUTPUT_NESTING = 5;

  private TorchScriptReader() {}

  /**
   * Reads an archive as a graph.
   *
   * <p>A layer is named by its module path, such as {@code layer1.conv1}; other operators get
   * readable names. The variables of an archive that this project wrote keep their names. Buffers
   * that the forward call does not use are dropped.
   *
   * @param sampleShape shape of one input sample, without the batch dimension
   * @throws IOException if the file is damaged or does what a graph cannot hold
   */
  public static Graph read(Path file, Shape sampleShape) throws IOException {
    return read(file, sampleShape, Optional.empty(), false).graph();
  }

  /**
   * As {@link #read(Path, Shape)}, but a call that the graph does not know, or not with its
   * arguments, is kept as an {@link io.edgefrontier.graph.Opaque} one if it is a function of
   * tensors whose results are the same each time.
   *
   * @param probe tries such calls on an engine
   */
  public static Graph read(Path file, Shape sampleShape, CallProbe probe) throws IOException {
    return read(file, sampleShape, Optional.of(probe), false).graph();
  }

  /**
   * What reading an archive gives.
   *
   * @param nodes also those that the outputs do not need
   * @param replay the calls that the nodes come from, if they were asked for
   * @param formatVersion of the archive
   */
  record Reading(Graph graph, List<Node> nodes, Optional<ReplayCode> replay, int formatVersion) {}

  /**
   * Reads an archive.
   *
   * @param replay whether the calls are kept
   */
  static Reading read(Path file, Shape sampleShape, Optional<CallProbe> probe, boolean replay)
      throws IOException {
    try (ArchiveInput archive = ArchiveInput.open(file)) {
      StoredTensors tensors = new StoredTensors(archive);
      Instance module = module(archive, tensors);
      List<Value> constants = constants(archive, tensors);
      boolean flat = nameModules(archive, module) && module.className().equals(NetClass.QUALIFIED);
      GraphBuilder graph = new GraphBuilder(sampleShape, tensors, probe, archive.formatVersion());
      Interpreter interpreter = new Interpreter(archive, constants, tensors, graph, flat);
      Symbol input = graph.input();
      Optional<ReplayCode> calls =
          replay ? Optional.of(new ReplayCode(graph, tensors, input)) : Optional.empty();
      calls.ifPresent(graph::setListener);
      Value result = interpreter.forward(module, input);
      try {
        Graph whole = graph.finish(archive.folder(), outputs(result));
        return new Reading(whole, graph.nodes(), calls, archive.formatVersion());
      } catch (IllegalArgumentException e) {
        throw new IOException(archive.error("forward", e.getMessage()).getMessage(), e);
      }
    }
  }

  /**
   * Checks all that must be certain before a native loader may see the file: that it is whole, and
   * that every tensor lies within its storage. The code is not looked at.
   *
   * @throws IOException if the file is missing, damaged or hostile
   */
  public static void check(Path file) throws IOException {
    try (ArchiveInput archive = ArchiveInput.open(file)) {
      StoredTensors tensors = new StoredTensors(archive);
      module(archive, tensors);
      constants(archive, tensors);
    }
  }

  static Instance module(ArchiveInput archive, StoredTensors tensors) throws IOException {
    Value root = Unpickler.read(archive, "data.pkl", tensors);
    if (root instanceof Instance module) {
      return module;
    }
    throw archive.error("data.pkl", "holds %s, expected a module".formatted(Value.describe(root)));
  }

  static List<Value> constants(ArchiveInput archive, StoredTensors tensors) throws IOException {
    Value constants = Unpickler.read(archive, "constants.pkl", tensors);
    if (constants instanceof Sequence sequence) {
      return sequence.items();
    }
    throw archive.error(
        "constants.pkl", "holds %s, expected a tuple".formatted(Value.describe(constants)));
  }

  /** Gives every module the path that leads to it first; returns whether the root is the only. */
  private static boolean nameModules(ArchiveInput archive, Instance root) throws IOException {
    Set<Instance> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Instance> open = new ArrayDeque<>(List.of(root));
    seen.add(root);
    while (!open.isEmpty()) {
      Instance module = open.remove();
      for (Map.Entry<String, Value> attribute : module.attributes().entrySet()) {
        if (attribute.getValue() instanceof Instance child && seen.add(child)) {
          requireModest(archive, module, attribute.getKey(), seen.size());
          child.setPath(module.pathOf(attribute.getKey()));
          open.add(child);
        }
      }
    }
    return seen.size() == 1;
  }

  private static void requireModest(
      ArchiveInput archive, Instance module, String child, int modules) throws IOException {
    long nesting = 1 + module.path().chars().filter(c -> c == '.').count();
    if (nesting > MAX_NESTING || modules > MAX_MODULES) {
      throw archive.error(
          "data.pkl",
          "nests modules deeper than %d or has over %d".formatted(MAX_NESTING, MAX_MODULES));
    }
    if (module.path().length() + child.length() >= MAX_PATH) {
      throw archive.error("data.pkl", "has a module path of over " + MAX_PATH + " characters");
    }
  }

  /** Returns the tensors in what the network returns, in order; None is left out. */
  private static List<Symbol> outputs(Value result) {
    List<Symbol> outputs = new ArrayList<>();
    addOutputs(result, 0, outputs);
    if (outputs.isEmpty()) {
      throw unusable(result);
    }
    return outputs;
  }

  private static void addOutputs(Value value, int depth, List<Symbol> outputs) {
    if (depth > MAX_OUTPUT_NESTING || outputs.size() > MAX_OUTPUTS) {
      throw new IllegalArgumentException(
          "returns over %d tensors, or nests them deeper than %d"
              .formatted(MAX_OUTPUTS, MAX_OUTPUT_NESTING));
    }
    if (value instanceof Symbol symbol && !symbol.isStale()) {
      outputs.add(symbol);
    } else if (value instanceof Sequence sequence && sequence.items().size() <= MAX_OUTPUTS) {
      sequence.items().forEach(item -> addOutputs(item, depth + 1, outputs));
    } else if (value instanceof Dictionary dictionary && dictionary.items().size() <= MAX_OUTPUTS) {
      dictionary.items().values().forEach(item -> addOutputs(item, depth + 1, outputs));
    } else if (depth == 0 || value != Value.None.NONE) {
      throw unusable(value);
    }
  }

  private static IllegalArgumentException unusable(Value value) {
    return new IllegalArgumentException(
        "returns %s, expected tensors that it computes".formatted(Value.describe(value)));
  }
}
