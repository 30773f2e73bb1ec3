package io.edgefrontier.prune;

import io.edgefrontier.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Pruning groups, by whether an importance ranks all of their channels. */
record RankableGroups(List<GroupMembers> rankable, List<GroupMembers> leftWhole) {
  RankableGroups {
    rankable = List.copyOf(rankable);
    leftWhole = List.copyOf(leftWhole);
  }

  /**
   * Parts the groups of a network.
   *
   * @throws IllegalArgumentException if there are groups and none can be ranked
   */
  static RankableGroups of(Graph graph, ChannelTrace trace, Importance importance) {
    List<GroupMembers> groups = trace.groups();
    if (importance != Importance.BATCH_NORM) {
      return new RankableGroups(groups, List.of());
    }
    Set<Integer> scaled = ChannelImportance.batchNormScales(graph, trace).keySet();
    List<GroupMembers> rankable = new ArrayList<>();
    List<GroupMembers> leftWhole = new ArrayList<>();
    for (GroupMembers group : groups) {
      boolean ranked = group.sets().stream().allMatch(set -> scaled.contains(set.id()));
      (ranked ? rankable : leftWhole).add(group);
    }
    if (rankable.isEmpty() && !leftWhole.isEmpty()) {
      throw new IllegalArgumentException(
          "importance batch-norm: the channels of %s pass no batch norm (a frozen archive has it"
                  .formatted(graph.name())
              + " folded into its convolutions); rank them by another importance, or export the"
              + " network without freezing it");
    }
    return new RankableGroups(rankable, leftWhole);
  }
}
