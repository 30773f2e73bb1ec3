package io.edgefrontier.page;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.edgefrontier.analysis.AccuracyBasis;
import io.edgefrontier.report.Findings;
import io.edgefrontier.report.RunNotes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * report.html: a run as one page that needs no network, and by its content security policy cannot
 * use one. Foreign text gets into it as JSON alone, where nothing of it is markup.
 */
public final class HtmlReport {
  private static final Pattern SLOT = Pattern.compile("\\{\\{([a-z-]+)}}");

  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private HtmlReport() {}

  /**
   * Returns the page.
   *
   * @param title of the run, such as {@code resnet8 on digits}
   * @param basis the accuracy that the run's frontiers maximise
   */
  public static String text(
      Findings findings, AccuracyBasis basis, String title, RunNotes notes, RawFigures raw) {
    JsonObject data = PageData.of(findings, basis, title);
    RunData.add(data, findings, notes, raw);
    return text(data);
  }

  /** Returns the page of a run's data. */
  static String text(JsonObject data) {
    String style = withLineFeeds(Scripts.text("page.css"));
    String script = withLineFeeds(Scripts.page());
    Map<String, String> slots =
        Map.of(
            "title", escaped(data.get("title").getAsString()),
            "sentence", escaped(data.get("sentence").getAsString()),
            "policy", policy(style, script),
            "style", style,
            "script", script,
            "run", json(data));
    Matcher matcher = SLOT.matcher(Scripts.text("page.html"));
    return encodable(
        matcher.replaceAll(found -> Matcher.quoteReplacement(slots.get(found.group(1)))));
  }

  /** Nothing but this very style and this very script; no address of any kind. */
  private static String policy(String style, String script) {
    return "default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'"
        .formatted(hash(style), hash(script));
  }

  /** Returns a source of a content security policy: the text between the tags, hashed. */
  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Returns JSON that no HTML parser finds an end tag or a comment in. */
  private static String json(JsonObject data) {
    return GSON.toJson(data)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A browser hashes text with line feeds alone, however the resource was checked out. */
  private static String withLineFeeds(String text) {
    return text.replace("\r\n", "\n");
  }

  /** Half a surrogate pair would make the text unwritable. */
  private static String encodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
