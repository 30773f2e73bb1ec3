package io.edgefrontier.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvSamplesTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("data.csv");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "label,a,b/1,0.5,-2e-1      | the column of that name",
        "a,Y,b/0.5,1,-0.2           | the other name, in any case",
        "a,b,kind/0.5,-0.2,1        | the last column",
        "0.5,-0.2,1                 | the last column, without names",
        "\"a\",\"b,c\",y//\" 0.5 \",-0.2,1.0 | quotes, spaces and empty lines",
        "\uFEFFlabel,a,b/1,0.5,-0.2 | a byte order mark"
      })
  void findsTheLabel(String text, String where) throws IOException {
    Files.writeString(file, text.replace("/", "\r\n") + "\r\n");
    Samples samples = load(Optional.empty()).training();
    assertEquals(1, samples.count(), where);
    assertEquals(1, samples.label(0), where);
    assertArrayEquals(new float[] {0.5f, -0.2f}, samples.values(0, 1), where);
    assertEquals(Shape.of(2), samples.shape());
    assertTrue(samples.fits(2) && samples.fits(9), "further classes may exist");
  }

  @Test
  void rowsTakeAShapeAndAreSplit() throws IOException {
    List<String> lines = new ArrayList<>(List.of("p0,p1,p2,p3,label"));
    for (int i = 0; i < 50; i++) {
      lines.add("%d,%d,2,3,%d".formatted(i, 2 * i, i % 5));
    }
    Files.write(file, lines);
    DataSplit data = load(Optional.of(Shape.of(1, 2, 2)));
    assertEquals(40, data.training().count());
    assertEquals(10, data.validation().count());
    for (int i = 0; i < 10; i++) {
      float[] values = data.validation().values(i, i + 1);
      assertEquals(2 * values[0], values[1]);
      assertEquals((int) values[0] % 5, data.validation().label(i));
    }
    var error = assertThrows(IllegalArgumentException.class, () -> load(Optional.of(Shape.of(5))));
    assertEquals(
        "input_shape: %s has 4 values beside the label, found 5, which has 5".formatted(file),
        error.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,label/1,0/1,x    | line 3, column 'label': expected a number, found 'x'",
        "a,label/1,0/,1     | line 3, column 'a': expected a number, found ''",
        "a,label/1,0/NaN,1  | line 3, column 'a': expected a number, found 'NaN'",
        "a,label/1,0/1f,1   | line 3, column 'a': expected a number, found '1f'",
        "1,0/2,1.5          | line 2, column 2: label 1.5, expected a class: a whole number in",
        "1,0/2,-1           | line 2, column 2: label -1, expected a class: a whole number in",
        "1,0/2,1000000      | line 2, column 2: label 1000000, expected a class: a whole number",
        "1,0/2              | line 2: 1 fields, the first row has 2",
        "label,y/1,0        | line 1: expected one column called label or y, found 2",
        "1/2                | line 1: one field, expected features and a label",
        "a,label            | has no row of numbers, expected one for each sample",
        "1,b,2/1,2,3        | line 1, column 2: expected a number, found 'b'"
      })
  void aMalformedRowIsAnErrorByFileAndLine(String text, String message) throws IOException {
    Files.writeString(file, text.replace('/', '\n') + "\n");
    assertTrue(error().startsWith(file + ": " + message), error());
  }

  @Test
  void whatIsNoTextIsSaid() throws IOException {
    assertTrue(error().startsWith(file + ": no such file; expected CSV"), error());
    Files.write(file, "1,0\n2,\u00e4".getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(error().startsWith(file + ": behind line "), error());
    assertTrue(error().endsWith("is not UTF-8"), error());
    Files.writeString(file, "1,0\n\"2,0\n");
    assertTrue(error().startsWith(file + ": behind line 1: "), error());
  }

  @Test
  void anEndlessRecordIsNotTakenIntoMemory() throws IOException {
    String block = "1".repeat(1 << 20);
    try (var out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < 65; i++) {
        out.write(block);
      }
    }
    assertEquals(
        file + ": behind line 0: a record of more than 67108864 characters; is a quote not closed?",
        error());
  }

  private DataSplit load(Optional<Shape> shape) throws IOException {
    return DatasetSource.load(
        new DatasetRequest("csv:" + file, shape, ImageTransform.DEFAULT, 7), Downloads.NONE);
  }

  private String error() {
    return assertThrows(IOException.class, () -> load(Optional.empty())).getMessage();
  }
}
