package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The operator calls that reading an archive came across, to be made again exactly as they stand
 * there and apart from the code around them: whatever a graph makes of a call can be held against
 * the call itself.
 */
public final class OperatorReplay {
  /**
   * What one call computes.
   *
   * @param node name of its node in the graph that {@link TorchScriptReader} reads
   * @param operator the operator's name in code
   * @param place where in the archive the call stands
   */
  public record Output(String node, String operator, String place) {}

  private final ReplayCode code;
  private final List<ReplayCode.Result> results;
  private final List<Output> outputs;
  private final int formatVersion;

  private OperatorReplay(
      ReplayCode code, List<ReplayCode.Result> results, List<Output> outputs, int formatVersion) {
    this.code = code;
    this.results = results;
    this.outputs = outputs;
    this.formatVersion = formatVersion;
  }

  /**
   * Reads the calls of an archive.
   *
   * @param sampleShape shape of one input sample, without the batch dimension
   * @param probe as the archive was read with
   * @throws IOException as {@link TorchScriptReader#read}, or if a call has arguments that cannot
   *     be written
   */
  public static OperatorReplay of(Path archive, Shape sampleShape, CallProbe probe)
      throws IOException {
    TorchScriptReader.Reading reading =
        TorchScriptReader.read(archive, sampleShape, Optional.of(probe), true);
    ReplayCode code = reading.replay().orElseThrow();
    List<ReplayCode.Result> results = new ArrayList<>();
    List<Output> outputs = new ArrayList<>();
    for (ReplayCode.Result result : code.results()) {
      String node = result.node() < 0 ? Graph.INPUT : reading.nodes().get(result.node()).name();
      results.add(result);
      outputs.add(new Output(node, result.operator(), result.place()));
    }
    return new OperatorReplay(code, results, outputs, reading.formatVersion());
  }

  /** Returns what the calls compute, in the order of the calls. */
  public List<Output> outputs() {
    return List.copyOf(outputs);
  }

  /**
   * Writes an archive that makes the calls and returns a tuple of what some of them compute.
   *
   * @param chosen places in {@link #outputs} of those that are returned, ascending
   */
  public void write(Path file, List<Integer> chosen) throws IOException {
    Pickler pickler = new Pickler();
    pickler.global(NetClass.MODULE, NetClass.NAME);
    pickler.emptyTuple();
    pickler.newObject();
    pickler.emptyDict();
    pickler.mark();
    List<Tensor> tensors = code.tensors();
    for (int i = 0; i < tensors.size(); i++) {
      pickler.text("w" + i);
      pickler.tensor(tensors.get(i), String.valueOf(i));
    }
    pickler.text("training");
    pickler.bool(false);
    pickler.setItems();
    pickler.build();
    String text = code.classText(chosen.stream().map(results::get).toList());
    TorchScriptWriter.write(
        file,
        new TorchScriptWriter.Entries(
            "replay", formatVersion, ByteBuffer.wrap(pickler.finish()), text, tensors));
  }
}
