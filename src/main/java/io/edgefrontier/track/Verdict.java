package io.edgefrontier.track;

import java.util.Locale;

/** What a comparison says of the candidate; in the order in which people want to see them. */
public enum Verdict {
  /** The candidate failed, so that it has no figures. */
  FAILED,
  /** Worse: by more than the delta and the floor, and more than noise explains. */
  REGRESSED,
  /** The baseline has it, the candidate has not. */
  MISSING,
  /** The two were not measured alike; the reason says in what they differ. */
  NOT_COMPARABLE,
  /** Neither a change nor its absence is shown by so many forks. */
  INCONCLUSIVE,
  /** Better: by more than the delta and the floor, and more than noise explains. */
  IMPROVED,
  /** The candidate has it, the baseline has not. */
  NEW,
  /** The whole interval of the ratio lies within the delta or the floor. */
  UNCHANGED;

  /** Returns the name in files, such as {@code not_comparable}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
