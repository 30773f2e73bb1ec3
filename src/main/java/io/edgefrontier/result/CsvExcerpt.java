package io.edgefrontier.result;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes chosen records of a CSV file, byte for byte, in any order and with fields added: what this
 * program does not know of a table made elsewhere is kept as it is.
 */
public final class CsvExcerpt {
  private CsvExcerpt() {}

  /** Takes records one by one. */
  @FunctionalInterface
  public interface RecordSink {
    /**
     * Takes one record.
     *
     * @param start its {@link CsvRow#start}
     * @param end start of the record behind it, or anything beyond the end of the file
     * @param added fields for the added columns
     */
    void accept(long start, long end, List<String> added) throws IOException;
  }

  /**
   * Writes {@code target} with records of {@code source}.
   *
   * @param columns of {@code source}
   * @param added names of the columns added
   */
  public static void write(
      Path source,
      Path target,
      List<String> columns,
      List<String> added,
      AtomicFile.Content<RecordSink> records)
      throws IOException {
    try (FileChannel channel = FileChannel.open(source)) {
      AtomicFile.writeBytes(
          target,
          out -> {
            StringBuilder header = new StringBuilder();
            for (String column : columns) {
              CsvFile.FORMAT.print(column, header, header.isEmpty());
            }
            append(out, header, added);
            records.writeTo(
                (start, end, fields) -> {
                  copy(channel, start, end, out);
                  append(out, new StringBuilder(), fields);
                });
          });
    }
  }

  private static void append(OutputStream out, StringBuilder line, List<String> fields)
      throws IOException {
    for (String field : fields) {
      CsvFile.FORMAT.print(field, line, false);
    }
    CsvFile.FORMAT.println(line);
    out.write(line.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Copies a record without the line ends around it. */
  private static void copy(FileChannel channel, long start, long end, OutputStream out)
      throws IOException {
    int length = Math.toIntExact(Math.min(end, channel.size()) - start);
    ByteBuffer bytes = ByteBuffer.allocate(length);
    int read = 0;
    while (read >= 0 && bytes.hasRemaining()) {
      read = channel.read(bytes, start + bytes.position());
    }
    byte[] record = bytes.array();
    int from = 0;
    int to = bytes.position();
    while (from < to && isLineEnd(record[from])) {
      from++;
    }
    while (to > from && isLineEnd(record[to - 1])) {
      to--;
    }
    out.write(record, from, to - from);
  }

  private static boolean isLineEnd(byte b) {
    return b == '\r' || b == '\n';
  }
}
