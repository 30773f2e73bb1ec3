package io.edgefrontier.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;

/** Pictures of a run's frontiers, drawn by the scripts of its page. */
public final class Pictures {
  private Pictures() {}

  /**
   * One picture.
   *
   * @param name of its file, without the ending, such as {@code frontier_cold_start_dark}
   * @param shows what, for those who cannot see it: {@code accuracy against cold start}
   * @param theme {@code light} or {@code dark}
   */
  public record Picture(String name, String shows, String theme, String svg) {}

  /**
   * Returns the pictures of all frontiers that the run has figures for, each in light and in dark.
   *
   * @param data as {@link PageData} lays it out
   */
  public static List<Picture> of(JsonObject data) {
    ScriptEngine engine = ScriptEngine.drawing();
    List<Picture> pictures = new ArrayList<>();
    JsonArray pictured =
        JsonParser.parseString(engine.call("EF_PLOT.pictured", data)).getAsJsonArray();
    for (var element : pictured) {
      JsonObject picture = element.getAsJsonObject();
      for (String theme : List.of("light", "dark")) {
        JsonObject options = new JsonObject();
        options.add("x", picture.get("x"));
        options.add("y", picture.get("y"));
        options.addProperty("theme", theme);
        pictures.add(
            new Picture(
                "frontier_" + picture.get("file").getAsString() + "_" + theme,
                picture.get("shows").getAsString(),
                theme,
                engine.call("EF_PLOT.draw", data, options)));
      }
    }
    return pictures;
  }
}
