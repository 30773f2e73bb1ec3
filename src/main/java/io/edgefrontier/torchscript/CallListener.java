package io.edgefrontier.torchscript;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Is told of every operator on tensors that code calls while it is run on symbols. */
@FunctionalInterface
interface CallListener {
  /** Does nothing. */
  CallListener NONE = (operator, arguments, named, result, place) -> {};

  /**
   * Takes a call.
   *
   * @param operator its name in code
   * @param place where in the archive it stands
   * @throws IOException if the call cannot be taken
   */
  void called(
      String operator,
      List<Value> arguments,
      Map<String, Value> named,
      Value result,
      Supplier<String> place)
      throws IOException;
}
