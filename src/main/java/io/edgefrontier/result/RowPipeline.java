package io.edgefrontier.result;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Turns rows into text on every core, in batches, and writes the text in the order of the rows. At
 * most a few batches are in memory. Rows fewer than a batch never leave the caller's thread.
 */
final class RowPipeline<T> implements AutoCloseable {
  private static final int BATCH = 512;
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private final Format<T> format;
  private final Writer writer;
  private final Queue<Future<StringBuilder>> pending = new ArrayDeque<>();
  private ExecutorService executor;
  private List<T> batch = new ArrayList<>();

  /** Must not share state between calls: they run at the same time. */
  @FunctionalInterface
  interface Format<T> {
    StringBuilder text(List<T> rows) throws IOException;
  }

  RowPipeline(Format<T> format, Writer writer) {
    this.format = format;
    this.writer = writer;
  }

  void accept(T row) throws IOException {
    batch.add(row);
    if (batch.size() == BATCH) {
      if (executor == null) {
        executor = Executors.newFixedThreadPool(CORES);
      }
      List<T> full = batch;
      pending.add(executor.submit(() -> format.text(full)));
      batch = new ArrayList<>(BATCH);
      if (pending.size() > 2 * CORES) {
        writeOldest();
      }
    }
  }

  /** Writes whatever is left. */
  void finish() throws IOException {
    while (!pending.isEmpty()) {
      writeOldest();
    }
    writer.append(format.text(batch));
  }

  private void writeOldest() throws IOException {
    try {
      writer.append(pending.remove().get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException bug) {
        throw bug;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while writing rows", e);
    }
  }

  @Override
  public void close() {
    if (executor != null) {
      executor.shutdownNow();
    }
  }
}
