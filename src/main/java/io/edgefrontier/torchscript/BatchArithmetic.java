package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Value.BatchMultiple;
import io.edgefrontier.torchscript.Value.Int;

/**
 * Arithmetic on multiples of the free batch.
 *
 * <p>A result is a multiple again, or does not depend on the batch, or an error: a graph must do
 * for every batch what the code does. Comparisons with a number take the batch to be larger than 1,
 * as only checks of training and unbatched inputs ask for a batch of 1.
 */
final class BatchArithmetic {
  /** What an operator does if one operand at least is a {@link BatchMultiple}. */
  @FunctionalInterface
  interface Rule {
    /**
     * Returns the result.
     *
     * @throws IllegalArgumentException if it depends on the batch in another way than a multiple
     */
    Value apply(Value left, Value right);
  }

  private BatchArithmetic() {}

  static Value add(Value left, Value right) {
    if (isInteger(left, 0)) {
      return right;
    } else if (isInteger(right, 0)) {
      return left;
    }
    return new BatchMultiple(Math.addExact(factor(left), factor(right)));
  }

  static Value subtract(Value left, Value right) {
    if (isInteger(right, 0)) {
      return left;
    }
    long difference = Math.subtractExact(factor(left), factor(right));
    if (difference < 0) {
      throw forced(right);
    }
    return difference == 0 ? new Int(0) : new BatchMultiple(difference);
  }

  static Value multiply(Value left, Value right) {
    Value number = left instanceof Int ? left : right;
    Value multiple = left instanceof Int ? right : left;
    if (!(number instanceof Int times) || times.value() < 0) {
      throw forced(multiple);
    }
    return times.value() == 0
        ? number
        : new BatchMultiple(Math.multiplyExact(factor(multiple), times.value()));
  }

  static Value floor(Value left, Value right) {
    if (left instanceof BatchMultiple && right instanceof BatchMultiple) {
      return new Int(factor(left) / factor(right));
    }
    if (!(right instanceof Int by) || by.value() < 1 || factor(left) % by.value() != 0) {
      throw forced(left);
    }
    return new BatchMultiple(factor(left) / by.value());
  }

  static Value remainder(Value left, Value right) {
    long by = right instanceof Int i ? i.value() : factor(right);
    if (by < 1) {
      throw forced(left);
    }
    long rest = factor(left) % by;
    if (rest == 0) {
      return new Int(0);
    } else if (right instanceof BatchMultiple) {
      return new BatchMultiple(rest);
    }
    throw forced(left);
  }

  /** Returns whether {@code left < right}. */
  static boolean less(Value left, Value right) {
    if (left instanceof BatchMultiple a && right instanceof BatchMultiple b) {
      return a.factor() < b.factor();
    } else if (left instanceof BatchMultiple multiple) {
      double number = NumberOperators.real(right);
      return !isAtLeast(multiple, number);
    }
    double number = NumberOperators.real(left);
    // left < right unless right <= left, and that only if right is at most the number.
    return isAtLeast((BatchMultiple) right, Math.nextUp(number));
  }

  /** Returns whether a multiple is {@code number} or more for every batch larger than 1. */
  private static boolean isAtLeast(BatchMultiple multiple, double number) {
    if (2.0 * multiple.factor() >= number) {
      return true;
    }
    throw forced(multiple);
  }

  /** Returns whether two numbers, one a multiple at least, are equal. */
  static boolean equal(Value left, Value right) {
    if (left instanceof BatchMultiple a && right instanceof BatchMultiple b) {
      return a.factor() == b.factor();
    }
    BatchMultiple multiple = (BatchMultiple) (left instanceof BatchMultiple ? left : right);
    double number = NumberOperators.real(left instanceof BatchMultiple ? right : left);
    if (number < 2.0 * multiple.factor() || number % multiple.factor() != 0) {
      return false;
    }
    throw forced(multiple);
  }

  private static boolean isInteger(Value value, long expected) {
    return value instanceof Int i && i.value() == expected;
  }

  private static long factor(Value value) {
    if (value instanceof BatchMultiple multiple) {
      return multiple.factor();
    }
    throw new IllegalArgumentException(
        "%s and the free batch have no result that is a multiple of the batch"
            .formatted(Value.describe(value)));
  }

  /** Returns the error of code that needs to know how large the batch is. */
  static IllegalArgumentException forced(Value multiple) {
    return new IllegalArgumentException(
        "%s would have to be a known number here; the network must do the same for every batch"
            .formatted(Value.describe(multiple)));
  }
}
