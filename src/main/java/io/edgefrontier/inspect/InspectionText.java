package io.edgefrontier.inspect;

import io.edgefrontier.graph.DType;
import io.edgefrontier.lower.Int8Decision;
import io.edgefrontier.prune.PruningScope;
import io.edgefrontier.prune.PruningScope.FrozenLayer;
import io.edgefrontier.prune.PruningScope.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An inspection for people: plain ASCII, whatever the network's names hold. */
public final class InspectionText {
  private static final int MOST_NAMES = 6;

  private final Inspection inspection;
  private final List<String> lines = new ArrayList<>();

  private InspectionText(Inspection inspection) {
    this.inspection = inspection;
  }

  /** Returns the lines, without line ends. */
  public static List<String> lines(Inspection inspection) {
    InspectionText text = new InspectionText(inspection);
    text.addSummary();
    text.addOperators();
    text.addPruning();
    text.addPrecisions();
    return text.lines.stream().map(InspectionText::ascii).toList();
  }

  private void addSummary() {
    lines.add(inspection.name());
    String outputs =
        inspection.graph().outputs().stream()
            .map(output -> output + " " + shape(output))
            .collect(Collectors.joining(", "));
    TextColumns facts = new TextColumns("ll");
    facts.row("input", "Nx" + inspection.graph().sampleShape());
    facts.row("output", outputs);
    facts.row("parameters", number(inspection.graph().parameters()));
    facts.row("stored", stored(inspection.storedBytes()));
    facts.row(
        "MACs",
        number(inspection.graph().macs())
            + " at batch size 1"
            + (inspection.graph().countsAllMacs() ? "" : ", without opaque products"));
    facts.row(
        "peak activation",
        "%s at batch size 1, at %s"
            .formatted(size(inspection.peak().bytes()), inspection.peak().node()));
    facts.row("operators", inspection.operators().size() + ": " + kinds());
    lines.addAll(facts.lines());
  }

  private String shape(String value) {
    return inspection.operators().stream()
        .filter(operator -> operator.name().equals(value))
        .findFirst()
        .map(OperatorFacts::shape)
        .orElse("Nx" + inspection.graph().sampleShape());
  }

  private static String stored(Map<DType, Long> bytes) {
    return bytes.isEmpty()
        ? "nothing"
        : bytes.entrySet().stream()
            .map(entry -> size(entry.getValue()) + " " + lower(entry.getKey()))
            .collect(Collectors.joining(", "));
  }

  private String kinds() {
    return inspection.kinds().entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private void addOperators() {
    lines.add("");
    lines.add("Operators, in order (N: batch size; group: of its channels, for pruning)");
    TextColumns table = new TextColumns("lllrrll");
    table.row("name", "operator", "output", "parameters", "MACs", "group", "int8");
    for (OperatorFacts operator : inspection.operators()) {
      table.row(
          operator.name(),
          (operator.kind() + " " + operator.arguments()).strip(),
          operator.shape(),
          operator.parameters() == 0 ? "" : number(operator.parameters()),
          operator.macs() == 0 ? "" : number(operator.macs()),
          operator.groups().stream().map(String::valueOf).collect(Collectors.joining(",")),
          operator.int8().map(InspectionText::text).orElse("-"));
    }
    lines.addAll(table.lines());
  }

  private static String text(Int8Decision decision) {
    return switch (decision.placement()) {
      case INT8 -> "int8";
      case FLOAT32 -> "float32";
      case MERGED -> decision.detail().isEmpty() ? "dropped" : "in " + decision.detail();
    };
  }

  private void addPruning() {
    lines.add("");
    inspection.pruningProblem().ifPresent(problem -> lines.add("Cannot be pruned: " + problem));
    inspection.pruning().ifPresent(this::addPruning);
  }

  private void addPruning(PruningScope scope) {
    if (scope.groups().isEmpty()) {
      lines.add("Pruning groups: none");
    } else {
      lines.add("Pruning groups (channels that are removed from all of these layers at once)");
      TextColumns groups = new TextColumns("rrll");
      groups.row("id", "channels", "made by", "also cut");
      int id = 1;
      for (Group group : scope.groups()) {
        groups.row(
            String.valueOf(id++),
            String.valueOf(group.group().channels()),
            names(group.group().layers()),
            names(group.consumers()));
      }
      lines.addAll(groups.lines());
    }
    if (!scope.frozen().isEmpty()) {
      lines.add("");
      lines.add("Channels that stay");
      TextColumns frozen = new TextColumns("lrl");
      frozen.row("layer", "channels", "why");
      for (FrozenLayer layer : scope.frozen()) {
        String count =
            layer.frozen() == layer.channels()
                ? String.valueOf(layer.channels())
                : layer.frozen() + " of " + layer.channels();
        frozen.row(layer.layer(), count, String.join("; ", layer.reasons()));
      }
      lines.addAll(frozen.lines());
    }
  }

  private void addPrecisions() {
    lines.add("");
    lines.add("Precisions (stored: parameters and buffers, batch norms folded where they can be)");
    TextColumns table = new TextColumns("lrl");
    table.row("precision", "stored", "");
    for (PrecisionOutlook outlook : inspection.precisions()) {
      String label = outlook.precision().label();
      if (outlook.problem().isPresent()) {
        table.row(label, "-", "no: " + outlook.problem().get());
      } else if (outlook.floatOperators().isEmpty()) {
        table.row(label, size(outlook.storedBytes()), "yes");
      } else {
        table.row(label, size(outlook.storedBytes()), "yes; in float32 stay:");
        outlook
            .floatOperators()
            .forEach((reason, names) -> table.row("", "", names(names) + ": " + reason));
      }
    }
    lines.addAll(table.lines());
  }

  private static String names(List<String> names) {
    return names.size() <= MOST_NAMES
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_NAMES - 1))
            + " and "
            + (names.size() - MOST_NAMES + 1)
            + " more";
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String size(long bytes) {
    double kib = bytes / 1024.0;
    return kib < 1024
        ? String.format(Locale.ROOT, "%.1f KiB", kib)
        : String.format(Locale.ROOT, "%.1f MiB", kib / 1024);
  }

  private static String lower(DType dtype) {
    return dtype.name().toLowerCase(Locale.ROOT);
  }

  /** Makes foreign names safe for any terminal. */
  private static String ascii(String line) {
    return line.replaceAll("[^ -~]", "?");
  }
}
