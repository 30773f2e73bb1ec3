package io.edgefrontier.config;

/** A step of the pipeline; each takes only the settings that bear on it. */
public enum Stage {
  TRAIN,
  PREPARE,
  BENCH,
  ACCURACY,
  MERGE,
  FRONTIER
}
