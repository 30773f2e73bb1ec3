package io.edgefrontier.prepare;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.edgefrontier.engine.EngineFacts;
import io.edgefrontier.torchscript.TorchScriptWriter;
import java.util.Map;

/** What an archive says of its own lowering, in the extra file {@value #FILE}. */
final class LoweringRecord {
  private static final String FILE = "lowering.json";

  private LoweringRecord() {}

  /** Returns the extra files of an archive: the request, the engine, each layer's operators. */
  static Map<String, String> of(LoweringRequest request, LoweredVariant variant) {
    JsonObject layers = new JsonObject();
    TorchScriptWriter.operators(variant.graph())
        .forEach((node, operators) -> layers.addProperty(node, String.join(" + ", operators)));
    JsonObject json = new JsonObject();
    json.addProperty("lowering", variant.lowering().label());
    json.addProperty("batch_size", request.batch());
    json.addProperty("threads", request.threads());
    json.addProperty("libtorch", EngineFacts.read().libtorchVersion());
    json.add("operators", layers);
    return Map.of(FILE, new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n");
  }
}
