package io.edgefrontier.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Finds the file that a table of archives made elsewhere names, and none outside its folder. */
public final class GivenPath {
  private static final long MAX_BYTES = 4L << 30;

  private GivenPath() {}

  /**
   * Returns the file, free of symbolic links.
   *
   * @param folder of the table
   * @param path relative to it, as a stranger wrote it
   * @throws IOException if it leads out of the folder, by {@code ..} or by a symbolic link, or
   *     names no regular file of modest size
   */
  public static Path resolve(Path folder, String path) throws IOException {
    if (path.isBlank() || path.chars().anyMatch(Character::isISOControl)) {
      throw new IOException("path is empty or has control characters, expected that of an archive");
    }
    Path relative;
    try {
      relative = Path.of(path);
    } catch (InvalidPathException e) {
      throw new IOException(path + ": is no path: " + e.getReason(), e);
    }
    if (relative.isAbsolute() || relative.normalize().startsWith("..")) {
      throw new IOException(path + ": leads out of the table's folder; expected a path below it");
    }
    Path file = folder.resolve(relative);
    if (!Files.isRegularFile(file)) {
      throw new IOException(path + ": no such file in " + folder);
    }
    Path real = file.toRealPath();
    if (!real.startsWith(folder.toRealPath())) {
      throw new IOException(
          path + ": is a link that leads out of the table's folder; expected a file below it");
    }
    if (Files.size(real) > MAX_BYTES) {
      throw new IOException(
          "%s: has %d bytes, at most %d are supported"
              .formatted(path, Files.size(real), MAX_BYTES));
    }
    return real;
  }
}
