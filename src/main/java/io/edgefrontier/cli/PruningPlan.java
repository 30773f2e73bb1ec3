package io.edgefrontier.cli;

import io.edgefrontier.config.SettingKey;
import io.edgefrontier.config.Settings;
import io.edgefrontier.config.Settings.VariantSettings;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.prune.ChannelPruner;
import io.edgefrontier.prune.Importance;
import io.edgefrontier.prune.PruningGroup;
import io.edgefrontier.prune.PruningOptions;
import io.edgefrontier.result.NearestName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the settings say about pruning, for one network. */
final class PruningPlan {
  private static final int HINTS = 3;

  private PruningPlan() {}

  /**
   * Returns the options of pruning.
   *
   * @throws IllegalArgumentException if an excluded layer is not in {@code graph}; the message
   *     names near ones
   */
  static PruningOptions of(Settings settings, Graph graph) {
    VariantSettings variants = settings.variants();
    Set<String> excluded = new LinkedHashSet<>();
    variants.exclude().forEach(pattern -> excluded.addAll(matches(pattern, graph)));
    return new PruningOptions(
        variants.importance(), variants.roundTo(), variants.global(), excluded, settings.seed());
  }

  /**
   * Checks that the network can be pruned as {@code settings} say, and tells which groups stay
   * whole.
   *
   * @throws IllegalArgumentException if an excluded layer is not in the network, or none of its
   *     channels can be ranked
   */
  static void check(Settings settings, Graph graph, Terminal terminal) {
    PruningOptions options = of(settings, graph);
    boolean prunes = settings.variants().pruningLevels().stream().anyMatch(level -> level > 0);
    if (prunes && ChannelPruner.groups(graph, options).isEmpty()) {
      terminal.warn(
          "no channel of %s can go (inspect says why): all levels give the same network",
          graph.name());
    }
    if (!prunes || options.importance() != Importance.BATCH_NORM) {
      return; // whatever else there is to say stands in the variants' entries
    }
    for (PruningGroup group : ChannelPruner.leftWhole(graph, options)) {
      terminal.warn(
          "the channels of %s pass no batch norm; by importance %s they cannot be ranked, and all"
              + " stay",
          String.join(", ", group.layers()), options.importance().label());
    }
  }

  /** Returns the layers that a name or pattern stands for. */
  private static List<String> matches(String pattern, Graph graph) {
    List<String> layers =
        graph.nodes().stream()
            .filter(node -> !node.op().stored().isEmpty())
            .map(Node::name)
            .toList();
    Pattern regex = regex(pattern);
    List<String> matches = layers.stream().filter(layer -> regex.matcher(layer).matches()).toList();
    if (matches.isEmpty()) {
      throw new IllegalArgumentException(
          "%s (%s): %s has no layer '%s'; %s"
              .formatted(
                  SettingKey.EXCLUDE.yamlName(),
                  SettingKey.EXCLUDE.flag(),
                  graph.name(),
                  pattern,
                  hint(pattern, layers)));
    }
    return matches;
  }

  private static Pattern regex(String pattern) {
    return Pattern.compile(
        pattern
            .chars()
            .mapToObj(
                c ->
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      case '.', '_' -> "[._]"; // archives of our own have _ where modules have dots
                      default -> Pattern.quote(Character.toString(c));
                    })
            .collect(Collectors.joining()));
  }

  private static String hint(String pattern, List<String> layers) {
    Set<String> known = new LinkedHashSet<>(layers);
    for (String layer : layers) {
      for (int dot = layer.indexOf('.'); dot >= 0; dot = layer.indexOf('.', dot + 1)) {
        known.add(layer.substring(0, dot) + ".*");
      }
    }
    List<String> near = NearestName.several(pattern, known, HINTS);
    return near.isEmpty()
        ? "its layers: " + shortened(layers)
        : "did you mean '%s'?".formatted(String.join("' or '", near));
  }

  private static String shortened(List<String> layers) {
    String first = layers.stream().limit(10).collect(Collectors.joining(", "));
    return layers.size() > 10 ? "%s, ... (%d in all)".formatted(first, layers.size()) : first;
  }
}
