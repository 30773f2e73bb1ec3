package io.edgefrontier.publish;

/** Which of two figures of a column a reader would rather have. */
enum Better {
  LOWER,
  HIGHER,
  /** Nobody can say without knowing the purpose. */
  NEITHER
}
