package io.edgefrontier.torchscript;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the engine's operators in the text of an expression. */
final class PrintedCalls {
  private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");

  /** The batch's size, maybe times a number: the engine's interpreter computes it by itself. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "torch\\.mul\\(torch\\.size\\(\\w+, \\d+\\), \\d+\\)|torch\\.size\\(\\w+, \\d+\\)");

  private static final Pattern BRACKET = Pattern.compile("([\\w.]*)\\(|\\)");
  private static final String BUILT_IN = "torch.";
  private static final String NAMED = "ops.";

  private PrintedCalls() {}

  /**
   * Returns the operators that make tensors, in the order in which the engine runs them: arguments
   * first.
   *
   * @param expression as the writer prints it, such as {@code torch.relu(ops.quantized.add(a, b,
   *     0.5, 3))}
   * @return names as the engine has them, such as {@code quantized::add} and {@code aten::relu}
   */
  static List<String> operators(String expression) {
    String plain = TEXT.matcher(expression).replaceAll("");
    Matcher bracket = BRACKET.matcher(NUMBER.matcher(plain).replaceAll("0"));
    List<String> operators = new ArrayList<>();
    Deque<String> open = new ArrayDeque<>();
    while (bracket.find()) {
      if (bracket.group(1) != null) {
        open.push(bracket.group(1));
        continue;
      }
      String function = open.pop();
      if (function.startsWith(BUILT_IN)) {
        operators.add("aten::" + function.substring(BUILT_IN.length()));
      } else if (function.startsWith(NAMED)) {
        operators.add(function.substring(NAMED.length()).replace(".", "::"));
      }
    }
    return operators;
  }
}
