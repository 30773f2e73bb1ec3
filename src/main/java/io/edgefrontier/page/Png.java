package io.edgefrontier.page;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.AWTError;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** A picture as PNG, for where SVG cannot be shown. */
final class Png {
  /** Pixels to a unit of the SVG, so that the picture is sharp on a dense screen. */
  static final int SCALE = 2;

  private static final Pattern FONTS = Pattern.compile("font-family=\"[^\"]*\"");

  private Png() {}

  /**
   * Returns an SVG of this package's own as the bytes of a PNG file.
   *
   * @throws Pictures.NoFontsException if this machine cannot draw text
   */
  static byte[] of(String svg) throws IOException {
    // Must be said before AWT starts, which would look for a display that nobody needs.
    System.setProperty("java.awt.headless", "true");
    try {
      return encoded(drawn(svg));
    } catch (RuntimeException | LinkageError | InternalError | AWTError e) {
      throw new Pictures.NoFontsException(
          "this Java cannot draw text (" + e + "); install a font and fontconfig", e);
    }
  }

  private static BufferedImage drawn(String written) throws IOException {
    // Java's own name for what every machine has; of a list, the renderer would know none.
    String svg = FONTS.matcher(written).replaceFirst("font-family=\"SansSerif\"");
    SVGDocument document =
        new SVGLoader()
            .load(
                new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)),
                null,
                LoaderContext.createDefault());
    if (document == null) {
      throw new IllegalArgumentException("the SVG cannot be read");
    }
    int width = Math.round(document.size().width * SCALE);
    int height = Math.round(document.size().height * SCALE);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      document.render((Component) null, graphics, new ViewBox(width, height));
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static byte[] encoded(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "png", bytes)) {
      throw new IOException("this Java has no writer of PNG files");
    }
    return bytes.toByteArray();
  }
}
