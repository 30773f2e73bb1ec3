package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Value.Attribute;
import io.edgefrontier.torchscript.Value.BatchMultiple;
import io.edgefrontier.torchscript.Value.Bool;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.None;
import io.edgefrontier.torchscript.Value.Real;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Stored;
import io.edgefrontier.torchscript.Value.Symbol;
import io.edgefrontier.torchscript.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One call of an operator, as the code makes it, printed with gaps for the tensors that it takes.
 *
 * @param function as code names it, such as {@code torch.lstm}
 * @param text the call, with <code>${0}</code>, <code>${1}</code>, ... for {@code inputs} and
 *     <code>@{0}</code>, <code>@{1}</code>, ... for {@code tensors}
 * @param inputs computed tensors, each once; the network's input is among them where the call needs
 *     the size of the batch
 * @param tensors stored tensors, each once
 */
record CallText(String function, String text, List<Symbol> inputs, List<Value> tensors) {
  private static final int MAX_LENGTH = 20_000;
  private static final int MAX_TENSORS = 1_000;
  private static final int MAX_NESTING = 3;
  private static final Pattern GAP = Pattern.compile("([$@])\\{(\\d{1,4})\\}");
  private static final Pattern PLAIN_TEXT = Pattern.compile("[A-Za-z0-9_ ,.:>/()-]*");
  // Their lists of tensors may have gaps, and then must be declared so.
  private static final Set<String> INDEXING =
      Set.of("torch.index", "torch.index_put", "torch._unsafe_index", "torch._unsafe_index_put");

  CallText {
    inputs = List.copyOf(inputs);
    tensors = List.copyOf(tensors);
  }

  /**
   * Prints a call.
   *
   * @param networkInput whose first axis is the batch
   * @throws IllegalArgumentException if an argument cannot be printed: an object, quantized
   *     weights, a text with unusual characters
   */
  static CallText of(
      String function, List<Value> arguments, Map<String, Value> named, Symbol networkInput) {
    return new Printer(function, networkInput).print(arguments, named);
  }

  /** Returns the call with expressions in its gaps. */
  static String fill(String text, IntFunction<String> inputs, IntFunction<String> tensors) {
    return GAP.matcher(text)
        .replaceAll(
            gap -> {
              int index = Integer.parseInt(gap.group(2));
              IntFunction<String> source = gap.group(1).equals("$") ? inputs : tensors;
              return Matcher.quoteReplacement(source.apply(index));
            });
  }

  /** Collects the tensors while the arguments are printed. */
  private static final class Printer {
    private final String function;
    private final Symbol networkInput;
    private final List<Symbol> inputs = new ArrayList<>();
    private final List<Value> tensors = new ArrayList<>();
    private final List<Stored> seen = new ArrayList<>();
    private int length;

    Printer(String function, Symbol networkInput) {
      this.function = function;
      this.networkInput = networkInput;
    }

    CallText print(List<Value> arguments, Map<String, Value> named) {
      List<String> printed = new ArrayList<>();
      arguments.forEach(argument -> printed.add(value(argument, 0)));
      named.forEach((name, argument) -> printed.add(name + "=" + value(argument, 0)));
      String text = function + "(" + String.join(", ", printed) + ")";
      return new CallText(function, text, inputs, tensors);
    }

    private String value(Value value, int depth) {
      String text = unbounded(value, depth);
      length += text.length();
      if (length > MAX_LENGTH || inputs.size() + tensors.size() > MAX_TENSORS) {
        throw new IllegalArgumentException(
            "its arguments have over %d characters or %d tensors"
                .formatted(MAX_LENGTH, MAX_TENSORS));
      }
      return text;
    }

    private String unbounded(Value value, int depth) {
      if (value instanceof Symbol symbol) {
        return input(symbol);
      } else if (value instanceof Stored || value instanceof Attribute) {
        return tensor(value);
      } else if (value instanceof BatchMultiple multiple) {
        String batch = "torch.size(" + input(networkInput) + ", 0)";
        return multiple.factor() == 1
            ? batch
            : "torch.mul(%s, %d)".formatted(batch, multiple.factor());
      } else if (value instanceof Int number) {
        return String.valueOf(number.value());
      } else if (value instanceof Real number) {
        return OpText.number(number.value());
      } else if (value instanceof Bool flag) {
        return flag.value() ? "True" : "False";
      } else if (value == None.NONE) {
        return "None";
      } else if (value instanceof Text text && PLAIN_TEXT.matcher(text.value()).matches()) {
        return "\"" + text.value() + "\"";
      } else if (value instanceof Sequence sequence
          && depth < MAX_NESTING
          && sequence.items().size() <= MAX_LENGTH) {
        return sequence(sequence, depth);
      }
      throw new IllegalArgumentException(
          "%s cannot be an argument of a call that is kept as it is"
              .formatted(Value.describe(value)));
    }

    private String sequence(Sequence sequence, int depth) {
      String items =
          sequence.items().stream()
              .map(item -> value(item, depth + 1))
              .collect(Collectors.joining(", "));
      if (!sequence.isList()) {
        return "(" + items + (sequence.items().size() == 1 ? ",)" : ")");
      } else if (sequence.items().isEmpty()) {
        return "annotate(List[int], [])"; // sizes of windows; a bare [] would be of tensors
      } else if (sequence.items().contains(None.NONE) || INDEXING.contains(function)) {
        return "annotate(List[Optional[Tensor]], [" + items + "])";
      }
      return "[" + items + "]";
    }

    private String input(Symbol symbol) {
      for (int i = 0; i < inputs.size(); i++) {
        if (inputs.get(i).node().equals(symbol.node())) {
          return "${" + i + "}";
        }
      }
      inputs.add(symbol);
      return "${" + (inputs.size() - 1) + "}";
    }

    private String tensor(Value value) {
      int index = seen.indexOf(GraphBuilder.stored(value));
      if (index < 0) {
        index = seen.size();
        seen.add(GraphBuilder.stored(value));
        tensors.add(value);
      }
      return "@{" + index + "}";
    }
  }
}
