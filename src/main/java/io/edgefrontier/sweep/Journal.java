package io.edgefrontier.sweep;

import io.edgefrontier.result.AtomicFile;
import io.edgefrontier.result.Cell;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** forks.jsonl: a line for each fork that has ended, in that order. */
final class Journal {
  private final Path file;

  Journal(Path file) {
    this.file = file;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /**
   * Reads the journal. A last line without its end is one that the process did not live to finish
   * and is left out.
   *
   * @throws IOException naming the line that is not of a fork of these cells
   */
  List<ForkRecord> read(Collection<Cell> cells) throws IOException {
    if (!exists()) {
      return List.of();
    }
    String text = Files.readString(file);
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    List<ForkRecord> records = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      try {
        records.add(ForkRecord.parse(lines.get(i), cells));
      } catch (IllegalArgumentException e) {
        throw new IOException(
            "%s: line %d: %s; use --restart to measure anew".formatted(file, i + 1, e.getMessage()),
            e);
      }
    }
    return records;
  }

  /** Adds a line; when this returns, it is on the disk. */
  void append(ForkRecord record) throws IOException {
    byte[] line = (record.text() + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** Replaces all lines. */
  void write(List<ForkRecord> records) throws IOException {
    AtomicFile.writeText(
        file,
        writer -> {
          for (ForkRecord record : records) {
            writer.write(record.text() + "\n");
          }
        });
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
