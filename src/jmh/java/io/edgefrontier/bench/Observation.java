package io.edgefrontier.bench;

import java.util.Collection;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.Aggregator;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.Statistics;

/**
 * A secondary result of those iterations that observed one: all of them, or the last of a fork.
 *
 * <p>JMH's own scalar result counts a zero for every iteration that did not report it, which would
 * turn "once per fork" into a mean that is too small. This one has no zero: {@code rawData} of the
 * JSON holds, per fork, what was observed in the order of its iterations; score, error and
 * percentiles are those of all these values.
 */
final class Observation extends Result<Observation> {
  private static final long serialVersionUID = 1L;

  Observation(String label, double value, String unit) {
    this(label, of(value), unit);
  }

  private Observation(String label, Statistics values, String unit) {
    super(ResultRole.SECONDARY, label, values, unit, AggregationPolicy.AVG);
  }

  @Override
  protected Aggregator<Observation> getThreadAggregator() {
    return Observation::aggregate;
  }

  @Override
  protected Aggregator<Observation> getIterationAggregator() {
    return Observation::aggregate;
  }

  private static Observation aggregate(Collection<Observation> observations) {
    ListStatistics values = new ListStatistics();
    observations.forEach(observation -> values.addValue(observation.getScore()));
    Observation any = observations.iterator().next();
    return new Observation(any.getLabel(), values, any.getScoreUnit());
  }
}
