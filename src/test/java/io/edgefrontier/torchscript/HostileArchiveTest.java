package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives made to do harm are refused by name, before the code in them is looked at. */
class HostileArchiveTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "os, system",
    "builtins, eval",
    "torch, load",
    "torch._utils, _rebuild_sparse_tensor",
    "torch.jit._pickle, build_anything",
    "__torch__x, Net",
    "__torch__, a/../../b",
    "collections, namedtuple",
  })
  void globalsOutsideTheAllowListAreRefused(String module, String name) throws IOException {
    Pickler pickle = new Pickler();
    pickle.global(module, name);
    pickle.emptyTuple();
    refuses(plain().put("m/data.pkl", pickle.finish()), "data.pkl: the pickle names");
    refuses(plain().put("m/data.pkl", pickle.finish()), "not among the globals");
  }

  @Test
  void globalsAreNotCalledOnAnythingElse() throws IOException {
    refuses(
        pickle("ccollections\nOrderedDict\n(K\u0001tR."), "calls collections.OrderedDict with 1");
    refuses(pickle("K\u0001)R."), "calls the integer 1");
    refuses(pickle("K\u0001)b."), "gives a state to the integer 1");
    refuses(pickle("K\u0001Q."), "names no storage");
  }

  @ParameterizedTest
  @MethodSource("uselessInstructions")
  void instructionsThatNoArchiveNeedsAreRefused(String instructions, String expected)
      throws IOException {
    refuses(pickle(instructions + "."), "data.pkl: the pickle " + expected);
  }

  private static Stream<Arguments> uselessInstructions() {
    return Stream.of(
        arguments("i", "has the instruction 0x69, which no archive needs"),
        arguments("o", "has the instruction 0x6f"),
        arguments("P", "has the instruction 0x50"),
        arguments("S'x'\n", "has the instruction 0x53"),
        arguments("V", "has the instruction 0x56"),
        arguments("0", "has the instruction 0x30"),
        arguments("t", "closes a group that is not open"),
        arguments("h\u0007", "recalls value 7, which it never kept"),
        arguments("K\u0001K\u0001", "ends before all of its values are used"),
        arguments("X\u00ff", "ends in the middle of a value"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"m/../../x", "m//x", "m/x\\y", "m/./x", "m/\nx"})
  void namesThatAreNoPlainPathsAreRefused(String name) throws IOException {
    refuses(
        plain().put(name, "x"),
        ArchiveInput.printable(name) + ": is no plain path below one folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../m/x", "/m/x", "m\\x/y", "other/x", "x"})
  void namesOutsideTheTopFolderAreRefused(String name) throws IOException {
    refuses(plain().put(name, "x"), name + ": is outside the top folder 'm'");
  }

  @Test
  void namesThatAreThereTwiceAreRefused() throws IOException {
    Path file = plain().put("m/versioN", "3\n").write(folder.resolve("twice.pt"));
    byte[] bytes = Files.readAllBytes(file);
    String latin = new String(bytes, StandardCharsets.ISO_8859_1);
    Files.write(
        file, latin.replace("m/versioN", "m/version").getBytes(StandardCharsets.ISO_8859_1));
    IOException error = assertThrows(IOException.class, () -> TorchScriptReader.check(file));
    assertTrue(error.getMessage().contains("m/version: is there twice"), error.getMessage());
  }

  @Test
  void commentThatIsNoTextIsRefused() throws IOException {
    Path file = plain().write(folder.resolve("comment.pt"));
    byte[] bytes = Files.readAllBytes(file);
    String name = "m/version";
    int nameAt = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(name);
    ByteBuffer commented = ByteBuffer.allocate(bytes.length + 1).order(ByteOrder.LITTLE_ENDIAN);
    commented.put(bytes, 0, nameAt + name.length()).put((byte) 0xff);
    commented.put(bytes, nameAt + name.length(), bytes.length - nameAt - name.length());
    commented.putShort(nameAt - 46 + 32, (short) 1); // the comment's length
    int directorySize = commented.capacity() - 22 + 12;
    commented.putInt(directorySize, commented.getInt(directorySize) + 1);
    Files.write(file, commented.array());
    IOException error = assertThrows(IOException.class, () -> TorchScriptReader.check(file));
    assertTrue(
        error.getMessage().startsWith(file + ": zip: has a name or comment that is no text"),
        error.getMessage());
  }

  @Test
  void compressionBombsAreRefused() throws IOException {
    refuses(plain().put("m/extra", new byte[16 << 20]), "m/extra: claims 16777216 bytes");
    HandmadeArchive many = plain();
    for (int i = 0; i < 64; i++) {
      many.put("m/extra" + i, new byte[60_000]);
    }
    refuses(many, "out of proportion to the file");
  }

  @Test
  void entriesThatMustBeThereAreMissed() throws IOException {
    for (String name : new String[] {"data.pkl", "version", "constants.pkl"}) {
      refuses(plain().without("m/" + name), name + ": is missing; expected what torch.jit.trace");
    }
    refuses(plain().without("m/data/1"), "data/1: is missing");
  }

  @Test
  void versionsAndByteOrdersThatAreNotReadAreRefused() throws IOException {
    refuses(plain().put("m/version", "11\n"), "version: is '11', expected 1 to 10");
    refuses(plain().put("m/version", "x"), "version: is 'x'");
    refuses(plain().put("m/byteorder", "big"), "byteorder: is 'big', expected little");
    TorchScriptReader.check(
        plain().put("m/byteorder", "little").write(folder.resolve("little.pt")));
  }

  @Test
  void versionMayStandInEitherPlaceAndIsReadInBoth() throws IOException {
    HandmadeArchive other = plain().without("m/version").put("m/.data/version", "10\n");
    TorchScriptReader.check(other.write(folder.resolve("other.pt")));
    refuses(
        plain().put("m/.data/version", "12"),
        ".data/version: is '12', expected 1 to 10; re-export with a PyTorch of 1.8 to 2.x");
  }

  @Test
  void filesOfTorchSaveAreRefusedWithAdvice() throws IOException {
    refuses(
        plain().without("m/constants.pkl"),
        "load them in PyTorch and export with torch.jit.script(model.eval()).save");
    byte[] pickle = {(byte) 0x80, 2, (byte) 0x8a, 10, 'l'};
    refusesBytes(pickle, "is a pickle, such as torch.save wrote before PyTorch 1.6");
    byte[] tar = new byte[512];
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    refusesBytes(tar, "is a tar file, such as torch.save wrote before");
    refusesBytes(new byte[0], "is no readable zip");
  }

  private void refusesBytes(byte[] bytes, String expected) throws IOException {
    Path file = Files.write(folder.resolve("old.pt"), bytes);
    IOException error = assertThrows(IOException.class, () -> TorchScriptReader.check(file));
    assertTrue(error.getMessage().startsWith(file + ": " + expected), error.getMessage());
  }

  @Test
  void pickledNamesOfTypesDevicesAndTuplesAreHarmless() throws IOException {
    HandmadeArchive archive =
        pickle(
            "c__torch__\nRoot\n)\u0081}("
                + text("list")
                + "ctorch.jit._pickle\nrestore_type_tag\n(]"
                + text("List[int]")
                + "tR"
                + text("device")
                + "ctorch\ndevice\n("
                + text("cpu")
                + "tR"
                + text("pair")
                + "c__torch__\nPair\n(K\u0001K\u0002tRub.");
    TorchScriptReader.check(archive.write(folder.resolve("harmless.pt")));
    refuses(pickle("ctorch\ndevice\n)R."), "calls torch.device with 0 arguments");
    refuses(
        pickle("ctorch.jit._pickle\nrestore_type_tag\n(]tR."),
        "calls torch.jit._pickle.restore_type_tag with 1 arguments");
  }

  @Test
  void storagesOfAnotherSizeAreRefused() throws IOException {
    refuses(plain().put("m/data/0", new byte[31]), "data/0: has 31 bytes, a FloatStorage of 8");
    refuses(plain().put("m/data/0", new byte[36]), "data/0: has 36 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "8, 0, 8, 1, ''",
    "8, 0, 9, 1, 'has 8 elements, too few for a tensor of sizes [9]'",
    "8, 1, 8, 1, 'has 8 elements, too few for a tensor of sizes'",
    "8, -1, 8, 1, 'has 8 elements, too few for a tensor of sizes'",
    "8, 0, 4, 2, ''",
    "8, 0, 4, 3, 'has 8 elements, too few for a tensor of sizes'",
    "8, 0, 2147483647, 1, the integer 2147483647 as a size or stride",
    "8, 0, 8, 2147483647, 'has 8 elements, too few for a tensor of sizes'",
    "8, 0, 8, -1, the integer -1 as a size or stride",
    "8, 0, 100, 0, 'has 8 elements, too few for a tensor of sizes'",
    "8, 9, 0, 1, 'has 8 elements, too few for a tensor of sizes'",
  })
  void tensorsOutsideTheirStorageAreRefused(
      int count, int offset, int size, int stride, String expected) throws IOException {
    HandmadeArchive archive =
        pickle(
            "c__torch__\nRoot\n)\u0081}("
                + text("w")
                + "ctorch._utils\n_rebuild_tensor_v2\n(("
                + text("storage")
                + "ctorch\nFloatStorage\n"
                + text("0")
                + text("cpu")
                + integer(count)
                + "tQ"
                + integer(offset)
                + "("
                + integer(size)
                + "t("
                + integer(stride)
                + "ttRub.");
    if (expected.isEmpty()) {
      TorchScriptReader.check(archive.write(folder.resolve("fits.pt")));
    } else {
      refuses(archive, expected);
    }
  }

  @Test
  void attributesAreNotCopiedToObjectAfterObject() throws IOException {
    StringBuilder pickle = new StringBuilder(text("shared") + "}q\u0001(");
    for (int i = 0; i < 1_000; i++) {
      pickle.append(text("a" + i)).append("N");
    }
    pickle.append("u");
    for (int i = 0; i < 100; i++) {
      pickle.append(text("b" + i)).append("h\u0002)\u0081h\u0001b");
    }
    refuses(
        pickle("c__torch__\nRoot\nq\u0002)\u0081}(" + pickle + "ub."),
        "the pickle gives the same attributes to object after object");
  }

  @Test
  void namesOfAttributesAreShort() throws IOException {
    String start = "c__torch__\nRoot\n)\u0081}(";
    refuses(
        pickle(start + text("k".repeat(1_001)) + "Nub."),
        "the pickle has a key of over 1000 characters");
  }

  @Test
  void endlessWorkEnds() throws IOException {
    StringBuilder doubling = new StringBuilder("class Root(Module):\n");
    for (int i = 0; i < 60; i++) {
      doubling.append(
          "  def f%d(self: __torch__.Root, x: Tensor) -> Tensor:\n    a = self.f%d(x)\n    return self.f%d(x)\n"
              .formatted(i, i + 1, i + 1));
    }
    String last = "  def f60(self: __torch__.Root, x: Tensor) -> Tensor:\n    return x\n";
    String start =
        "  def forward(self: __torch__.Root, x: Tensor) -> Tensor:\n    return self.f0(x)\n";
    reads(
        plain().put("m/code/__torch__.py", doubling + last + start), "nest too deep or never end");
    String deep =
        "class Root(Module):\n  def forward(self: __torch__.Root, x: Tensor) -> Tensor:\n    return ";
    reads(
        plain().put("m/code/__torch__.py", deep + "(".repeat(10_000)),
        "expressions nest deeper than 200");
    reads(
        plain().put("m/code/__torch__.py", deep + "x" + ".y".repeat(10_000) + "\n"),
        "over 200 links");
  }

  @Test
  void otherFilesAreNamedAsWhatTheyAre() throws IOException {
    Path text = Files.writeString(folder.resolve("text.pt"), "no zip at all");
    IOException error = assertThrows(IOException.class, () -> TorchScriptReader.check(text));
    assertTrue(error.getMessage().startsWith(text + ": is no readable zip"), error.getMessage());
    Path none = folder.resolve("none.pt");
    error = assertThrows(IOException.class, () -> TorchScriptReader.check(none));
    assertTrue(error.getMessage().startsWith(none + ": is no readable file"), error.getMessage());
  }

  private static HandmadeArchive plain() {
    return HandmadeArchive.ofForward("return torch.relu(x)");
  }

  /** Returns an archive whose module is pickled so, each character being one byte. */
  private static HandmadeArchive pickle(String instructions) {
    return plain()
        .put("m/data.pkl", ("\u0080\u0002" + instructions).getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String integer(int value) {
    return "J" + littleEndian(value);
  }

  private static String text(String value) {
    return "X" + littleEndian(value.length()) + value;
  }

  private static String littleEndian(int value) {
    byte[] bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private void refuses(HandmadeArchive archive, String expected) throws IOException {
    Path file = archive.write(folder.resolve("hostile.pt"));
    IOException error = assertThrows(IOException.class, () -> TorchScriptReader.check(file));
    assertTrue(error.getMessage().startsWith(file + ": "), error.getMessage());
    assertTrue(error.getMessage().contains(expected), error.getMessage());
  }

  private void reads(HandmadeArchive archive, String expected) throws IOException {
    Path file = archive.write(folder.resolve("code.pt"));
    IOException error =
        assertThrows(IOException.class, () -> TorchScriptReader.read(file, Shape.of(4)));
    assertTrue(error.getMessage().contains(expected), error.getMessage());
  }
}
