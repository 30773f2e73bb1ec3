package io.edgefrontier.bench;

import java.util.Collection;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.Aggregator;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.Statistics;

/**
 * A secondary result that exists once per fork.
 *
 * <p>JMH's own scalar result counts a zero for every iteration that did not report it, which would
 * turn "once per fork" into a mean that is too small. This one has no zero: {@code rawData} of the
 * JSON holds one value per fork, score and error are those of the forks.
 */
final class ForkFact extends Result<ForkFact> {
  private static final long serialVersionUID = 1L;

  ForkFact(String label, double value, String unit) {
    this(label, of(value), unit);
  }

  private ForkFact(String label, Statistics values, String unit) {
    super(ResultRole.SECONDARY, label, values, unit, AggregationPolicy.AVG);
  }

  @Override
  protected Aggregator<ForkFact> getThreadAggregator() {
    return ForkFact::aggregate;
  }

  @Override
  protected Aggregator<ForkFact> getIterationAggregator() {
    return ForkFact::aggregate;
  }

  private static ForkFact aggregate(Collection<ForkFact> facts) {
    ListStatistics values = new ListStatistics();
    facts.forEach(fact -> values.addValue(fact.getScore()));
    ForkFact any = facts.iterator().next();
    return new ForkFact(any.getLabel(), values, any.getScoreUnit());
  }
}
