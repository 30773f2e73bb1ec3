package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as a file: what a browser makes of it, the tests of the report in a browser show. */
class HtmlReportTest {
  private static final String HOSTILE =
      "</script><script>alert(1)</script><!--<script> \"'`&amp;<img src=x onerror=alert(1)>"
          + "\u202e\u2028\u0000\uD83D\uDE00";

  private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
  private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);
  private static final Pattern RUN =
      Pattern.compile("<script type=\"application/json\" id=\"run\">(.*?)</script>");

  @TempDir private Path folder;

  @Test
  void staysUnder300KilobytesWith64Cells() throws IOException {
    SyntheticRun run =
        new SyntheticRun("mobilenet_v3_small").withCells(8, 1, 8).withLayers(60, "features.block.");
    String page = run.page(run.raw(folder, 12, 400));
    JsonObject data = data(page);
    assertEquals(64, data.getAsJsonArray("cells").size());
    for (int i = 0; i < 64; i++) {
      JsonObject cell = data.getAsJsonArray("cells").get(i).getAsJsonObject();
      assertEquals(12, cell.getAsJsonArray("forks").size());
      assertTrue(cell.getAsJsonArray("distribution").size() > 20);
    }
    int bytes = page.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes < 300_000, () -> bytes + " bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 4000})
  void staysWithinBoundsHoweverLargeTheNetworkIs(int layers) throws IOException {
    SyntheticRun run = new SyntheticRun("deep").withCells(16, 1).withLayers(layers, "l");
    String page = run.page(run.raw(folder, 40, 50));
    int bytes = page.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes < 320_000, () -> bytes + " bytes");
  }

  @Test
  void refersToNothingOutsideItself() throws IOException {
    SyntheticRun run = new SyntheticRun("net").withCells(2, 1).withLayers(3, "layer");
    String page = run.page(run.raw(folder, 3, 20));
    Matcher addresses = Pattern.compile("\\w*://[^\\s\"']*").matcher(page);
    while (addresses.find()) {
      assertEquals("http://www.w3.org/2000/svg", addresses.group()); // a name, never fetched
    }
    Matcher links =
        Pattern.compile("<(link|img|iframe|object|embed|base)\\b|@import|url\\(|\\bsrc=")
            .matcher(page);
    assertFalse(links.find(), () -> links.group());
  }

  @Test
  void allowsItsOwnScriptAndStyleAndNothingElse() throws IOException {
    SyntheticRun run = new SyntheticRun("net").withCells(1, 1);
    String page = run.page(run.raw(folder, 0, 0));
    String policy = found(Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\""), page);
    assertEquals(
        "default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'"
            .formatted(hash(found(STYLE, page)), hash(found(SCRIPT, page))),
        policy);
    assertTrue(page.indexOf("Content-Security-Policy") < page.indexOf("<title>"));
  }

  @Test
  void keepsForeignTextFromBeingMarkup() throws IOException {
    SyntheticRun run =
        new SyntheticRun(HOSTILE)
            .withCells(2, 1)
            .withFailedCell(HOSTILE)
            .withLayers(2, HOSTILE)
            .withFact(HOSTILE, HOSTILE);
    String page = run.page(run.raw(folder, 3, 20));
    assertEquals(2, count("<script", page));
    assertEquals(2, count("</script", page));
    assertEquals(0, count("<img", page));
    assertEquals(0, count("<!--", page));
    JsonObject data = data(page);
    assertEquals(HOSTILE + " on digits", data.get("title").getAsString());
    JsonArray cells = data.getAsJsonArray("cells");
    JsonObject failed = cells.get(cells.size() - 1).getAsJsonObject();
    assertEquals(HOSTILE, failed.get("error").getAsString());
    assertEquals(3, cells.get(0).getAsJsonObject().getAsJsonArray("forks").size());
  }

  @Test
  void replacesHalfACharacterThatNoFileCanHold() throws IOException {
    SyntheticRun run = new SyntheticRun("half\uD83D").withCells(1, 1);
    String page = run.page(run.raw(folder, 0, 0));
    assertEquals("half? on digits", data(page).get("title").getAsString());
  }

  @Test
  void saysWhatARunHasNot() throws IOException {
    SyntheticRun run = new SyntheticRun("net").withCells(1, 1);
    JsonObject data =
        data(
            run.page(
                RawFigures.read(
                    run.findings(),
                    folder.resolve("none.json"),
                    folder.resolve("none.jsonl"),
                    List.of(),
                    1)));
    JsonObject cell = data.getAsJsonArray("cells").get(0).getAsJsonObject();
    assertEquals(new JsonArray(), cell.getAsJsonArray("distribution"));
    assertEquals(new JsonArray(), cell.getAsJsonArray("quantiles"));
    assertEquals(new JsonArray(), cell.getAsJsonArray("forks"));
    assertEquals(new JsonObject(), data.getAsJsonObject("layers"));
  }

  private static JsonObject data(String page) {
    return JsonParser.parseString(found(RUN, page)).getAsJsonObject();
  }

  private static String found(Pattern pattern, String page) {
    Matcher matcher = pattern.matcher(page);
    assertTrue(matcher.find(), pattern::pattern);
    return matcher.group(1);
  }

  private static int count(String text, String page) {
    return page.split(Pattern.quote(text), -1).length - 1;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
