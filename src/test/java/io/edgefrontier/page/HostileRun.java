package io.edgefrontier.page;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A run whose files somebody filled with markup, in every place that takes a word. */
final class HostileRun {
  /** Sets window.hacked if any of it is ever executed, and leaves an element if any is parsed. */
  static final String TEXT =
      "</script><script>hacked=1</script><b data-hostile>x</b><img data-hostile src=x onerror=hacked=1>"
          + "\"'` onfocus=hacked=1 ]]>--><svg data-hostile onload=hacked=1>\u202e\u2028${hacked=1}\uD83D\uDE00";

  static final String LINK = "javascript:hacked=1";

  private static final String MODEL = "resnet8";
  private static final Gson GSON = new Gson();

  private HostileRun() {}

  /** Rewrites the run's files: the model's name, layers, an error, archives and facts. */
  static PublishedRun of(PublishedRun run) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(run.folder())) {
      files = found.toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (name.endsWith(".csv")) {
        rewriteTable(file);
      } else if (name.equals("jmh.json") || name.equals("forks.jsonl")) {
        Files.writeString(file, Files.readString(file).replace("\"" + MODEL, "\"" + escaped(TEXT)));
      }
    }
    rewriteEnvironment(run.file("environment.json"));
    return run;
  }

  private static String escaped(String text) {
    String quoted = GSON.toJson(text);
    return quoted.substring(1, quoted.length() - 1);
  }

  private static void rewriteTable(Path file) throws IOException {
    CSVFormat withHeader = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    List<CSVRecord> records;
    List<String> header;
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser parser = CSVParser.parse(reader, withHeader)) {
      records = parser.getRecords();
      header = parser.getHeaderNames();
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(header));
    for (CSVRecord record : records) {
      lines.add(line(header.stream().map(column -> rewritten(column, record)).toList()));
    }
    Files.writeString(file, String.join("", lines));
  }

  private static String line(List<String> fields) {
    return fields.stream()
            .map(field -> '"' + field.replace("\"", "\"\"") + '"')
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  private static String rewritten(String column, CSVRecord record) {
    Map<String, String> fields = record.toMap();
    return switch (column) {
      case "model" -> TEXT;
      case "layer" -> TEXT + record.getRecordNumber();
      case "op", "output" -> TEXT;
      case "path" -> LINK;
      case "error" -> "false".equals(fields.get("accepted")) ? TEXT : fields.get(column);
      default -> fields.get(column);
    };
  }

  private static void rewriteEnvironment(Path file) throws IOException {
    JsonObject facts = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    facts.addProperty("cpu", TEXT);
    facts.addProperty(TEXT, LINK);
    facts.getAsJsonArray("command").add(TEXT);
    Files.writeString(file, GSON.toJson(facts));
  }
}
