package io.edgefrontier.dataset;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes items ahead of their use: one background thread makes the next while the caller works on
 * the one before. At most two items exist at a time, and items are made in order.
 *
 * @param <T> what is made, such as a batch
 */
public final class Prefetched<T> implements AutoCloseable {
  private final int count;
  private final Source<T> source;
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "prefetch");
            thread.setDaemon(true); // a stuck disk must not keep the process alive
            return thread;
          });
  private Future<T> pending;
  private int next;

  /**
   * Makes item {@code index}; called on the background thread.
   *
   * @param <T> what is made
   */
  @FunctionalInterface
  public interface Source<T> {
    T make(int index) throws IOException;
  }

  /** Starts to make the first of {@code count} items. */
  public Prefetched(int count, Source<T> source) {
    this.count = count;
    this.source = source;
    request(0);
  }

  private void request(int index) {
    if (index < count) {
      pending = background.submit(() -> source.make(index));
    }
  }

  public boolean hasNext() {
    return next < count;
  }

  /**
   * Returns the next item, and lets the one after it be made.
   *
   * @throws IOException as {@code source} threw it
   */
  public T next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException("all " + count + " items were taken");
    }
    try {
      T item = pending.get();
      request(++next);
      return item;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("reading samples failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("interrupted while reading samples").initCause(e);
    }
  }

  /** Stops the background thread; what it was making is dropped. */
  @Override
  public void close() {
    background.shutdownNow();
  }
}
