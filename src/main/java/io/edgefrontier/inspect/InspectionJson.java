package io.edgefrontier.inspect;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.lower.Int8Decision;
import io.edgefrontier.prune.PruningScope;
import io.edgefrontier.prune.PruningScope.FrozenLayer;
import io.edgefrontier.prune.PruningScope.Group;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An inspection for programs. Keys keep their order; what is absent is null; shapes have batch 1.
 */
public final class InspectionJson {
  /** Grows when a key changes its meaning or goes away. */
  private static final int FORMAT_VERSION = 1;

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  private InspectionJson() {}

  /** Returns the document in ASCII, without a line end at its end. */
  public static String text(Inspection inspection) {
    JsonObject document = new JsonObject();
    document.addProperty("format_version", FORMAT_VERSION);
    document.addProperty("name", inspection.name());
    document.add("input_shape", numbers(inspection.graph().sampleShape().batched(1).dims()));
    document.add("outputs", outputs(inspection.graph()));
    document.add("totals", totals(inspection));
    JsonArray operators = new JsonArray();
    inspection.operators().forEach(operator -> operators.add(operator(operator)));
    document.add("operators", operators);
    document.add("pruning", pruning(inspection));
    JsonArray precisions = new JsonArray();
    inspection.precisions().forEach(outlook -> precisions.add(precision(outlook)));
    document.add("precisions", precisions);
    return ascii(GSON.toJson(document));
  }

  private static JsonArray outputs(Graph graph) {
    Map<String, TensorType> types = graph.types(1);
    JsonArray outputs = new JsonArray();
    for (String name : graph.outputs()) {
      JsonObject output = new JsonObject();
      output.addProperty("name", name);
      output.add("shape", numbers(types.get(name).shape().dims()));
      output.addProperty("dtype", lower(types.get(name).dtype()));
      outputs.add(output);
    }
    return outputs;
  }

  private static JsonObject totals(Inspection inspection) {
    JsonObject totals = new JsonObject();
    totals.addProperty("operators", inspection.operators().size());
    JsonObject kinds = new JsonObject();
    inspection.kinds().forEach(kinds::addProperty);
    totals.add("operators_by_kind", kinds);
    totals.addProperty("parameters", inspection.graph().parameters());
    totals.addProperty("stored_bytes", inspection.graph().storedBytes());
    JsonObject stored = new JsonObject();
    inspection.storedBytes().forEach((dtype, bytes) -> stored.addProperty(lower(dtype), bytes));
    totals.add("stored_bytes_by_dtype", stored);
    totals.addProperty(
        "macs", inspection.graph().countsAllMacs() ? inspection.graph().macs() : null);
    totals.addProperty("peak_activation_bytes", inspection.peak().bytes());
    totals.addProperty("peak_activation_operator", inspection.peak().node());
    return totals;
  }

  private static JsonObject operator(OperatorFacts facts) {
    JsonObject operator = new JsonObject();
    operator.addProperty("name", facts.name());
    operator.addProperty("kind", facts.kind());
    operator.addProperty("arguments", facts.arguments());
    operator.add("inputs", texts(facts.inputs()));
    operator.add("output_shape", numbers(facts.result().shape().dims()));
    operator.addProperty("output_dtype", lower(facts.result().dtype()));
    operator.addProperty("parameters", facts.parameters());
    operator.addProperty("macs", facts.macs());
    operator.add("pruning_groups", numbers(facts.groups()));
    operator.add(
        "int8", facts.int8().<JsonElement>map(InspectionJson::int8).orElse(JsonNull.INSTANCE));
    return operator;
  }

  private static JsonObject int8(Int8Decision decision) {
    JsonObject int8 = new JsonObject();
    int8.addProperty("placement", lower(decision.placement()));
    int8.add(
        "detail",
        decision.detail().isEmpty() ? JsonNull.INSTANCE : new JsonPrimitive(decision.detail()));
    return int8;
  }

  private static JsonObject pruning(Inspection inspection) {
    JsonObject pruning = new JsonObject();
    pruning.addProperty("possible", inspection.pruning().isPresent());
    pruning.addProperty("problem", inspection.pruningProblem().orElse(null));
    JsonArray groups = new JsonArray();
    JsonArray frozen = new JsonArray();
    inspection
        .pruning()
        .ifPresent(
            scope -> {
              addGroups(scope, groups);
              scope.frozen().forEach(layer -> frozen.add(frozen(layer)));
            });
    pruning.add("groups", groups);
    pruning.add("frozen", frozen);
    return pruning;
  }

  private static void addGroups(PruningScope scope, JsonArray groups) {
    for (Group group : scope.groups()) {
      JsonObject object = new JsonObject();
      object.addProperty("id", groups.size() + 1);
      object.addProperty("channels", group.group().channels());
      object.add("made_by", texts(group.group().layers()));
      object.add("also_cut", texts(group.consumers()));
      groups.add(object);
    }
  }

  private static JsonObject frozen(FrozenLayer layer) {
    JsonObject object = new JsonObject();
    object.addProperty("layer", layer.layer());
    object.addProperty("channels", layer.channels());
    object.addProperty("frozen_channels", layer.frozen());
    object.add("reasons", texts(layer.reasons()));
    return object;
  }

  private static JsonObject precision(PrecisionOutlook outlook) {
    boolean possible = outlook.problem().isEmpty();
    JsonObject object = new JsonObject();
    object.addProperty("precision", outlook.precision().label());
    object.addProperty("possible", possible);
    object.addProperty("problem", outlook.problem().orElse(null));
    object.add(
        "stored_bytes", possible ? new JsonPrimitive(outlook.storedBytes()) : JsonNull.INSTANCE);
    JsonArray floats = new JsonArray();
    outlook
        .floatOperators()
        .forEach(
            (reason, names) -> {
              JsonObject stay = new JsonObject();
              stay.addProperty("reason", reason);
              stay.add("operators", texts(names));
              floats.add(stay);
            });
    object.add("float32_operators", floats);
    return object;
  }

  private static JsonArray numbers(List<Integer> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    return array;
  }

  private static JsonArray texts(List<String> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    return array;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Escapes what a terminal's charset may not have; only texts can hold it. */
  private static String ascii(String json) {
    StringBuilder ascii = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c < 127) {
        ascii.append(c);
      } else {
        ascii.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return ascii.toString();
  }
}
