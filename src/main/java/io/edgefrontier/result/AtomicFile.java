package io.edgefrontier.result;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Writes a file so that a reader sees all of it or none: to a temporary name in the same folder,
 * then renamed. Missing folders are made; an existing file is replaced.
 */
public final class AtomicFile {
  private static final int BUFFER_SIZE = 1 << 16;

  private AtomicFile() {}

  /**
   * What goes into a file.
   *
   * @param <S> what is written to: a {@link Writer} or an {@link OutputStream}
   */
  @FunctionalInterface
  public interface Content<S> {
    /** Writes everything; need not close or flush {@code sink}. */
    void writeTo(S sink) throws IOException;
  }

  /**
   * Writes {@code target} in UTF-8.
   *
   * @throws IOException naming {@code target} if it cannot be written; then it is as it was before
   */
  public static void writeText(Path target, Content<Writer> content) throws IOException {
    writeBytes(
        target,
        stream -> {
          Writer writer =
              new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
          content.writeTo(writer);
          writer.flush();
        });
  }

  /**
   * Writes several files in UTF-8: none is replaced before all are written to temporary names.
   *
   * @param texts target and text
   * @throws IOException naming the target that cannot be written; then all are as they were before,
   *     unless a rename failed
   */
  public static void writeTexts(Map<Path, String> texts) throws IOException {
    Map<Path, Path> temporaries = new LinkedHashMap<>();
    try {
      for (Map.Entry<Path, String> text : texts.entrySet()) {
        Path temporary = temporary(text.getKey());
        temporaries.put(temporary, text.getKey());
        Files.writeString(temporary, text.getValue(), StandardOpenOption.CREATE_NEW);
      }
      for (Map.Entry<Path, Path> written : temporaries.entrySet()) {
        replace(written.getKey(), written.getValue());
      }
    } finally {
      for (Path temporary : temporaries.keySet()) {
        Files.deleteIfExists(temporary);
      }
    }
  }

  /**
   * Writes {@code target} byte for byte.
   *
   * @throws IOException naming {@code target} if it cannot be written; then it is as it was before
   */
  public static void writeBytes(Path target, Content<OutputStream> content) throws IOException {
    Path temporary = temporary(target);
    try {
      try (OutputStream file = Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW);
          OutputStream stream = new BufferedOutputStream(file, BUFFER_SIZE)) {
        content.writeTo(stream);
      }
      replace(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Returns a name for what is to become {@code target}, in its folder, which is made. */
  private static Path temporary(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new IOException(target + ": is a folder, expected the name of a file to write");
    }
    Files.createDirectories(folder);
    // Not Files.createTempFile: that makes files which only their owner can read.
    return folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
  }

  private static void replace(Path temporary, Path target) throws IOException {
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
