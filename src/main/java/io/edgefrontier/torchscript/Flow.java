package io.edgefrontier.torchscript;

/** Where code goes on after a statement. */
sealed interface Flow {
  /** Ways on that carry no value. */
  enum Way implements Flow {
    /** To the next statement. */
    NEXT,
    /** Out of the loop. */
    BREAK,
    /** To the loop's next round. */
    CONTINUE
  }

  /** Out of the function, with its result. */
  record Returned(Value value) implements Flow {}
}
