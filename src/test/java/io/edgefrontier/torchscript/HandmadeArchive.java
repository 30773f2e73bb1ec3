package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** An archive whose entries a test decides, with right checksums whatever is in them. */
public final class HandmadeArchive {
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  /**
   * Returns an archive of one module with a submodule {@code sub}, both with tensors {@code weight}
   * [2, 4] and {@code bias} [2].
   *
   * @param forward statements of the root's forward method, without indentation
   */
  static HandmadeArchive ofForward(String... forward) {
    HandmadeArchive archive = new HandmadeArchive();
    Pickler pickle = new Pickler();
    object(pickle, "Root");
    pickle.text("sub");
    object(pickle, "Sub");
    close(pickle);
    close(pickle);
    archive.entries.put("m/data.pkl", pickle.finish());
    String code =
        """
        class Root(Module):
          __parameters__ = ["weight", "bias", ]
          __annotations__["0"] = Tensor
          limit : Final[float] = 0.25
          sub : __torch__.Sub
          def forward(self: __torch__.Root,
            x: Tensor) -> Tensor:
        """
            + "    "
            + String.join("\n    ", forward)
            + """

            class Sub(Module):
              def forward(self: __torch__.Sub, x: Tensor) -> Tensor:
                weight = self.weight
                bias = self.bias
                return torch.linear(x, weight, bias)
              def never(self: __torch__.Sub, x: Tensor) -> Tensor:
                raise x
            """;
    archive.put("m/code/__torch__.py", code);
    Pickler constants = new Pickler();
    constants.mark();
    constants.tensor(weight(), "0");
    constants.tuple();
    archive.entries.put("m/constants.pkl", constants.finish());
    archive.entries.put("m/constants/0", bytes(weight()));
    archive.put("m/version", "3\n");
    archive.entries.put("m/data/0", bytes(weight()));
    archive.entries.put("m/data/1", bytes(bias()));
    return archive;
  }

  /** Returns an archive with the entries of {@code file}. */
  public static HandmadeArchive of(Path file) throws IOException {
    HandmadeArchive archive = new HandmadeArchive();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        archive.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return archive;
  }

  private static void object(Pickler pickle, String name) {
    pickle.global("__torch__", name);
    pickle.emptyTuple();
    pickle.newObject();
    pickle.emptyDict();
    pickle.mark();
    pickle.text("weight");
    pickle.tensor(weight(), "0");
    pickle.text("bias");
    pickle.tensor(bias(), "1");
  }

  private static void close(Pickler pickle) {
    pickle.setItems();
    pickle.build();
  }

  static Tensor weight() {
    return Tensor.ofFloats(Shape.of(2, 4), new float[] {1, 2, 3, 4, 5, 6, 7, 8});
  }

  static Tensor bias() {
    return Tensor.ofFloats(Shape.of(2), new float[] {-1, 1});
  }

  private static byte[] bytes(Tensor tensor) {
    ByteBuffer buffer = tensor.buffer();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  public HandmadeArchive put(String name, String text) {
    return put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  HandmadeArchive put(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  HandmadeArchive without(String name) {
    entries.remove(name);
    return this;
  }

  public byte[] get(String name) {
    return entries.get(name).clone();
  }

  public Set<String> names() {
    return entries.keySet();
  }

  /** Writes the archive, its entries deflated. */
  public Path write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }
}
