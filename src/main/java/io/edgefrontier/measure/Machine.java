package io.edgefrontier.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The computer that measures, as far as it decides how fast things are. What a platform does not
 * tell is empty.
 *
 * @param memoryBytes physical memory that the kernel manages
 * @param kernel its release
 * @param governor what sets the clock of the first core, such as {@code performance}
 * @param microcode revision that the kernel reports, such as {@code 0xa0011d3}; updates against
 *     speculation bugs change how fast things are
 * @param virtualization {@code vm} under a hypervisor, {@code none} on bare metal
 */
public record Machine(
    Optional<String> cpuModel,
    int logicalCores,
    Optional<Long> memoryBytes,
    String architecture,
    String os,
    String kernel,
    Optional<String> governor,
    Optional<String> microcode,
    Optional<String> virtualization) {
  private static final long GIB = 1L << 30;
  private static final int ID_LENGTH = 8;

  /** Returns the computer that this JVM runs on. */
  public static Machine capture() {
    return read(Path.of("/"));
  }

  static Machine read(Path root) {
    List<String> cpu = lines(root.resolve("proc/cpuinfo"));
    List<String> memory = lines(root.resolve("proc/meminfo"));
    List<String> release = lines(root.resolve("etc/os-release"));
    Path governor = root.resolve("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    return new Machine(
        field(cpu, "model name", ":"),
        Runtime.getRuntime().availableProcessors(),
        field(memory, "MemTotal", ":").map(Machine::kilobytes),
        System.getProperty("os.arch"),
        field(release, "PRETTY_NAME", "=")
            .map(name -> name.replace("\"", ""))
            .orElse(System.getProperty("os.name")),
        System.getProperty("os.version"),
        lines(governor).stream().findFirst(),
        field(cpu, "microcode", ":"),
        field(cpu, "flags", ":").map(Machine::virtualization));
  }

  /**
   * Returns a short name under which runs are comparable: a hash of {@link #idFacts()}. Neither
   * host nor user goes into it.
   */
  public String id() {
    String facts = String.join("\n", idFacts().values());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(facts.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, ID_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Returns what the id is made of, by name; empty texts stand for what is not known, but without a
   * microcode there is none, so that such machines keep the ids that they had before it counted.
   */
  public Map<String, String> idFacts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("cpu", cpuModel.orElse(""));
    facts.put("architecture", architecture);
    facts.put("logical_cores", String.valueOf(logicalCores));
    facts.put("memory", memoryBytes.map(Machine::memoryClass).orElse(""));
    facts.put("kernel", kernelMinor(kernel));
    facts.put("governor", governor.orElse(""));
    facts.put("virtualization", virtualization.orElse(""));
    microcode.ifPresent(revision -> facts.put("microcode", revision));
    return facts;
  }

  // What firmware and kernel keep for themselves changes with every update, so count in steps.
  static String memoryClass(long bytes) {
    double gib = (double) bytes / GIB;
    long step = gib < 4 ? 1 : 4;
    return Math.max(1, Math.round(gib / step) * step) + "GiB";
  }

  static String kernelMinor(String release) {
    String[] parts = release.split("\\.", -1);
    return String.join(".", Arrays.copyOf(parts, Math.min(2, parts.length)));
  }

  private static String virtualization(String cpuFlags) {
    return Stream.of(cpuFlags.split(" ")).anyMatch("hypervisor"::equals) ? "vm" : "none";
  }

  private static long kilobytes(String text) {
    return Long.parseLong(text.replaceAll("[^0-9]", "")) * 1024;
  }

  private static Optional<String> field(List<String> lines, String name, String separator) {
    return lines.stream()
        .map(line -> line.split(separator, 2))
        .filter(parts -> parts.length == 2 && parts[0].strip().equals(name))
        .map(parts -> parts[1].strip())
        .findFirst();
  }

  private static List<String> lines(Path file) {
    if (!Files.isReadable(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
