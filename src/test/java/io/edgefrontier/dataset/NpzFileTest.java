package io.edgefrontier.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpzFileTest {
  // NumPy 1.24.2: x = (arange(30, dtype='<f4') / 4 - 1).reshape(5, 2, 3), y = [2, 0, 1, 0, 2] as
  // '<i8'; numpy.savez, then numpy.savez_compressed.
  private static final String SAVEZ =
      "UEsDBBQAAAAAAAAAIQA4cZcT+AAAAPgAAAAFABQAeC5ucHkBABAA+AAAAAAAAAD4AAAAAAAAAJNOVU1QWQEA"
          + "dgB7J2Rlc2NyJzogJzxmNCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICg1LCAyLCAzKSwg"
          + "fSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAACAvwAA"
          + "QL8AAAC/AACAvgAAAAAAAIA+AAAAPwAAQD8AAIA/AACgPwAAwD8AAOA/AAAAQAAAEEAAACBAAAAwQAAAQEAA"
          + "AFBAAABgQAAAcEAAAIBAAACIQAAAkEAAAJhAAACgQAAAqEAAALBAAAC4QAAAwEAAAMhAUEsDBBQAAAAAAAAA"
          + "IQDzRAZqqAAAAKgAAAAFABQAeS5ucHkBABAAqAAAAAAAAACoAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzog"
          + "JzxpOCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICg1LCksIH0gICAgICAgICAgICAgICAg"
          + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAgAAAAAAAAAAAAAAAAAAAAEA"
          + "AAAAAAAAAAAAAAAAAAACAAAAAAAAAFBLAQIUAxQAAAAAAAAAIQA4cZcT+AAAAPgAAAAFAAAAAAAAAAAAAACA"
          + "AQAAAAB4Lm5weVBLAQIUAxQAAAAAAAAAIQDzRAZqqAAAAKgAAAAFAAAAAAAAAAAAAACAAS8BAAB5Lm5weVBL"
          + "BQYAAAAAAgACAGYAAAAOAgAAAAA=";
  private static final String SAVEZ_COMPRESSED =
      "UEsDBBQAAAAIAAAAIQA4cZcTmAAAAPgAAAAFABQAeC5ucHkBABAA+AAAAAAAAACYAAAAAAAAAJ3IrQoCQRSG"
          + "4WM1eQnTRmGC+FNEdJJN2WIw6eLuYhB3mRWLCBONgsW40Wg06UYvw0vx1Uvwg+fAec+T6TiYVWQnex3F+dLp"
          + "ntL9pKON0knqti7czFMXxd8+Ctd5TM9XYRbz17tGtYxqN4w6qP9WFfFPEQuBf8hvfsAZ0uFRoMQbYkVqUGjC"
          + "IsACGTyOOOGCAlfccEeJl/0AUEsDBBQAAAAIAAAAIQDzRAZqTQAAAKgAAAAFABQAeS5ucHkBABAAqAAAAAAA"
          + "AABNAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TaaGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQW"
          + "pAL5GqY6mjoKtQoUAC4mBlTAiMaHyQMAUEsBAhQDFAAAAAgAAAAhADhxlxOYAAAA+AAAAAUAAAAAAAAAAAAA"
          + "AIABAAAAAHgubnB5UEsBAhQDFAAAAAgAAAAhAPNEBmpNAAAAqAAAAAUAAAAAAAAAAAAAAIABzwAAAHkubnB5"
          + "UEsFBgAAAAACAAIAZgAAAFMBAAAAAA==";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("data.npz");
  }

  @ParameterizedTest
  @ValueSource(strings = {SAVEZ, SAVEZ_COMPRESSED})
  void readsWhatNumpyWrites(String base64) throws IOException {
    Files.write(file, Base64.getDecoder().decode(base64));
    DataSplit data = load(Optional.empty());
    Samples samples = data.training(); // of so few a fifth is none
    assertEquals(Shape.of(2, 3), samples.shape());
    assertEquals(5, samples.count());
    assertEquals(3, samples.classes());
    int[] labels = {2, 0, 1, 0, 2};
    boolean[] seen = new boolean[5];
    for (int i = 0; i < 5; i++) {
      float[] values = samples.values(i, i + 1);
      int row = Math.round((values[0] + 1) * 4 / 6);
      seen[row] = true;
      assertEquals(labels[row], samples.label(i));
      for (int j = 0; j < 6; j++) {
        assertEquals((row * 6 + j) / 4f - 1, values[j]);
      }
    }
    assertArrayEquals(new boolean[] {true, true, true, true, true}, seen);
  }

  // The bytes that NumPy 1.24.2 writes for these values.
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "<f2; 003e00b4ff7b0100; 1.5,-0.25,65504,5.9604645e-8",
        "<f8; 000000000000f83f000000000000d0bffca9f1d24d62503f0000000000001c40; 1.5,-0.25,1e-3,7",
        "|u1; 000180ff        ; 0,1,128,255",
        "|i1; 80ff007f        ; -128,-1,0,127",
        "<u2; 00000100409cffff; 0,1,40000,65535",
        "<i4; fbffffff000000000700000000001000; -5,0,7,1048576"
      })
  void takesValuesOfEveryTypeAsTheyAre(String descr, String hex, String expected)
      throws IOException {
    byte[] elements = HexFormat.of().parseHex(hex);
    TestArrays.deflated(
        file, Map.of("x.npy", TestArrays.array(descr, "(1, 4)", elements), "y.npy", labels(0)));
    String[] values = expected.split(",", -1);
    float[] found = load(Optional.empty()).training().values(0, 1);
    for (int i = 0; i < 4; i++) {
      assertEquals(Float.parseFloat(values[i]), found[i]);
    }
  }

  @Test
  void readsLargeFilesAndNewerHeadersAndPythonTwosNumbers() throws IOException {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put(
        "x.npy",
        TestArrays.array(
            3,
            "{\"shape\": (1L,2), 'fortran_order': False, 'descr': '<f4'}",
            TestArrays.floats(3, 4)));
    arrays.put(
        "y.npy",
        TestArrays.array(
            2, "{'descr':'<f4','fortran_order':True,'shape':(1,)}", TestArrays.floats(6)));
    TestArrays.large(file, arrays);
    Samples samples = load(Optional.empty()).training();
    assertArrayEquals(new float[] {3, 4}, samples.values(0, 1));
    assertEquals(6, samples.label(0));
  }

  @Test
  void aNetworkMayHaveClassesThatDoNotOccur() throws IOException {
    Files.write(file, Base64.getDecoder().decode(SAVEZ));
    Samples samples = load(Optional.empty()).training();
    assertTrue(samples.fits(3) && samples.fits(1000));
    assertFalse(samples.fits(2), "label 2 is the third class");
    assertTrue(samples.select(new int[] {0}).fits(1000));
    assertEquals("at least 3", samples.classesInWords());
  }

  @Test
  void samplesTakeAnyShapeOfAsManyValues() throws IOException {
    Files.write(file, Base64.getDecoder().decode(SAVEZ));
    assertEquals(Shape.of(1, 3, 2), load(Optional.of(Shape.of(1, 3, 2))).training().shape());
    var error =
        assertThrows(IllegalArgumentException.class, () -> load(Optional.of(Shape.of(1, 3, 3))));
    assertEquals(
        "input_shape: the samples of %s have shape 2x3, found 1x3x3, which has another number of"
                .formatted(file)
            + " values",
        error.getMessage());
  }

  @Test
  void oneHundredSamplesAreSplitAndTwoPartsAreNot() throws IOException {
    byte[] x = TestArrays.array("<f4", "(100, 1)", new byte[400]);
    byte[] y = labels(new float[100]);
    TestArrays.deflated(file, Map.of("x.npy", x, "y.npy", y));
    assertEquals(20, load(Optional.empty()).validation().count());
    TestArrays.deflated(
        file,
        Map.of(
            "x_train.npy",
            x,
            "y_train.npy",
            y,
            "x_test.npy",
            TestArrays.array("<f4", "(2, 1)", TestArrays.floats(7, 8)),
            "y_test.npy",
            labels(1, 3)));
    DataSplit data = load(Optional.empty());
    assertEquals(100, data.training().count());
    assertArrayEquals(new float[] {7, 8}, data.validation().values(0, 2));
    assertEquals(4, data.training().classes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0,-1   | data.npz: y, row 1: label -1, expected a class: a whole number in [0, 1000000)",
        "0.5,1  | data.npz: y, row 0: label 0.5, expected a class",
        "0,NaN  | data.npz: y, row 1: label NaN, expected a class",
        "0,1e30 | data.npz: y, row 1: label 1.0000000150474662E30, expected a class",
        "0      | data.npz: x has 2 samples, its labels are 1; they must agree"
      })
  void labelsThatAreNoClassesAreErrorsByFileAndRow(String labels, String message)
      throws IOException {
    String[] parts = labels.split(",", -1);
    float[] values = new float[parts.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(parts[i]);
    }
    TestArrays.deflated(
        file,
        Map.of("x.npy", TestArrays.array("<f4", "(2, 1)", new byte[8]), "y.npy", labels(values)));
    assertTrue(error().startsWith(folder + "/" + message), error());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'descr': '>f4', 'fortran_order': False, 'shape': (1, 1)}; element type '>f4', expected",
        "{'descr': '|O', 'fortran_order': False, 'shape': (1, 1)}; element type '|O', expected",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1)}; is in Fortran order; save",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 1)}; shape [0, 1]: expected",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, -1)}; header: character 55: expected",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1)}; 72 bytes, its header (FLOAT32",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (999999999999999999, 999)}; shape [9",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 9)}; 82 bytes, its header",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}; header: character 11",
        "{'descr': '<f4', 'shape': (1, 1)}; header: expected descr (one type), fortran_order and",
        "{'descr': '<f4', 'descr': '<f4'}; header: character 32: expected every name once",
        "__import__('os').system('true'); header: character 1: expected '{'",
        "{'descr': open('/etc/passwd').read()}; header: character 11: expected a quoted string",
        "{'shape': (1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)}; header: c"
      })
  void aHeaderOfAnotherKindIsAnErrorThatNamesTheArray(String dictionary, String message)
      throws IOException {
    TestArrays.deflated(
        file, Map.of("x.npy", TestArrays.array(1, dictionary, new byte[4]), "y.npy", labels(0)));
    assertTrue(error().startsWith(file + ": x: " + message), error());
  }

  @Test
  void whatIsNoArrayOrNoSuchFileIsSaid() throws IOException {
    assertTrue(error().startsWith(file + ": no such file; expected what numpy.savez"), error());
    Files.writeString(file, "PK but nothing of the kind, as it turns out");
    assertEquals(file + ": is no zip file, or truncated", error());
    TestArrays.deflated(file, Map.of("z.npy", labels(0)));
    assertEquals(
        file + ": has [z.npy], expected x.npy and y.npy, or x_train, y_train, x_test and y_test",
        error());
    TestArrays.deflated(file, Map.of("x.npy", new byte[20], "y.npy", labels(0)));
    assertEquals(file + ": x: is no NumPy array: its first bytes are not \\x93NUMPY", error());
  }

  // Whatever a byte becomes, the outcome is samples or an error that names the file.
  @Test
  void damagedFilesAreErrorsThatNameTheFile() throws IOException {
    Random random = new Random(3);
    int errors = 0;
    for (int i = 0; i < 4000; i++) {
      byte[] bytes = Base64.getDecoder().decode(i % 2 == 0 ? SAVEZ : SAVEZ_COMPRESSED);
      for (int j = random.nextInt(3); j >= 0; j--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      if (random.nextInt(8) == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      Files.write(file, bytes);
      try {
        Samples samples = load(Optional.empty()).training();
        samples.values(0, samples.count());
      } catch (IOException e) {
        errors++;
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
      }
    }
    assertTrue(errors > 1000, "only " + errors + " of 4000 were noticed");
  }

  private static byte[] labels(float... labels) {
    return TestArrays.array("<f4", "(%d,)".formatted(labels.length), TestArrays.floats(labels));
  }

  private DataSplit load(Optional<Shape> shape) throws IOException {
    return DatasetSource.load(
        new DatasetRequest("npz:" + file, shape, ImageTransform.DEFAULT, 7), Downloads.NONE);
  }

  private String error() {
    return assertThrows(IOException.class, () -> load(Optional.empty())).getMessage();
  }
}
