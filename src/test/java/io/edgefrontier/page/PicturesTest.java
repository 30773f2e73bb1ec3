package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.weisj.jsvg.parser.SVGLoader;
import io.edgefrontier.page.Pictures.Picture;
import io.edgefrontier.report.Findings;
import io.edgefrontier.report.Sweeps;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pictures as files: their bytes, and what their pixels show. */
class PicturesTest {
  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva"})
  void drawsTheSameBytesUnderEveryLocale(String locale) throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    try {
      List<Picture> pictures = Pictures.of(Drawing.data(Sweeps.typical()));
      assertEquals(
          List.of(
              "frontier_latency_light",
              "frontier_latency_dark",
              "frontier_energy_light",
              "frontier_energy_dark",
              "frontier_memory_light",
              "frontier_memory_dark",
              "frontier_size_light",
              "frontier_size_dark"),
          pictures.stream().map(Picture::name).toList());
      assertGolden("frontier_latency_light.svg", pictures.get(0).svg());
      assertGolden("frontier_latency_dark.svg", pictures.get(1).svg());
      assertGolden("frontier_memory_light.svg", pictures.get(4).svg());
    } finally {
      Locale.setDefault(before);
    }
  }

  private static void assertGolden(String name, String svg) throws IOException {
    try (InputStream golden = PicturesTest.class.getResourceAsStream(name)) {
      assertEquals(new String(golden.readAllBytes(), StandardCharsets.UTF_8), svg, name);
    }
  }

  @Test
  void drawsMemoryUpwardsWhereAccuracyWasNotMeasured() {
    Findings withoutAccuracy = Sweeps.withoutAccuracy();
    List<Picture> pictures = Pictures.of(Drawing.data(withoutAccuracy));
    assertEquals(
        List.of(
            "frontier_latency_light",
            "frontier_latency_dark",
            "frontier_energy_light",
            "frontier_energy_dark",
            "frontier_size_light",
            "frontier_size_dark"),
        pictures.stream().map(Picture::name).toList());
    assertTrue(pictures.get(0).svg().contains("Model memory (KiB"), pictures.get(0).svg());
    assertTrue(!pictures.get(0).svg().contains("ccuracy"), pictures.get(0).svg());
    assertEquals(List.of(), Pictures.of(Drawing.data(Sweeps.onlyErrors())));
  }

  @Test
  void aPngHasTwiceThePixelsAndShowsMoreThanItsGround() throws IOException {
    List<Picture> pictures = Pictures.of(Drawing.data(Sweeps.typical()));
    BufferedImage light = read(pictures.get(0));
    BufferedImage dark = read(pictures.get(1));
    for (BufferedImage image : List.of(light, dark)) {
      assertEquals(2 * 860, image.getWidth());
      assertEquals(2 * 520, image.getHeight());
    }
    assertEquals(0xFFFFFFFF, light.getRGB(300, 140));
    assertEquals(0xFF0D1117, dark.getRGB(300, 140));
    for (int colour : List.of(0xFF0072B2, 0xFFD55E00, 0xFF1F2328)) {
      assertTrue(colours(light).contains(colour), Integer.toHexString(colour));
    }
    assertNotEquals(0, light.getRGB(860, 20) >>> 24, "has a ground of its own");
    assertTrue(inked(light, 48, 36, 700, 40) > 500, "the heading's letters");
  }

  private static BufferedImage read(Picture picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(picture.png()));
  }

  private static Set<Integer> colours(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours;
  }

  private static int inked(BufferedImage image, int left, int top, int width, int height) {
    int ground = image.getRGB(300, 140);
    int inked = 0;
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        inked += image.getRGB(x, y) == ground ? 0 : 1;
      }
    }
    return inked;
  }

  /** What a child JVM runs, since a JVM looks for fonts once. */
  public static final class Renderer {
    private Renderer() {}

    public static void main(String[] arguments) throws IOException {
      try {
        System.out.println(
            Png.of(
                    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
                        + "<text>a</text></svg>")
                .length);
      } catch (Pictures.NoFontsException e) {
        System.out.println("no fonts: " + e.getMessage());
      }
    }
  }

  private static String home(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  @Test
  void saysSoWhereThereAreNoFonts(@TempDir Path folder) throws Exception {
    Path none = folder.resolve("fonts.conf");
    Files.writeString(
        none,
        "<?xml version=\"1.0\"?>\n<fontconfig><cachedir>"
            + folder.resolve("cache")
            + "</cachedir></fontconfig>\n");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            String.join(
                File.pathSeparator, home(Renderer.class), home(Png.class), home(SVGLoader.class)),
            "-Djava.io.tmpdir=" + folder,
            Renderer.class.getName());
    builder.environment().put("FONTCONFIG_FILE", none.toString());
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    // A Java that brings fonts of its own, or asks the system in another way, draws after all.
    assertTrue(
        output.matches(
            "(?s)(no fonts: this Java cannot draw text \\(.*\\); install .*|[0-9]+)\\s*"),
        output);
  }
}
