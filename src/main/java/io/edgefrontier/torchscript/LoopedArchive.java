package io.edgefrontier.torchscript;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes of an archive one whose call runs the same network several times within the engine.
 *
 * <p>Only the text of the class changes: its {@code forward} becomes {@code _once}, and a new
 * {@code forward} calls that in a loop. Weights, packing and every expression stay the same bytes,
 * so the time of a round is that of a call without what stands around the engine's work.
 *
 * <p>Three things keep the engine from doing less than all rounds. The loop is a {@code while}
 * loop: the engine's compiler unrolls {@code for} loops alone, and unrolled copies of one
 * expression with the same input would be merged into one, or all but the last be removed. No call
 * stands outside of the loop that one inside could be merged with. And the result of a round is
 * carried to the next, so that it is used as far as the compiler can tell. A round costs two
 * operations on integers that a call does not have.
 */
public final class LoopedArchive {
  private static final String CODE = "code/" + NetClass.MODULE + ".py";

  private static final Pattern FORWARD =
      Pattern.compile(
          "  def forward\\(self: (?<type>[\\w.]+),\\s+(?<input>\\w+): Tensor\\) -> (?<result>[^:\\n]+):\\n");

  private static final String LOOP =
      """
        def forward(self: %s,
          input: Tensor) -> %s:
          output = %s
          rounds = 0
          while torch.lt(rounds, %d):
            output = (self)._once(input, )
            rounds = torch.add(rounds, 1)
          return output
      """;

  private LoopedArchive() {}

  /**
   * Writes the looped archive.
   *
   * @param archive that {@link TorchScriptWriter} wrote
   * @param rounds of one call; at least 1
   * @throws IOException if {@code archive} is damaged or was written by another program, or {@code
   *     target} cannot be written
   */
  public static void write(Path archive, int rounds, Path target) throws IOException {
    if (rounds < 1) {
      throw new IllegalArgumentException("a loop needs at least 1 round, got " + rounds);
    }
    try (ArchiveInput in = ArchiveInput.open(archive);
        ArchiveOutput out = new ArchiveOutput(target, in.folder())) {
      String code = looped(in, rounds);
      for (String name : in.names()) {
        byte[] bytes =
            name.equals(CODE)
                ? code.getBytes(StandardCharsets.UTF_8)
                : in.bytes(name, in.contentBytes());
        out.add(name, ByteBuffer.wrap(bytes));
      }
    }
  }

  private static String looped(ArchiveInput in, int rounds) throws IOException {
    String code = in.has(CODE) ? in.text(CODE) : "";
    Matcher forward = FORWARD.matcher(code);
    if (!forward.find() || !forward.group("type").equals(NetClass.QUALIFIED)) {
      throw in.error(
          CODE, "has no forward of one Tensor in class Net; only archives of this program loop");
    }
    String once = forward.group().replaceFirst("forward", "_once");
    String result = forward.group("result");
    // Any value of the type will do: the first round replaces it.
    String first = result.replaceAll("Tuple\\[|\\]", "").replace("Tensor", "input");
    first = result.startsWith("Tuple") ? "(" + first + ")" : first;
    return code.substring(0, forward.start())
        + once
        + code.substring(forward.end())
        + LOOP.formatted(forward.group("type"), result, first, rounds).indent(0);
  }
}
