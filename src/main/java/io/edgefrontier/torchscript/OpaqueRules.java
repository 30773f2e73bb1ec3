package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Value.Bool;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.Real;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Symbol;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which calls may be made on the engine while an archive is read, and kept as they are.
 *
 * <p>The code comes from strangers. Only functions of tensors pass: by the form of their names,
 * which leaves out what the interpreter itself has (printing, exceptions, objects), and without
 * those that touch files or global state, give other results each time, give results whose sizes
 * depend on values, or may give results far larger than what they take.
 */
final class OpaqueRules {
  private static final Pattern NAME = Pattern.compile("(torch|ops\\.aten)\\.(_?[A-Za-z]\\w*)");
  private static final long MAX_INPUT_ELEMENTS = 1L << 24;
  private static final long MAX_CREATED_ELEMENTS = 1L << 26;
  // More than is made, as most numbers among arguments are no sizes.
  private static final long MAX_RESULT_ELEMENTS = 1L << 30;

  private static final Pattern STATE =
      Pattern.compile(
          "save|load|from_file|.*file.*|.*manual_seed.*|.*seed.*|_?set_.*|warn|.*_hook.*|.*grad.*"
              + "|.*backward.*|.*pin_memory.*|.*cuda.*|.*cudnn.*|.*miopen.*|.*mps.*|_?assert.*"
              + "|.*record_.*|.*profiler.*|.*_unsafe_get.*|.*storage.*|.*resize.*|.*symint.*"
              + "|.*sym_.*|get_device|.*_out|.*as_strided.*|.*futures?.*|fork|wait|format|.*python.*"
              + "|.*_version.*|.*foreach.*|.*fused.*|.*stack_from.*|.*sparse.*|.*nested.*");
  private static final Pattern RANDOM =
      Pattern.compile(
          "_?rand.*|normal.*|bernoulli.*|multinomial|poisson|binomial|.*dropout.*|rrelu.*|empty.*"
              + "|new_empty.*|.*_sample_.*|.*_standard_gamma.*|.*uniform.*|exponential.*|cauchy.*"
              + "|geometric.*|log_normal.*|random.*|.*uninitialized.*");
  private static final Pattern VALUE_DEPENDENT =
      Pattern.compile(
          "nonzero.*|.*unique.*|masked_select|argwhere|bincount|histc|.*histogram.*|item"
              + "|.*local_scalar.*|equal|allclose|is_.*|combinations|cartesian_prod");
  // Their results have about as many elements as the product of those of their inputs.
  private static final Set<String> MULTIPLYING =
      Set.of("outer", "ger", "kron", "vander", "diag_embed", "diag", "block_diag", "addr");
  private static final Set<String> RANGES =
      Set.of("arange", "range", "linspace", "logspace", "eye", "tril_indices", "triu_indices");
  // Their integers are the sizes of the result.
  private static final Pattern CREATING =
      Pattern.compile(
          "zeros|ones|full|new_.*|expand|broadcast_to|.*view.*|.*reshape.*|.*upsample.*"
              + "|.*interpolate.*|unflatten|.*pool.*|.*index.*|roll|arange|range|linspace|logspace"
              + "|eye|tril_indices|triu_indices");
  private static final Set<String> RECURRENT = Set.of("lstm", "gru", "rnn_tanh", "rnn_relu");

  // torch.lstm(input, hx, params, has_biases, num_layers, dropout, train, ...) and its like.
  private static final int TRAINING_ARGUMENT = 6;

  private OpaqueRules() {}

  /** Returns the name of a function without where it is, such as {@code lstm}. */
  static String bareName(String function) {
    return function.substring(function.lastIndexOf('.') + 1);
  }

  /** Returns whether a function is one of PyTorch's recurrent layers. */
  static boolean isRecurrent(String function) {
    return RECURRENT.contains(bareName(function));
  }

  /**
   * Refuses a call that must not be made.
   *
   * @throws IllegalArgumentException saying why
   */
  static void require(String function, List<Value> arguments, Map<String, Value> named) {
    if (!NAME.matcher(function).matches()) {
      throw new IllegalArgumentException("it is no function of tensors that PyTorch has");
    }
    String name = bareName(function);
    refuse(STATE, name, "it touches files or state outside its arguments, or layouts and devices");
    refuse(RANDOM, name, "its result is another one each time");
    refuse(
        VALUE_DEPENDENT, name, "what it returns, or its size, depends on the values it is given");
    if (MULTIPLYING.contains(name)) {
      throw new IllegalArgumentException("its result may be far larger than what it is given");
    }
    if (isRecurrent(name)
        && arguments.stream().anyMatch(a -> a instanceof Real dropout && dropout.value() != 0)
        && flag(arguments, TRAINING_ARGUMENT)) {
      throw new IllegalArgumentException("it drops values at random, as it is in training mode");
    }
    if (RANGES.contains(name) && arguments.stream().anyMatch(Real.class::isInstance)) {
      throw new IllegalArgumentException("it makes a range with steps that are no integers");
    }
    requireBounded(name, arguments, named);
  }

  private static boolean flag(List<Value> arguments, int index) {
    return index < arguments.size() && arguments.get(index) instanceof Bool flag && flag.value();
  }

  private static void refuse(Pattern names, String name, String reason) {
    if (names.matcher(name).matches()) {
      throw new IllegalArgumentException(reason);
    }
  }

  /** Bounds what the result may be before it is made: numbers among arguments may be sizes. */
  private static void requireBounded(String name, List<Value> arguments, Map<String, Value> named) {
    Size numbers = new Size();
    Size taken = new Size();
    arguments.forEach(argument -> count(argument, true, numbers, taken));
    named.values().forEach(argument -> count(argument, true, numbers, taken));
    boolean creates = CREATING.matcher(name).matches();
    double product = numbers.product * (creates ? 1 : Math.max(1, taken.broadcast()));
    long limit = creates ? MAX_CREATED_ELEMENTS : MAX_RESULT_ELEMENTS;
    if (taken.sum > MAX_INPUT_ELEMENTS || product > limit) {
      throw new IllegalArgumentException(
          "it takes %d elements and by its arguments may make %.0f; at most %d and %d are tried"
              .formatted(taken.sum, product, MAX_INPUT_ELEMENTS, limit));
    }
  }

  private static void count(Value value, boolean scalar, Size numbers, Size tensors) {
    if (value instanceof Int i && i.value() > 1 && i.value() != Long.MAX_VALUE) {
      numbers.product *= i.value();
    } else if (value instanceof Real r && !scalar && r.value() > 1) {
      numbers.product *= r.value();
    } else if (value instanceof Symbol symbol) {
      tensors.add(symbol.shape().dims());
    } else if (value instanceof Sequence sequence) {
      for (Value item : sequence.items()) {
        count(item, false, numbers, tensors);
      }
    }
  }

  /** Products of sizes, which may be larger than any integer. */
  private static final class Size {
    private double product = 1;
    private long sum;
    private final double[] broadcast = new double[16];

    void add(List<Integer> dims) {
      long elements = 1;
      for (int i = 0; i < dims.size(); i++) {
        elements *= dims.get(i);
        int fromLast = Math.min(dims.size() - 1 - i, broadcast.length - 1);
        broadcast[fromLast] = Math.max(broadcast[fromLast], dims.get(i));
      }
      sum += elements;
    }

    /** Returns the elements of what all tensors together are broadcast to. */
    double broadcast() {
      double elements = 1;
      for (double size : broadcast) {
        elements *= Math.max(1, size);
      }
      return elements;
    }
  }
}
