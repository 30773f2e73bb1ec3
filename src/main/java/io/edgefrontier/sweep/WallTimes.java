package io.edgefrontier.sweep;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LongSummaryStatistics;
import java.util.Map;

/** How long forks take, by the mean of those that have ended with a result. */
final class WallTimes {
  private final Map<ForkKind, LongSummaryStatistics> nanosByKind = new EnumMap<>(ForkKind.class);
  private final LongSummaryStatistics nanos = new LongSummaryStatistics();

  void add(ForkKind kind, Duration wall) {
    nanosByKind.computeIfAbsent(kind, unseen -> new LongSummaryStatistics()).accept(wall.toNanos());
    nanos.accept(wall.toNanos());
  }

  boolean isEmpty() {
    return nanos.getCount() == 0;
  }

  /** Returns the mean of a kind; of all kinds if it has not ended yet; 0 if none has. */
  Duration mean(ForkKind kind) {
    return Duration.ofNanos(Math.round(nanosByKind.getOrDefault(kind, nanos).getAverage()));
  }
}
