package io.edgefrontier.result;

import java.io.IOException;
import java.io.OutputStream;
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
  private final OutputStream target;
  private final Queue<Future<CsvText>> pending = new ArrayDeque<>();
  private final Queue<CsvText> spare = new ArrayDeque<>();
  private ExecutorService executor;
  private List<T> batch = new ArrayList<>();

  /** Appends a row; must not share state between calls: they run at the same time. */
  @FunctionalInterface
  interface Format<T> {
    void append(T row, CsvText text) throws IOException;
  }

  RowPipeline(Format<T> format, OutputStream target) {
    this.format = format;
    this.target = target;
  }

  void accept(T row) throws IOException {
    batch.add(row);
    if (batch.size() == BATCH) {
      if (executor == null) {
        executor = Executors.newFixedThreadPool(CORES);
      }
      List<T> full = batch;
      CsvText text = spare.isEmpty() ? new CsvText() : spare.remove();
      pending.add(executor.submit(() -> append(full, text)));
      batch = new ArrayList<>(BATCH);
      if (pending.size() > 2 * CORES) {
        writeOldest();
      }
    }
  }

  private CsvText append(List<T> rows, CsvText text) throws IOException {
    for (T row : rows) {
      format.append(row, text);
    }
    return text;
  }

  /** Writes whatever is left. */
  void finish() throws IOException {
    while (!pending.isEmpty()) {
      writeOldest();
    }
    append(batch, new CsvText()).drainTo(target);
  }

  private void writeOldest() throws IOException {
    try {
      CsvText text = pending.remove().get();
      text.drainTo(target);
      spare.add(text);
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
