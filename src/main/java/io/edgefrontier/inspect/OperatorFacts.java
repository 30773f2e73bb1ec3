package io.edgefrontier.inspect;

import io.edgefrontier.graph.TensorType;
import io.edgefrontier.lower.Int8Decision;
import java.util.List;
import java.util.Optional;

/**
 * One operator of a network.
 *
 * @param kind class of operator, such as Conv2d
 * @param arguments the main ones, such as {@code 3x3 s2 p1}; may be empty
 * @param result type of the result at batch size 1
 * @param shape of the result, with N for the batch, such as {@code Nx16x28x28}
 * @param parameters trained values that it stores, also where it shares them
 * @param macs multiply-accumulates at batch size 1
 * @param groups ids of the pruning groups of which it makes channels
 * @param int8 empty where the network has no int8 form
 */
public record OperatorFacts(
    String name,
    String kind,
    String arguments,
    List<String> inputs,
    TensorType result,
    String shape,
    long parameters,
    long macs,
    List<Integer> groups,
    Optional<Int8Decision> int8) {
  public OperatorFacts {
    inputs = List.copyOf(inputs);
    groups = List.copyOf(groups);
  }
}
