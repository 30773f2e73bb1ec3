package io.edgefrontier.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Physical memory of this process as the kernel accounts for it: Java heap, native libraries and
 * tensors together.
 *
 * @param residentBytes in memory now ({@code VmRSS})
 * @param peakBytes the most that was ever in memory ({@code VmHWM}); never falls
 */
public record ProcessMemory(long residentBytes, long peakBytes) {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Returns what the kernel says now; empty where there is no {@code /proc}. */
  public static Optional<ProcessMemory> current() {
    if (!Files.isReadable(STATUS)) {
      return Optional.empty();
    }
    try {
      return parse(Files.readAllLines(STATUS));
    } catch (IOException e) {
      throw new UncheckedIOException(STATUS + " cannot be read", e);
    }
  }

  static Optional<ProcessMemory> parse(List<String> status) {
    OptionalLong resident = bytes(status, "VmRSS:");
    OptionalLong peak = bytes(status, "VmHWM:");
    return resident.isPresent() && peak.isPresent()
        ? Optional.of(new ProcessMemory(resident.getAsLong(), peak.getAsLong()))
        : Optional.empty();
  }

  private static OptionalLong bytes(List<String> status, String field) {
    return status.stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024) // printed in kB
        .findFirst();
  }
}
