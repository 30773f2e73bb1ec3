package io.edgefrontier.engine;

/**
 * One operator that the engine ran.
 *
 * @param operator as the engine names it, such as {@code aten::conv2d}
 * @param ns nanoseconds from its start to its end, those of the operators inside it included
 */
public record OperatorTime(String operator, long ns) {}
