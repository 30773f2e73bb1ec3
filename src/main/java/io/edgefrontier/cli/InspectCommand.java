package io.edgefrontier.cli;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.inspect.Inspection;
import io.edgefrontier.inspect.InspectionJson;
import io.edgefrontier.inspect.InspectionText;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.prepare.EngineProbe;
import io.edgefrontier.torchscript.TorchScriptReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what a network consists of and what can be made of it. */
@Command(
    name = "inspect",
    description = {
      "Look into a network without running it: operators, shapes, parameters, multiply-accumulates,"
          + " peak activation memory, pruning groups and the channels that stay, and what can be"
          + " lowered to which precision and what cannot.",
      "Exits with 2 where the archive cannot be read; the message says what is in the way."
    },
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar inspect resnet8",
      "  java -jar benchmarks.jar inspect ds-cnn --input-shape 3,32,32",
      "  java -jar benchmarks.jar inspect net.pt --input-shape 3,224,224",
      "  java -jar benchmarks.jar inspect net.pt --input-shape 3,224,224 --json > net.json"
    })
final class InspectCommand implements Callable<Integer> {
  private static final Shape DIGITS = Shape.of(1, 28, 28);
  private static final int CLASSES = 10;

  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "NETWORK",
      description =
          "A TorchScript archive (*.pt), or a built-in network (with 10 outputs and untrained).")
  private String network;

  @Option(
      names = "--input-shape",
      paramLabel = "C,H,W",
      description =
          "Shape of one sample, without the batch. An archive needs it; for built-in networks the"
              + " default is 1,28,28.")
  private String inputShape;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Inspection inspection = Inspection.of(network, graph());
    Terminal terminal =
        new Terminal(command.commandLine().getOut(), command.commandLine().getErr());
    if (json) {
      terminal.result(InspectionJson.text(inspection));
    } else {
      InspectionText.lines(inspection).forEach(terminal::result);
    }
    return ExitCode.DONE;
  }

  private Graph graph() throws IOException {
    Optional<Shape> shape = Optional.ofNullable(inputShape).map(InspectCommand::shape);
    if (!network.toLowerCase(Locale.ROOT).endsWith(".pt")) {
      if (BuiltInNetworks.names().stream().noneMatch(network::equalsIgnoreCase)) {
        throw new IllegalArgumentException(
            "unknown network '%s'; available: %s, or the path of a TorchScript archive (*.pt)"
                .formatted(network, String.join(", ", BuiltInNetworks.names())));
      }
      return BuiltInNetworks.create(network, shape.orElse(DIGITS), CLASSES, 0);
    }
    return TorchScriptReader.read(
        Path.of(network),
        shape.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--input-shape: missing, and an archive does not tell it; give the shape of one"
                        + " sample, such as --input-shape 3,224,224")),
        new EngineProbe());
  }

  private static Shape shape(String text) {
    try {
      return Shape.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--input-shape: expected dimensions >= 1 such as 3,224,224, found '" + text + "'", e);
    }
  }
}
