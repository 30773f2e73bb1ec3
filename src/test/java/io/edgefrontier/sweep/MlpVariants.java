package io.edgefrontier.sweep;

import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Sha256;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Variants of a small network, some of which cannot be measured. */
final class MlpVariants {
  private static final Shape SAMPLE = Shape.of(1, 8, 8);

  private MlpVariants() {}

  /**
   * Fills a folder. fp32 works at levels 0 and 0.5. At 0.5, bf16 differs from its checksum and fp16
   * could not be made; at 0.75, fp32 is no archive.
   */
  static void make(Path variants) throws IOException {
    Files.createDirectories(variants);
    Path archive = variants.resolve("net.pt");
    TorchScriptWriter.write(BuiltInNetworks.create("mlp", SAMPLE, 10, 1), archive);
    String sha256 = Sha256.of(archive);
    Path noArchive = Files.writeString(variants.resolve("no.pt"), "no archive");
    ManifestTable.TABLE.write(
        variants.resolve("variants.csv"),
        List.of(
            made(0.0, Precision.FP32, "net.pt", sha256),
            made(0.5, Precision.FP32, "net.pt", sha256),
            made(0.5, Precision.BF16, "net.pt", "0".repeat(64)),
            made(0.75, Precision.FP32, "no.pt", Sha256.of(noArchive)),
            ManifestEntry.failed(new Variant("mlp", 0.5, Precision.FP16), "no fp16 kernels")));
  }

  private static ManifestEntry made(double level, Precision precision, String file, String sha256) {
    return ManifestEntry.made(
        new Variant("mlp", level, precision),
        new Archive(file, sha256, 1, SAMPLE.dims(), 1, 1, 1, 1));
  }
}
