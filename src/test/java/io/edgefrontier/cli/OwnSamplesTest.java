package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.result.AccuracyRow;
import io.edgefrontier.torchscript.TorchScriptWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks and samples that a user brings along, up to accuracy. */
class OwnSamplesTest {
  @TempDir private Path folder;
  private Path net;
  private Path run;

  @BeforeEach
  void make() throws IOException {
    net = folder.resolve("net.pt");
    run = folder.resolve("run");
    TorchScriptWriter.write(BuiltInNetworks.create("mlp", Shape.of(3, 8, 8), 2, 1), net);
  }

  @Test
  void imagesServeCalibrationAndAccuracy() throws IOException {
    Path images = images("all", 20);
    Execution prepare = prepare("--dataset=images:" + images, "--image-mean=0.4,0.5,0.6");
    assertEquals(0, prepare.exitCode(), prepare.err());
    Execution accuracy = Execution.of("accuracy", "--run=" + run);
    assertEquals(0, accuracy.exitCode(), accuracy.err());
    List<AccuracyRow> rows = AccuracyRow.TABLE.read(run.resolve("accuracy.csv"));
    assertEquals(2, rows.size());
    rows.forEach(row -> assertEquals(8, row.samples(), "a fifth of 2 x 20"));
    Execution other =
        Execution.of("--run=" + run, "--image-mean=0.5,0.5,0.5", "--benchmark-repeats=1");
    assertEquals(2, other.exitCode());
    assertTrue(
        other.err().contains("image_mean was 0.4,0.5,0.6, is 0.5,0.5,0.5"), "it is another run");
  }

  @Test
  void anUnreadableImageEndsTheStageThatMeetsItByName() throws IOException {
    images("train", 5);
    Path val = images("val", 5);
    Files.writeString(val.resolve("dark/03.png"), "no image");
    Execution compared = prepare("--dataset=images:" + folder);
    assertEquals(2, compared.exitCode(), "variants are compared on them");
    String reason = val.resolve("dark/03.png") + ": neither PNG nor JPEG";
    assertTrue(compared.err().contains(reason), compared.err());
    assertFalse(Files.exists(run.resolve("variants.csv")));
    images("val", 5);
    Path train = folder.resolve("train");
    for (int i = 0; i < 5; i++) {
      Files.writeString(train.resolve("light/0%d.png".formatted(i)), "no image");
    }
    run = folder.resolve("other");
    Execution prepare = prepare("--dataset=images:" + folder);
    assertEquals(2, prepare.exitCode(), "int8 is calibrated on them");
    assertTrue(prepare.err().contains(".png: neither PNG nor JPEG"), prepare.err());
  }

  @Test
  void labelsThatTheNetworkDoesNotKnowAreRefusedBeforeAnyWork() throws IOException {
    Path csv = folder.resolve("data.csv");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      lines.add("0.5,".repeat(192) + i % 3);
    }
    Files.write(csv, lines);
    Execution prepare = prepare("--dataset=csv:" + csv);
    assertEquals(2, prepare.exitCode());
    assertTrue(
        prepare
            .err()
            .contains(
                "dataset 'csv:%s' has at least 3 classes, the network's output has shape 1x2"
                    .formatted(csv)),
        prepare.err());
    assertFalse(Files.exists(run.resolve("base.pt")));
    lines.replaceAll(line -> line.replaceAll("2$", "0"));
    Files.write(csv, lines);
    assertEquals(0, prepare("--dataset=csv:" + csv).exitCode());
    assertEquals(0, Execution.of("accuracy", "--run=" + run).exitCode());
  }

  private Execution prepare(String... flags) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "prepare",
                "--run=" + run,
                "--model=" + net,
                "--input-shape=3,8,8",
                "--pruning-levels=0",
                "--precisions=fp32,int8"));
    words.addAll(List.of(flags));
    return Execution.of(words.toArray(String[]::new));
  }

  /** Writes as many dark and light images to a folder, and returns it. */
  private Path images(String part, int count) throws IOException {
    for (String name : List.of("dark", "light")) {
      Path images = Files.createDirectories(folder.resolve(part).resolve(name));
      for (int i = 0; i < count; i++) {
        BufferedImage image = new BufferedImage(10, 9, BufferedImage.TYPE_INT_RGB);
        image.setRGB(i % 10, i % 9, 0x102030);
        image.setRGB(5, 5, name.equals("dark") ? 0x203040 : 0xf0e0d0);
        ImageIO.write(image, "png", images.resolve("%02d.png".formatted(i)).toFile());
      }
    }
    return folder.resolve(part);
  }
}
