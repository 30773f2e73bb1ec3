package io.edgefrontier.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.lower.Calibration;
import io.edgefrontier.lower.Lowering;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.prune.PruningOptions;
import io.edgefrontier.torchscript.QuantizedArchive;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.GivenVariant;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Sha256;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VariantAdopterTest {
  private static final Shape SHAPE = Shape.of(1, 12, 12);
  private static final int CLASSES = 4;

  @TempDir private Path folder;
  private Path source;

  @BeforeEach
  void makeFolder() throws IOException {
    source = Files.createDirectories(folder.resolve("elsewhere/int8")).getParent();
  }

  /** Kernels are read back as plain operators, which hold more values at a time. */
  @ParameterizedTest
  @EnumSource(
      value = Lowering.class,
      names = {"PLAIN", "RULE"})
  void ownArchivesKeepTheirBytesAndFigures(Lowering lowering) throws IOException {
    List<ManifestEntry> made = make(lowering);
    List<GivenVariant> given =
        made.stream()
            .map(entry -> given("copy", entry.variant().precision(), entry.archive().get().path()))
            .toList();
    List<PreparedVariant> adopted =
        new VariantAdopter(source, samples(), folder.resolve("run/variants"), v -> {}).adopt(given);
    for (int i = 0; i < made.size(); i++) {
      Archive original = made.get(i).archive().orElseThrow();
      Archive copy = adopted.get(i).entry().archive().orElseThrow();
      assertArrayEquals(
          Files.readAllBytes(source.resolve(original.path())),
          Files.readAllBytes(folder.resolve("run").resolve(copy.path())));
      assertEquals(original.sha256(), copy.sha256());
      assertEquals(original.bytes(), copy.bytes());
      assertEquals(original.sampleShape(), copy.sampleShape());
      assertEquals(original.parameters(), copy.parameters());
      assertEquals(original.macs(), copy.macs());
      assertEquals(original.modelBytes(), copy.modelBytes());
      long peak = copy.peakActivationBytes().orElseThrow();
      long expected = original.peakActivationBytes().orElseThrow();
      assertTrue(lowering == Lowering.PLAIN ? peak == expected : peak >= expected, "" + peak);
      assertTrue(adopted.get(i).graph().isPresent());
    }
  }

  @Test
  void everyWrongPrecisionIsAnErrorRowAndLeavesNoFile() throws IOException {
    for (ManifestEntry entry : make(Lowering.RULE)) {
      Precision right = entry.variant().precision();
      List<GivenVariant> given = new ArrayList<>();
      for (Precision precision : Precision.values()) {
        given.add(given("copy", precision, entry.archive().orElseThrow().path()));
      }
      for (ManifestEntry result : adopt(given)) {
        Precision said = result.variant().precision();
        assertEquals(said == right, result.archive().isPresent(), result.error());
        if (said != right) {
          assertTrue(result.error().contains(": called " + said.label() + ", but its weights are"));
        }
      }
      try (Stream<Path> files = Files.list(folder.resolve("variants"))) {
        assertEquals(
            List.of("copy-p0.0-" + right.label() + ".pt"),
            files.map(file -> file.getFileName().toString()).toList());
      }
      Files.delete(folder.resolve("variants/copy-p0.0-" + right.label() + ".pt"));
    }
  }

  @Test
  void whatAGraphCannotHoldHasNoMacsRatherThanNone() throws IOException {
    Path file = QuantizedArchive.write(source.resolve("int8/q.pt"), 144, CLASSES);
    Archive archive =
        adopt(List.of(given("q", Precision.INT8, "int8/q.pt"))).get(0).archive().orElseThrow();
    assertEquals(
        new Archive(
            "variants/q-p0.0-int8.pt",
            Sha256.of(file),
            Files.size(file),
            SHAPE.dims(),
            144 * CLASSES,
            OptionalLong.empty(),
            144 * CLASSES,
            OptionalLong.empty(),
            ""),
        archive);
  }

  @Test
  void pathsStayInTheFolder() throws IOException {
    Path secret = QuantizedArchive.write(folder.resolve("secret.pt"), 144, CLASSES);
    Files.createSymbolicLink(source.resolve("link.pt"), secret);
    Files.createSymbolicLink(source.resolve("up"), folder);
    assertEquals(
        "../secret.pt: leads out of the table's folder; expected a path below it",
        error("../secret.pt"));
    assertTrue(error("int8/../../secret.pt").contains("leads out of the table's folder"));
    assertTrue(error(secret.toString()).contains("leads out of the table's folder"));
    assertTrue(error("link.pt").contains("is a link that leads out of the table's folder"));
    assertTrue(error("up/secret.pt").contains("is a link that leads out of the table's folder"));
    assertTrue(error("").contains("path is empty"));
    assertTrue(error("int8").contains("no such file"));
    assertTrue(error("absent.pt").startsWith("absent.pt: no such file in "));
  }

  @Test
  void aLinkWithinTheFolderIsFollowed() throws IOException {
    QuantizedArchive.write(source.resolve("int8/q.pt"), 144, CLASSES);
    Files.createSymbolicLink(source.resolve("newest.pt"), Path.of("int8/q.pt"));
    assertEquals("", error("newest.pt"));
  }

  @Test
  void damagedArchivesNeverReachTheEngine() throws IOException {
    Path file = QuantizedArchive.write(source.resolve("q.pt"), 144, CLASSES);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertTrue(error("q.pt").startsWith("q.pt: "), error("q.pt"));
    assertTrue(error("q.pt").contains("damaged") || error("q.pt").contains("cannot be read"));
  }

  @Test
  void whatDoesNotRunSaysWhyInOneLine() throws IOException {
    QuantizedArchive.write(source.resolve("narrow.pt"), 100, CLASSES);
    String narrow = error("narrow.pt");
    assertTrue(
        narrow.startsWith("narrow.pt: the network does not run on an input of shape 2x1x12x12"),
        narrow);
    assertTrue(narrow.contains("RuntimeError: "), narrow);
    assertEquals(1, narrow.lines().count());
    QuantizedArchive.write(source.resolve("classes.pt"), 144, CLASSES + 1);
    assertEquals(
        "classes.pt: 2 samples of shape 1x12x12 gave [10] values, expected one output of 2 x 4"
            + " classes",
        error("classes.pt"));
  }

  private String error(String path) throws IOException {
    return adopt(List.of(given("q", Precision.INT8, path))).get(0).error();
  }

  private List<ManifestEntry> adopt(List<GivenVariant> given) throws IOException {
    List<PreparedVariant> told = new ArrayList<>();
    List<PreparedVariant> adopted =
        new VariantAdopter(source, samples(), folder.resolve("variants"), told::add).adopt(given);
    assertEquals(adopted, told);
    return adopted.stream().map(PreparedVariant::entry).toList();
  }

  private static GivenVariant given(String label, Precision precision, String path) {
    return new GivenVariant(new Variant(label, 0, precision), path);
  }

  /** Makes SmallCNN in every precision below {@code source}. */
  private List<ManifestEntry> make(Lowering lowering) throws IOException {
    VariantRequest request =
        new VariantRequest(
            "net",
            List.of(0.0),
            List.of(Precision.values()),
            PruningOptions.DEFAULT,
            Calibration.MIN_MAX,
            OptionalInt.of(1),
            8,
            Optional.empty(),
            LoweringRequest.of(lowering));
    Graph base = BuiltInNetworks.create("SmallCNN", SHAPE, CLASSES, 1);
    TorchScriptWriter.write(base, source.resolve("base.pt"));
    BaseAnswers answers = new BaseAnswers(source.resolve("base.pt"), Optional.empty(), samples());
    return new VariantMaker(request, samples(), answers, source.resolve("variants"), made -> {})
        .make(base).stream().map(PreparedVariant::entry).toList();
  }

  private static Samples samples() {
    float[] values = new float[8 * 144];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 7919 % 2003 / 1001.5f - 1;
    }
    return new Samples(SHAPE, CLASSES, values, new int[8]);
  }
}
