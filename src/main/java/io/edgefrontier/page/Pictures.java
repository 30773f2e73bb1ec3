package io.edgefrontier.page;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Pictures of a run's frontiers, drawn by the scripts of its page. */
public final class Pictures {
  /** What accuracy may be shown against, as in the names of the files, in the order to show. */
  public static final List<String> AXES =
      List.of("latency", "energy", "memory", "size", "cold_start");

  private static final List<String> THEMES = List.of("light", "dark");

  private Pictures() {}

  /**
   * One picture.
   *
   * @param name of its file, without the ending, such as {@code frontier_cold_start_dark}
   */
  public record Picture(String name, String svg) {
    /**
     * Returns the picture as the bytes of a PNG file, of twice as many pixels as the SVG has.
     *
     * @throws NoFontsException if this machine cannot draw text
     */
    public byte[] png() throws IOException {
      return Png.of(svg);
    }
  }

  /** This machine has no fonts, or not the libraries that Java reads them with. */
  public static final class NoFontsException extends IOException {
    private static final long serialVersionUID = 1;

    NoFontsException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Returns the pictures of all frontiers that the run has figures for, each in light and in dark.
   *
   * @param data as {@link PageData} lays it out
   */
  public static List<Picture> of(JsonObject data) {
    ScriptEngine engine = ScriptEngine.drawing();
    List<Picture> pictures = new ArrayList<>();
    String pictured = engine.call("EF_PLOT.pictured", data);
    for (JsonElement element : JsonParser.parseString(pictured).getAsJsonArray()) {
      JsonObject options = element.getAsJsonObject();
      for (String theme : THEMES) {
        options.addProperty("theme", theme);
        pictures.add(
            new Picture(
                "frontier_" + options.get("file").getAsString() + "_" + theme,
                engine.call("EF_PLOT.draw", data, options)));
      }
    }
    return pictures;
  }
}
