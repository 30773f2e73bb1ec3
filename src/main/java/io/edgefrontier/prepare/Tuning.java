package io.edgefrontier.prepare;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.edgefrontier.engine.EngineFacts;
import io.edgefrontier.lower.Kernel;
import io.edgefrontier.result.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What tuning has measured: for each layer shape the candidates' times and the chosen kernel, and
 * for each variant which of its expressions was fastest as a whole. Kept in the run and, for other
 * runs on the same CPU and engine, in a cache.
 */
public final class Tuning {
  private static final int FORMAT = 1;
  private static final long MOST_BYTES = 16 << 20;
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private final Context context;
  private final Path cache;
  private final Consumer<String> progress;
  private final Map<String, Choice> known;
  private final Map<String, Choice> used = new TreeMap<>();
  private final Map<String, Map<String, Double>> networks = new LinkedHashMap<>();

  private Tuning(
      Context context, Path cache, Consumer<String> progress, Map<String, Choice> known) {
    this.context = context;
    this.cache = cache;
    this.progress = progress;
    this.known = known;
  }

  /**
   * What the measurements hold for.
   *
   * @param isa limit of the CPU's instructions for oneDNN, as its environment variable says; empty
   *     where there is none
   */
  public record Context(String cpu, String engine, String isa, int threads) {
    /** Returns the context of this process. */
    public static Context here(String cpu, int threads) {
      String isa = System.getenv().getOrDefault("DNNL_MAX_CPU_ISA", "");
      return new Context(cpu, "PyTorch " + EngineFacts.read().libtorchVersion(), isa, threads);
    }
  }

  /** Returns the folder of caches that belongs to the user. */
  public static Path userCache() {
    String given = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path caches =
        given.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(given);
    return caches.resolve("edge-frontier");
  }

  /**
   * What was measured of one layer shape.
   *
   * @param us time per call by kernel
   * @param rejected kernels that cannot be used, and why
   */
  record Choice(Kernel kernel, Map<String, Double> us, Map<String, String> rejected) {}

  /** The file, as Gson maps it. */
  private record Content(
      int format,
      Context context,
      Map<String, Choice> layers,
      Map<String, Map<String, Double>> networks) {}

  /**
   * Returns what a cache knows. A file that is damaged or holds for something else is left out,
   * with a line that says so, and replaced later.
   *
   * @param folder of the cache; made when there is something to keep
   * @param progress told of what is wrong
   */
  public static Tuning open(Context context, Path folder, Consumer<String> progress) {
    String name =
        "tuning-%08x.json"
            .formatted(
                Objects.hash(context.cpu(), context.engine(), context.isa(), context.threads()));
    Path cache = folder.resolve(name);
    return new Tuning(context, cache, progress, read(context, cache, progress));
  }

  private static Map<String, Choice> read(Context context, Path cache, Consumer<String> progress) {
    Map<String, Choice> known = new TreeMap<>();
    if (!Files.exists(cache)) {
      return known;
    }
    try {
      if (Files.size(cache) > MOST_BYTES) {
        throw new IOException("over " + MOST_BYTES + " bytes");
      }
      Content content = GSON.fromJson(Files.readString(cache), Content.class);
      if (content == null
          || content.format() != FORMAT
          || !context.equals(content.context())
          || content.layers() == null) {
        throw new IOException("of another format, CPU or engine");
      }
      content
          .layers()
          .forEach(
              (site, choice) -> {
                if (choice != null && choice.kernel() != null && choice.us() != null) {
                  known.put(site, choice);
                }
              });
    } catch (IOException | JsonParseException | IllegalArgumentException e) {
      progress.accept("tuning cache %s is not used: %s".formatted(cache, e.getMessage()));
      known.clear();
    }
    return known;
  }

  /** Returns the choice for a layer shape, measured if it is not known. */
  Choice use(String site, Supplier<Choice> measure) {
    Choice choice = known.get(site);
    if (choice == null) {
      choice = measure.get();
      known.put(site, choice);
    }
    used.put(site, choice);
    return choice;
  }

  /**
   * Notes the times of a variant's expressions.
   *
   * @param us time per call by lowering
   */
  void note(String variant, Map<String, Double> us) {
    networks.put(variant, us);
  }

  /**
   * Writes what this run used to {@code file}, and all that is known to the cache.
   *
   * @throws IOException if {@code file} cannot be written
   */
  public void save(Path file) throws IOException {
    write(file, used, networks);
    saveCache();
  }

  /** Writes all that is known to the cache; one that cannot be written only costs time later. */
  public void saveCache() {
    try {
      Files.createDirectories(cache.toAbsolutePath().getParent());
      write(cache, known, Map.of());
    } catch (IOException e) {
      progress.accept("tuning cache %s is not written: %s".formatted(cache, e.getMessage()));
    }
  }

  private void write(
      Path file, Map<String, Choice> layers, Map<String, Map<String, Double>> variants)
      throws IOException {
    Content content = new Content(FORMAT, context, layers, variants);
    AtomicFile.writeText(file, writer -> writer.write(GSON.toJson(content) + "\n"));
  }
}
