package io.edgefrontier.torchscript;

import io.edgefrontier.graph.BatchedType;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An archive that makes one call on inputs of its own and describes what it returns.
 *
 * <p>It takes [batch, 1]; element 0 sets the values of the inputs: sines of multiples of it, zeros
 * for integers. For each result it returns the number of its element type, its rank, its sizes, and
 * for each input 1 if writing into the input changes the result: if they share storage.
 *
 * @param text see {@link CallText}
 * @param inputs types of the call's inputs
 * @param tensors stored tensors that it takes
 * @param returned how its results are taken
 */
record ProbeArchive(
    String text, List<BatchedType> inputs, List<Tensor> tensors, Returned returned) {
  // A sine has no such value, and it is exact in every type.
  private static final int FOREIGN = 77;

  ProbeArchive {
    inputs = List.copyOf(inputs);
    tensors = List.copyOf(tensors);
  }

  /** What a call returns. */
  enum Returned {
    TENSOR,
    /** A list, whose length is returned and nothing else. */
    LIST_LENGTH,
    /** A list or tuple of a known length. */
    UNPACKED
  }

  /**
   * Writes the archive.
   *
   * @param results how many tensors the call returns
   * @param formatVersion what the call means may depend on it
   */
  void write(Path file, int results, int formatVersion) throws IOException {
    TorchScriptWriter.write(
        file,
        new TorchScriptWriter.Entries(
            "probe", formatVersion, ByteBuffer.wrap(pickle()), code(results), tensors));
  }

  private byte[] pickle() {
    Pickler pickler = new Pickler();
    pickler.global(NetClass.MODULE, NetClass.NAME);
    pickler.emptyTuple();
    pickler.newObject();
    pickler.emptyDict();
    pickler.mark();
    for (int i = 0; i < tensors.size(); i++) {
      pickler.text("t" + i);
      pickler.tensor(tensors.get(i), String.valueOf(i));
    }
    pickler.text("training");
    pickler.bool(false);
    pickler.setItems();
    pickler.build();
    return pickler.finish();
  }

  private String code(int results) {
    StringBuilder code = new StringBuilder("class " + NetClass.NAME + "(Module):\n");
    code.append("  __parameters__ = []\n  __buffers__ = [")
        .append(names("\"t", "\", ", tensors.size()))
        .append("]\n");
    for (int i = 0; i < tensors.size(); i++) {
      code.append("  t%d : Tensor\n".formatted(i));
    }
    code.append("  training : bool\n  def forward(self: %s,\n".formatted(NetClass.QUALIFIED))
        .append("    x: Tensor) -> Tensor:\n")
        .append("    batch = torch.size(x, 0)\n")
        .append("    step = torch.select(torch.select(x, 0, 0), 0, 0)\n");
    for (int i = 0; i < inputs.size(); i++) {
      code.append("    v%d = %s\n".formatted(i, made(inputs.get(i))));
    }
    String call = CallText.fill(text, i -> "v" + i, i -> "self.t" + i);
    if (returned == Returned.LIST_LENGTH) {
      return code + "    return torch.tensor([torch.len(%s)], dtype=6)\n".formatted(call);
    }
    String unpacked = returned == Returned.UNPACKED ? names("r", ", ", results) : "r0";
    code.append("    %s = %s\n".formatted(unpacked.strip(), call));
    describe(code, results);
    return code.toString();
  }

  /** Returns an input of a type. */
  private static String made(BatchedType type) {
    DType dtype = type.one().dtype();
    Shape one = type.one().shape();
    String sizes =
        IntStream.range(0, one.rank())
            .mapToObj(
                axis ->
                    type.grows().get(axis)
                        ? "torch.mul(batch, %d)".formatted(one.dim(axis))
                        : String.valueOf(one.dim(axis)))
            .collect(Collectors.joining(", ", "annotate(List[int], [", "])"));
    int code = ElementTypes.code(dtype);
    if (!dtype.isFloat()) {
      return "torch.zeros(%s, dtype=%d)".formatted(sizes, code);
    }
    String count =
        type.grows().contains(true)
            ? "torch.mul(batch, %d)".formatted(one.elements())
            : String.valueOf(one.elements());
    return "torch.to(torch.reshape(torch.sin(torch.mul(torch.arange(%s, dtype=6), step)), %s), %d)"
        .formatted(count, sizes, code);
  }

  private void describe(StringBuilder code, int results) {
    for (int r = 0; r < results; r++) {
      code.append("    before%d = torch.nan_to_num(torch.clone(r%d))\n".formatted(r, r));
    }
    for (int v = 0; v < inputs.size(); v++) {
      code.append("    f%d = torch.fill_(v%d, %d)\n".formatted(v, v, FOREIGN));
      for (int r = 0; r < results; r++) {
        code.append("    after%d_%d = torch.nan_to_num(torch.clone(r%d))\n".formatted(r, v, r))
            .append("    same%d_%d = torch.equal(before%d, after%d_%d)\n".formatted(r, v, r, r, v))
            .append("    shares%d_%d = int(torch.__not__(same%d_%d))\n".formatted(r, v, r, v));
        code.append("    before%d = after%d_%d\n".formatted(r, r, v));
      }
    }
    List<String> described = new ArrayList<>();
    for (int r = 0; r < results; r++) {
      int result = r;
      String shared =
          IntStream.range(0, inputs.size())
              .mapToObj(v -> "shares%d_%d".formatted(result, v))
              .collect(Collectors.joining(", ", "annotate(List[int], [", "])"));
      described.add(
          "torch.tensor(torch.add(torch.add([ops.prim.dtype(r%d), torch.dim(r%d)], torch.size(r%d)), %s), dtype=6)"
              .formatted(r, r, r, shared));
    }
    code.append("    return torch.cat([%s], 0)\n".formatted(String.join(", ", described)));
  }

  private static String names(String prefix, String suffix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> prefix + i + suffix)
        .collect(Collectors.joining());
  }
}
