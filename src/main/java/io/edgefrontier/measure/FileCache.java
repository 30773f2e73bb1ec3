package io.edgefrontier.measure;

import io.edgefrontier.engine.EngineFacts;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Brings files into the system's cache, so that the first fork of a sweep does not wait for a disk
 * that the others need not wait for.
 */
public final class FileCache {
  private static final int CHUNK = 1 << 20;

  private FileCache() {}

  /**
   * Reads all that a fork reads: the engine's native libraries, the class path, the archives.
   * Starts the engine, which unpacks its libraries if this is the first time on this machine.
   *
   * @param variants folder of the archives
   * @return bytes read
   * @throws IOException naming the file that cannot be read
   */
  public static long warm(Path variants) throws IOException {
    String natives = EngineFacts.read().nativesPath();
    String home = System.getProperty("user.home");
    long bytes = readAll(Path.of(natives.startsWith("~") ? home + natives.substring(1) : natives));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      bytes += Files.exists(path) ? readAll(path) : 0; // Java does not mind either
    }
    return bytes + readAll(variants);
  }

  /** Reads a file, or every file in a folder and those below. */
  static long readAll(Path path) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(path)) {
      found.filter(Files::isRegularFile).forEach(files::add);
    }
    long bytes = 0;
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    for (Path file : files) {
      try (FileChannel channel = FileChannel.open(file)) {
        for (int read = channel.read(chunk); read >= 0; read = channel.read(chunk)) {
          bytes += read;
          chunk.clear();
        }
      }
    }
    return bytes;
  }
}
