package io.edgefrontier.report;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Java code that loads an archive through DJL and runs it once. */
public final class DjlSnippet {
  private static final List<String> IMPORTS =
      List.of(
          "ai.djl.Device",
          "ai.djl.Model",
          "ai.djl.ndarray.NDArray",
          "ai.djl.ndarray.NDList",
          "ai.djl.ndarray.types.Shape",
          "ai.djl.translate.NoopTranslator",
          "java.nio.file.Path");

  private DjlSnippet() {}

  /** Returns the names of the classes that the code needs. */
  public static List<String> imports() {
    return IMPORTS;
  }

  /** Returns five lines of plain ASCII, whatever the path holds. */
  public static List<String> lines(ShippedArchive archive) {
    Path path = archive.path();
    String folder = Optional.ofNullable(path.getParent()).map(Path::toString).orElse(".");
    String file = path.getFileName().toString();
    String shape = archive.inputShape().stream().map(String::valueOf).collect(joining(", "));
    long values =
        archive.inputShape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    return List.of(
        "try (Model model = Model.newInstance(%s, Device.cpu(), \"PyTorch\")) {"
            .formatted(literal(file.replaceFirst("\\.pt$", ""))),
        "  model.load(Path.of(%s), %s);".formatted(literal(folder), literal(file)),
        "  NDArray input = model.getNDManager().create(new float[%s], new Shape(%s));"
            .formatted(values, shape),
        "  float[] output = model.newPredictor(new NoopTranslator()).predict(new NDList(input)).get(0)"
            + ".toFloatArray();",
        "}");
  }

  /**
   * Returns a string literal of Java. Control characters become octal escapes: the compiler reads a
   * Unicode escape before anything else, so that of a line end would end the line.
   */
  static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        literal.append('\\').append(c);
      } else if (c < ' ') {
        literal.append('\\').append(digits(c, 3, 3));
      } else if (c < 0x7F) {
        literal.append(c);
      } else {
        literal.append("\\u").append(digits(c, 4, 4));
      }
    }
    return literal.append('"').toString();
  }

  /** ASCII digits whatever the locale, which a format would heed. */
  private static String digits(int value, int bits, int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = count - 1; i >= 0; i--) {
      digits.append(Character.forDigit((value >> (i * bits)) & ((1 << bits) - 1), 1 << bits));
    }
    return digits.toString();
  }
}
