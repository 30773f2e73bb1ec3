package io.edgefrontier.sweep;

import java.io.FileNotFoundException;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.util.UnCloseablePrintStream;
import org.openjdk.jmh.util.Utils;

/**
 * Counts the benchmarks that JMH starts and does not finish.
 *
 * <p>JMH prints their failure and goes on; neither its result nor its exit code mentions them. What
 * it prints passes through here unchanged.
 */
final class BenchmarkTally {
  private final OutputFormat delegate;
  private int started;
  private int finished;

  /**
   * @throws FileNotFoundException if {@code options} name an output file that cannot be written
   */
  BenchmarkTally(Options options) throws FileNotFoundException, UnsupportedEncodingException {
    PrintStream out =
        options.getOutput().hasValue()
            ? new PrintStream(options.getOutput().get())
            : new UnCloseablePrintStream(System.out, Utils.guessConsoleEncoding());
    this.delegate =
        OutputFormatFactory.createFormatInstance(
            out, options.verbosity().orElse(Defaults.VERBOSITY));
  }

  /** Returns the output for JMH's runner. */
  OutputFormat output() {
    return (OutputFormat)
        Proxy.newProxyInstance(
            OutputFormat.class.getClassLoader(),
            new Class<?>[] {OutputFormat.class},
            (proxy, method, arguments) -> forward(method, arguments));
  }

  /** Returns how many benchmarks have started without a result. */
  int failed() {
    return started - finished;
  }

  private Object forward(Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("startBenchmark")) {
      started++;
    }
    if (method.getName().equals("endBenchmark") && arguments[0] != null) {
      finished++;
    }
    try {
      return method.invoke(delegate, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
