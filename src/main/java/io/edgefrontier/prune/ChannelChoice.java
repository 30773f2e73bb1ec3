package io.edgefrontier.prune;

import io.edgefrontier.prune.GroupMembers.ChannelSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses the sets of channels that go at a level. */
final class ChannelChoice {
  private final List<GroupMembers> groups;
  private final Map<Integer, Double> importance;
  private final PruningOptions options;

  /**
   * @param importance of each set of {@code groups}; a set that is missing has none
   */
  ChannelChoice(
      List<GroupMembers> groups, Map<Integer, Double> importance, PruningOptions options) {
    this.groups = groups;
    this.importance = importance;
    this.options = options;
  }

  /** Returns the ids of the sets that go at {@code level}, in [0, 1). */
  Set<Integer> removed(double level) {
    Set<Integer> removed = new HashSet<>();
    int[] least = options.global() ? keptTogether(level) : keptOfEach(level);
    for (int i = 0; i < least.length; i++) {
      List<ChannelSet> ranked = ranked(groups.get(i));
      int kept = GroupMembers.rounded(ranked, least[i], options.roundTo());
      ranked.subList(kept, ranked.size()).forEach(set -> removed.add(set.id()));
    }
    return removed;
  }

  private double importance(ChannelSet set) {
    return importance.getOrDefault(set.id(), 0.0);
  }

  /** Returns the sets of a group, the most important first and of equal ones the older. */
  private List<ChannelSet> ranked(GroupMembers members) {
    return members.sets().stream()
        .sorted(Comparator.comparing(this::importance, Comparator.reverseOrder()))
        .toList();
  }

  private int[] keptOfEach(double level) {
    return groups.stream().mapToInt(members -> members.group().kept(level)).toArray();
  }

  /**
   * Returns how many sets of each group stay when all are ranked together by their importance over
   * the mean of their group. The first of each group stays in any case.
   */
  private int[] keptTogether(double level) {
    record Candidate(int group, double relative) {}
    int[] kept = new int[groups.size()];
    List<Candidate> candidates = new ArrayList<>();
    int all = 0;
    for (int i = 0; i < kept.length; i++) {
      int group = i;
      List<ChannelSet> ranked = ranked(groups.get(i));
      double mean = ranked.stream().mapToDouble(this::importance).average().orElseThrow();
      kept[i] = 1;
      all += ranked.size();
      ranked.stream()
          .skip(1)
          .map(set -> new Candidate(group, mean == 0 ? 0 : importance(set) / mean))
          .forEach(candidates::add);
    }
    candidates.stream()
        .sorted(Comparator.comparing(Candidate::relative, Comparator.reverseOrder()))
        .limit(Math.max(0, PruningGroup.kept(all, level) - kept.length))
        .forEach(candidate -> kept[candidate.group()]++);
    return kept;
  }
}
