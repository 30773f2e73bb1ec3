package io.edgefrontier.prepare;

import io.edgefrontier.dataset.UnreadableSampleException;
import java.io.IOException;
import java.util.function.Function;

/** The outcome of work that may fail without taking the rest down: a value or the error. */
public sealed interface Attempt<T> {

  /** Work that may fail. */
  interface Work<T> {
    T run() throws IOException;
  }

  /** Returns the value. */
  T get() throws IOException;

  /** Returns the value, or what {@code fallback} makes of the error. */
  T orElse(Function<Exception, T> fallback);

  /**
   * Does the work; the engine's failures are RuntimeExceptions, hence both kinds.
   *
   * @throws UnreadableSampleException since all other work on the samples would fail alike
   */
  static <T> Attempt<T> of(Work<T> work) throws UnreadableSampleException {
    try {
      return new Success<>(work.run());
    } catch (UnreadableSampleException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      return new Failure<>(e);
    }
  }

  /** Returns what to tell the user about an error; never blank. */
  static String reason(Exception error) {
    String message = error.getMessage();
    return message == null || message.isBlank() ? error.toString() : message;
  }

  record Success<T>(T value) implements Attempt<T> {
    @Override
    public T get() {
      return value;
    }

    @Override
    public T orElse(Function<Exception, T> fallback) {
      return value;
    }
  }

  record Failure<T>(Exception error) implements Attempt<T> {
    @Override
    public T get() throws IOException {
      throw new IOException(error.getMessage(), error);
    }

    @Override
    public T orElse(Function<Exception, T> fallback) {
      return fallback.apply(error);
    }
  }
}
