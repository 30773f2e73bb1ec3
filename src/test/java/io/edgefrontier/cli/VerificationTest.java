package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.torchscript.HandmadeArchive;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Divergence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive that does not do what is read from it, by {@code prepare}. */
class VerificationTest {
  private static final Shape DIGIT = Shape.of(1, 28, 28);
  private static final String CODE = "mlp/code/__torch__.py";

  @TempDir private Path folder;

  @Test
  void anArchiveThatTreatsASingleSampleInAnotherWayIsRefused() throws IOException {
    Path archive = archive(true);
    Path run = folder.resolve("run");
    Execution refused = prepare(archive, run);
    assertEquals(ExitCode.BAD_INPUT, refused.exitCode(), refused.err());
    String error =
        "error: " + archive + ": is not what was read from it: output 1 of a batch of 1 ";
    assertTrue(refused.err().startsWith(error), refused.err());
    assertFalse(Files.exists(run.resolve("base.pt")), "a bad archive is not copied");
    Execution taken = prepare(archive, run, "--no-verify");
    assertEquals(ExitCode.DONE, taken.exitCode(), taken.err());
    assertFalse(taken.err().contains("gives the same outputs"), taken.err());
    assertTrue(Files.readString(run.resolve("config.yaml")).contains("verify: false"));
  }

  @Test
  void variantsAreComparedWithTheArchive() throws IOException {
    Path run = folder.resolve("run");
    Execution taken = prepare(archive(false), run);
    assertEquals(ExitCode.DONE, taken.exitCode(), taken.err());
    assertTrue(
        taken.err().startsWith(folder.resolve("net.pt") + ": gives the same outputs as"),
        taken.err());
    List<Divergence> found =
        ManifestTable.TABLE.read(run.resolve("variants.csv")).stream()
            .map(entry -> entry.divergence())
            .toList();
    assertTrue(found.get(0).logitDiffMax() < 1e-5, found.toString());
    assertEquals(1, found.get(0).argmaxAgreement());
    assertTrue(found.get(1).logitDiffMax() > 1e-3, "half of the network is missing");
    assertEquals("256 samples", found.get(1).source());
    assertTrue(taken.err().contains("fp32: "), taken.err());
    assertTrue(taken.err().contains(", logits differ by at most "), taken.err());
  }

  private static Execution prepare(Path archive, Path run, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "prepare",
                "--model=" + archive,
                "--run=" + run,
                "--pruning-levels=0,0.5",
                "--precisions=fp32"));
    arguments.addAll(List.of(more));
    return Execution.of(arguments.toArray(String[]::new));
  }

  /**
   * @param deviating whether a batch of one gives other answers
   */
  private Path archive(boolean deviating) throws IOException {
    Path file = folder.resolve("net.pt");
    TorchScriptWriter.write(BuiltInNetworks.create("mlp", DIGIT, 10, 1), file);
    HandmadeArchive archive = HandmadeArchive.of(file);
    String code = new String(archive.get(CODE), StandardCharsets.UTF_8);
    String last = code.substring(code.lastIndexOf("return ") + "return ".length()).strip();
    String negated =
        """
            if torch.eq(torch.size(input, 0), 1):
              %1$s = torch.neg(%1$s)
            else:
              pass
        """
            .formatted(last);
    String edited = code.replace("    return " + last, negated + "    return " + last);
    return deviating ? archive.put(CODE, edited).write(file) : file;
  }
}
