package io.edgefrontier.sweep;

/** What changes how a sweep goes about its work, but not what it measures. */
public enum SweepFlag {
  /** JMH's own output is copied to stderr. */
  VERBOSE,
  /** The forks of an earlier sweep in the same folder are removed, not continued. */
  RESTART,
  /** The sweep runs even while another one runs on this machine. */
  IGNORE_LOCK
}
