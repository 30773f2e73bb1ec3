package io.edgefrontier.track;

import java.util.BitSet;

/**
 * For each validation sample in order, whether the variant's class was right.
 *
 * <p>Answers of two runs can be compared sample by sample only if they are about the same samples,
 * which equal fingerprints say.
 */
public final class Answers {
  /** No answers: accuracy is not known. */
  public static final Answers NONE = new Answers("", 0, new BitSet());

  private final String fingerprint;
  private final int samples;
  private final BitSet right;

  private Answers(String fingerprint, int samples, BitSet right) {
    this.fingerprint = fingerprint;
    this.samples = samples;
    this.right = right;
  }

  /**
   * Returns answers.
   *
   * @param fingerprint of the validation samples, such as a hash of their labels in order and of
   *     the data set's name; empty where it is not known
   * @param samples number of validation samples
   * @param right bit i for sample i; none at or beyond {@code samples}
   */
  public static Answers of(String fingerprint, int samples, BitSet right) {
    if (samples < 0 || right.length() > samples) {
      throw new IllegalArgumentException(
          "a right answer to sample %s, but there are %s samples"
              .formatted(right.length() - 1, samples));
    }
    return new Answers(fingerprint, samples, (BitSet) right.clone());
  }

  /** Returns what identifies the samples; empty where it is not known. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Returns the number of samples; 0 where accuracy is not known. */
  public int samples() {
    return samples;
  }

  /** Returns whether there are any. */
  public boolean isPresent() {
    return samples > 0;
  }

  /** Returns whether the answer to a sample, from 0, was right. */
  public boolean isRight(int sample) {
    return right.get(sample);
  }

  /** Returns the number of right answers. */
  public int right() {
    return right.cardinality();
  }

  /** Returns the share of right answers; NaN if there are none. */
  public double accuracy() {
    return (double) right() / samples;
  }

  /** Returns the number of samples that are right here and wrong there. */
  public int rightOnlyHere(Answers other) {
    BitSet only = (BitSet) right.clone();
    only.andNot(other.right);
    return only.cardinality();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Answers answers
        && fingerprint.equals(answers.fingerprint)
        && samples == answers.samples
        && right.equals(answers.right);
  }

  @Override
  public int hashCode() {
    return 31 * samples + right.hashCode();
  }

  @Override
  public String toString() {
    return "Answers[%s of %s right, %s]".formatted(right(), samples, fingerprint);
  }
}
