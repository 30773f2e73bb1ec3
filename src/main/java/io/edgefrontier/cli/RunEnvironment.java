package io.edgefrontier.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.edgefrontier.config.BenchSettings;
import io.edgefrontier.config.Settings;
import io.edgefrontier.measure.Environment;
import io.edgefrontier.result.AtomicFile;
import io.edgefrontier.track.MachineFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;

/** environment.json: the machine and software of a run, and the command that made it. */
final class RunEnvironment {
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  private final JsonObject root;

  private RunEnvironment(JsonObject root) {
    this.root = root;
  }

  /** Writes the environment of this process, and of a run in the store the machine, too. */
  static void write(Settings settings, ParseResult typed, RunFolder run) throws IOException {
    List<String> command = new ArrayList<>(List.of("java", "-jar", jar()));
    command.addAll(typed.originalArgs());
    Environment environment =
        Environment.capture(command, settings.seed(), settings.bench().threads().get(0));
    JsonObject facts = GSON.toJsonTree(environment.facts()).getAsJsonObject();
    BenchSettings bench = settings.bench();
    facts.addProperty("callers", bench.callers());
    facts.addProperty("affinity", bench.isolation().affinity());
    facts.addProperty("nice", bench.isolation().nice());
    facts.addProperty("lock", bench.isolation().lock());
    JsonObject energy = EnergySource.read(run);
    if (!energy.isEmpty()) {
      facts.add("energy", energy);
    }
    OverheadOfRun.addTo(facts, run);
    AtomicFile.writeText(run.environment(), writer -> writer.write(GSON.toJson(facts) + "\n"));
    if (run.path().startsWith(settings.outputDir().resolve("runs"))) {
      MachineFile.write(settings.outputDir(), environment.machine());
    }
  }

  /**
   * Reads the environment of a run; it is empty where there is no file.
   *
   * @throws IOException if the file is no JSON object
   */
  static RunEnvironment read(RunFolder run) throws IOException {
    return new RunEnvironment(JsonObjectFile.read(run.environment()));
  }

  /** Returns the command that made the run, or nothing where it is not known. */
  String command() {
    return root.has("command") ? text(root.get("command"), " ") : "";
  }

  /** Returns name and value of every other fact, in the file's order. */
  Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    root.entrySet().stream()
        .filter(entry -> !entry.getKey().equals("command"))
        .forEach(
            entry -> facts.put(entry.getKey().replace('_', ' '), text(entry.getValue(), ", ")));
    facts.values().removeIf(String::isEmpty);
    return facts;
  }

  private static String text(JsonElement value, String between) {
    if (!value.isJsonArray()) {
      return value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }
    List<String> items = new ArrayList<>();
    value.getAsJsonArray().forEach(item -> items.add(item.getAsString()));
    return String.join(between, items);
  }

  /** Returns the jar's name without its folder, which may be somebody's home. */
  private static String jar() {
    Path path = Path.of(System.getProperty("java.class.path").split(":", 2)[0]);
    return path.toString().endsWith(".jar") ? path.getFileName().toString() : "benchmarks.jar";
  }

  /** The version of this program, for {@code --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"Edge Frontier " + (version == null ? "(not packaged)" : version)};
    }
  }
}
