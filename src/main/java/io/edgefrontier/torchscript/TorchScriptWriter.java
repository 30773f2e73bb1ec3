package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes a graph as a TorchScript archive that the engine loads as it is.
 *
 * <p>The same graph gives the same bytes. Each stored tensor is one entry of the archive's {@code
 * data/} folder, so that those entries add up to {@link Graph#storedBytes()}. A call takes the
 * float32 batch and returns the output, or a tuple of them if the graph has several.
 */
public final class TorchScriptWriter {
  private static final int FORMAT_VERSION = 3;

  private TorchScriptWriter() {}

  /**
   * Writes {@code graph} to {@code file}, replacing it only when the whole archive is on disk.
   *
   * <p>Names of nodes become names of variables, with characters that those cannot have replaced.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(Graph graph, Path file) throws IOException {
    write(graph, file, Map.of());
  }

  /**
   * As {@link #write(Graph, Path)}, with files beside the network, which PyTorch and DJL give to
   * those that ask for them by name when they load the archive.
   *
   * @param extraFiles texts by name
   */
  public static void write(Graph graph, Path file, Map<String, String> extraFiles)
      throws IOException {
    NetClass net = new NetClass(graph);
    String folder = graph.name().replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.*$", "net");
    ByteBuffer pickle = ByteBuffer.wrap(net.pickle());
    write(
        file,
        new Entries(folder, formatVersion(graph), pickle, net.code(), net.tensors(), extraFiles));
  }

  /**
   * Returns the engine's operators that an archive of {@code graph} calls for each node.
   *
   * @return names of operators as the engine has them, such as {@code aten::conv2d}, by name of
   *     node, both in execution order; a node that is computed without an operator has none
   */
  public static Map<String, List<String>> operators(Graph graph) {
    return new NetClass(graph).operators();
  }

  /**
   * Returns the nodes for which an archive of {@code graph} calls the same operators on the same
   * arguments as for an earlier one. The engine may compute them once for both.
   */
  public static Set<String> repeats(Graph graph) {
    return new NetClass(graph).repeats();
  }

  /**
   * All that is in an archive.
   *
   * @param folder of its entries
   * @param formatVersion what code means may depend on it
   * @param pickle of the module
   * @param code of its class
   * @param tensors that the pickle names by their positions
   * @param extraFiles texts by name
   */
  record Entries(
      String folder,
      int formatVersion,
      ByteBuffer pickle,
      String code,
      List<Tensor> tensors,
      Map<String, String> extraFiles) {
    Entries(
        String folder, int formatVersion, ByteBuffer pickle, String code, List<Tensor> tensors) {
      this(folder, formatVersion, pickle, code, tensors, Map.of());
    }
  }

  /** Writes an archive, as {@link #write(Graph, Path)} does. */
  static void write(Path file, Entries entries) throws IOException {
    Path target = file.toAbsolutePath();
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    try {
      writeEntries(partial, entries);
      Files.move(
          partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static void writeEntries(Path file, Entries entries) throws IOException {
    try (ArchiveOutput out = new ArchiveOutput(file, entries.folder())) {
      out.add("data.pkl", entries.pickle());
      out.add("code/" + NetClass.MODULE + ".py", utf8(entries.code()));
      Pickler noConstants = new Pickler();
      noConstants.emptyTuple();
      out.add("constants.pkl", ByteBuffer.wrap(noConstants.finish()));
      out.add("version", utf8(entries.formatVersion() + "\n"));
      for (int i = 0; i < entries.tensors().size(); i++) {
        out.add("data/" + i, entries.tensors().get(i).buffer());
      }
      for (Map.Entry<String, String> extra : new TreeMap<>(entries.extraFiles()).entrySet()) {
        out.add("extra/" + extra.getKey(), utf8(extra.getValue()));
      }
    }
  }

  /** Opaque calls mean what they meant in the archive that they come from. */
  private static int formatVersion(Graph graph) {
    return graph.opaqueCalls().stream()
        .mapToInt(node -> ((Opaque.Call) node.op()).origin().formatVersion())
        .max()
        .orElse(FORMAT_VERSION);
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
