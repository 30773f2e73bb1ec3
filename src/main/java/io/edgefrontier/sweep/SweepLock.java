package io.edgefrontier.sweep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps two sweeps from running on one machine at the same time. The operating system frees the
 * lock when its holder dies, however it does.
 */
final class SweepLock implements AutoCloseable {
  static final Path FILE =
      Path.of(System.getProperty("java.io.tmpdir"), "edge-frontier-sweep.lock");

  // Behind what the file says: where locks are mandatory, a locked byte cannot be read by others.
  private static final long LOCKED_BYTE = 1L << 40;

  private final FileChannel channel;

  private SweepLock(FileChannel channel) {
    this.channel = channel;
  }

  /** What is done while no other sweep runs. */
  @FunctionalInterface
  interface Action<T> {
    T run() throws IOException;
  }

  /**
   * Holds the lock during an action, unless the plan is to ignore it, and JMH's lock with it.
   *
   * @throws IOException if another sweep runs, or the action throws it
   */
  static <T> T holding(SweepPlan plan, Action<T> action) throws IOException {
    if (plan.has(SweepFlag.IGNORE_LOCK)) {
      System.setProperty("jmh.ignoreLock", "true"); // read when JMH's runner is first used
      return action.run();
    }
    SweepLock lock = acquire(plan.output());
    try (lock) {
      return action.run();
    }
  }

  /**
   * Takes the lock for a run.
   *
   * @throws IOException naming the process and the run that have it, or the file if that cannot be
   *     used
   */
  static SweepLock acquire(Path run) throws IOException {
    FileChannel channel = open();
    try {
      if (!lock(channel)) {
        throw new IOException(
            "another sweep runs on this machine (%s), and both would disturb each other; wait for"
                    .formatted(holder())
                + " its end, or use --no-lock");
      }
      String text = "pid %d, run %s".formatted(ProcessHandle.current().pid(), run.toAbsolutePath());
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
      return new SweepLock(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel open() throws IOException {
    try {
      if (Files.exists(FILE)) {
        // Some kernels let nobody open another user's file here in a way that could create it.
        return FileChannel.open(FILE, StandardOpenOption.WRITE);
      }
      FileChannel channel =
          FileChannel.open(FILE, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      // Other users take the same lock. Where this has no effect, they are told why they cannot.
      FILE.toFile().setWritable(true, false);
      return channel;
    } catch (IOException e) {
      throw new IOException(
          FILE
              + ": cannot be opened, so another sweep on this machine would go unnoticed; remove"
              + " the file, or use --no-lock",
          e);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this very process has it
    }
  }

  private static String holder() throws IOException {
    return Files.readString(FILE).strip();
  }

  /** Frees the lock. The file stays: removing it could remove the next holder's. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
