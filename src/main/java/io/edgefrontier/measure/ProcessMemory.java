package io.edgefrontier.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Physical memory of this process as the kernel accounts for it: Java heap, native libraries and
 * tensors together.
 *
 * @param residentBytes in memory now ({@code VmRSS})
 * @param peakBytes the most that was ever in memory ({@code VmHWM}); never falls
 * @param mappings every mapping with what of it belongs to no file
 */
public record ProcessMemory(long residentBytes, long peakBytes, List<Mapping> mappings) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path MAPPINGS = Path.of("/proc/self/smaps");
  private static final Pattern RANGE = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) .*");
  private static final String ANONYMOUS = "Anonymous:";

  /**
   * A range of addresses.
   *
   * @param anonymousBytes in memory now that are backed by no file: allocated, and written to
   */
  public record Mapping(long start, long anonymousBytes) {}

  public ProcessMemory {
    mappings = List.copyOf(mappings);
  }

  /** Returns what the kernel says now; empty where there is no {@code /proc}. */
  public static Optional<ProcessMemory> current() {
    if (!Files.isReadable(STATUS) || !Files.isReadable(MAPPINGS)) {
      return Optional.empty();
    }
    try (Stream<String> mappings = Files.lines(MAPPINGS)) {
      return parse(Files.readAllLines(STATUS), mappings);
    } catch (IOException | UncheckedIOException e) {
      throw new UncheckedIOException(
          new IOException(STATUS + " and " + MAPPINGS + " cannot be read", e));
    }
  }

  /**
   * Returns what was allocated outside the Java heap: tensors, packed weights, the engine's and the
   * JVM's own structures, but neither code nor archives that are mapped from files.
   */
  public long nativeBytes(JavaHeap heap) {
    return mappings.stream()
        .filter(mapping -> !heap.contains(mapping.start()))
        .mapToLong(Mapping::anonymousBytes)
        .sum();
  }

  static Optional<ProcessMemory> parse(List<String> status, Stream<String> smaps) {
    OptionalLong resident = find(status, "VmRSS:");
    OptionalLong peak = find(status, "VmHWM:");
    List<Mapping> mappings = mappings(smaps);
    return resident.isPresent() && peak.isPresent()
        ? Optional.of(new ProcessMemory(resident.getAsLong(), peak.getAsLong(), mappings))
        : Optional.empty();
  }

  private static List<Mapping> mappings(Stream<String> smaps) {
    List<Mapping> mappings = new ArrayList<>();
    long[] start = {0};
    smaps.forEach(
        line -> {
          if (line.startsWith(ANONYMOUS)) {
            mappings.add(new Mapping(start[0], bytes(line)));
          } else if (Character.isLowerCase(line.charAt(0)) || Character.isDigit(line.charAt(0))) {
            // Names of fields begin in upper case, addresses are lower-case hex.
            Matcher range = RANGE.matcher(line);
            start[0] = range.matches() ? Long.parseUnsignedLong(range.group(1), 16) : start[0];
          }
        });
    return mappings;
  }

  private static OptionalLong find(List<String> status, String field) {
    return status.stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(ProcessMemory::bytes)
        .findFirst();
  }

  private static long bytes(String line) {
    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024; // printed in kB
  }
}
