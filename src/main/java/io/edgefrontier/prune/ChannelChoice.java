package io.edgefrontier.prune;

import io.edgefrontier.prune.GroupMembers.ChannelSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses the sets of channels that go at a level. */
final class ChannelChoice {
  private final List<GroupMembers> groups;
  private final Map<Integer, Double> importance;
  private final PruningOptions options;
  private final Set<Integer> indispensable;

  /**
   * @param importance of each set of {@code groups}; a set that is missing has none
   * @param parts sets that cannot all go, as a slice takes them
   */
  ChannelChoice(
      List<GroupMembers> groups,
      Map<Integer, Double> importance,
      List<Set<Integer>> parts,
      PruningOptions options) {
    this.groups = groups;
    this.importance = importance;
    this.options = options;
    this.indispensable = indispensable(parts);
  }

  /** Returns the most important set of each part of which all sets could go. */
  private Set<Integer> indispensable(List<Set<Integer>> parts) {
    Set<Integer> removable =
        groups.stream()
            .flatMap(members -> members.sets().stream())
            .map(ChannelSet::id)
            .collect(Collectors.toSet());
    return parts.stream()
        .filter(removable::containsAll)
        .map(
            part ->
                part.stream()
                    .sorted()
                    .max(Comparator.comparingDouble(this::importance))
                    .orElseThrow())
        .collect(Collectors.toSet());
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

  private double importance(int set) {
    return importance.getOrDefault(set, 0.0);
  }

  /**
   * Returns the sets of a group: those that have to stay, then the most important and of equal ones
   * the older.
   */
  private List<ChannelSet> ranked(GroupMembers members) {
    Comparator<ChannelSet> optional =
        Comparator.comparing(set -> !indispensable.contains(set.id()));
    return members.sets().stream()
        .sorted(optional.thenComparing(set -> importance(set.id()), Comparator.reverseOrder()))
        .toList();
  }

  /** Returns how many sets of a group stay at least, at any level. */
  private int least(GroupMembers members) {
    long needed = members.sets().stream().filter(set -> indispensable.contains(set.id())).count();
    return (int) Math.max(1, needed);
  }

  private int[] keptOfEach(double level) {
    return groups.stream()
        .mapToInt(members -> Math.max(least(members), members.group().kept(level)))
        .toArray();
  }

  /**
   * Returns how many sets of each group stay when all are ranked together by their importance over
   * the mean of their group. The first of each group stays in any case.
   */
  private int[] keptTogether(double level) {
    record Candidate(int group, double relative) {}
    int[] kept = groups.stream().mapToInt(this::least).toArray();
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < kept.length; i++) {
      int group = i;
      List<ChannelSet> ranked = ranked(groups.get(i));
      double mean =
          ranked.stream().mapToDouble(set -> importance(set.id())).average().orElseThrow();
      ranked.stream()
          .skip(kept[i])
          .map(set -> new Candidate(group, mean == 0 ? 0 : importance(set.id()) / mean))
          .forEach(candidates::add);
    }
    int fixed = Arrays.stream(kept).sum();
    candidates.stream()
        .sorted(Comparator.comparing(Candidate::relative, Comparator.reverseOrder()))
        .limit(Math.max(0, PruningGroup.kept(candidates.size() + fixed, level) - fixed))
        .forEach(candidate -> kept[candidate.group()]++);
    return kept;
  }
}
