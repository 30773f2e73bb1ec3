package io.edgefrontier.torchscript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * An archive as PyTorch's dynamic quantisation leaves it: one linear layer whose weights, qint8
 * with a scale, are the state of a packed parameters object. The pickle is put together instruction
 * by instruction.
 */
public final class QuantizedArchive {
  private static final double SCALE = 0.01;
  private static final String PACKED = "__torch__.torch.classes.quantized";

  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
  private final int inputs;
  private final int outputs;
  private final boolean perChannel;

  private QuantizedArchive(int inputs, int outputs, boolean perChannel) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.perChannel = perChannel;
  }

  /** Writes the archive; {@link #weight} says what its weights stand for. There is no bias. */
  public static Path write(Path file, int inputs, int outputs) throws IOException {
    return new QuantizedArchive(inputs, outputs, false).archive().write(file);
  }

  /** As {@link #write}, with a scale for each output. */
  static HandmadeArchive perChannel(int inputs, int outputs) {
    return new QuantizedArchive(inputs, outputs, true).archive();
  }

  /** Returns the real number that the weight of an output and an input stands for. */
  static double weight(int output, int input) {
    return SCALE * step(output, input);
  }

  private static int step(int output, int input) {
    return (7 * output + 3 * input) % 19 - 9;
  }

  private HandmadeArchive archive() {
    pickle.writeBytes(new byte[] {(byte) 0x80, 2});
    code("c__torch__\nNet\n)\u0081}(");
    text("training");
    code("\u0089");
    text("packed");
    code("c" + PACKED + "\nLinearPackedParamsBase\n)\u0081(");
    quantizedTensor();
    code("Ntbub.");
    HandmadeArchive archive = HandmadeArchive.ofForward("return x");
    archive.put("m/data.pkl", pickle.toByteArray());
    archive.put("m/code/__torch__.py", SOURCE);
    byte[] steps = new byte[outputs * inputs];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = (byte) step(i / inputs, i % inputs);
    }
    archive.put("m/data/0", steps);
    ByteBuffer scales = ByteBuffer.allocate(8 * outputs).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < outputs; i++) {
      scales.putDouble(SCALE);
    }
    archive.put("m/data/1", scales.array());
    archive.put("m/data/2", new byte[8 * outputs]);
    archive.put("m/constants.pkl", "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1));
    return archive;
  }

  private static final String SOURCE =
      """
      class Net(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        packed : __torch__.torch.classes.quantized.LinearPackedParamsBase
        def forward(self: __torch__.Net,
          x: Tensor) -> Tensor:
          packed = self.packed
          return ops.quantized.linear_dynamic(torch.flatten(x, 1), packed, True)
      """;

  private void quantizedTensor() {
    code("ctorch._utils\n_rebuild_qtensor\n(");
    storage("QInt8Storage", "0", outputs * inputs);
    integer(0);
    integers(outputs, inputs);
    integers(inputs, 1);
    code("(");
    if (perChannel) {
      code("ctorch\nper_channel_affine\n");
      perChannelTensor("DoubleStorage", "1");
      perChannelTensor("LongStorage", "2");
    } else {
      code("ctorch\nper_tensor_affine\nG");
      pickle.writeBytes(ByteBuffer.allocate(8).putDouble(SCALE).array());
    }
    integer(0); // the zero point, or the axis
    code("t\u0089ccollections\nOrderedDict\n)RtR");
  }

  private void perChannelTensor(String type, String key) {
    code("ctorch._utils\n_rebuild_tensor_v2\n(");
    storage(type, key, outputs);
    integer(0);
    integers(outputs);
    integers(1);
    code("\u0089ccollections\nOrderedDict\n)RtR");
  }

  private void storage(String type, String key, int count) {
    code("(");
    text("storage");
    code("ctorch\n" + type + "\n");
    text(key);
    text("cpu");
    integer(count);
    code("tQ");
  }

  private void integers(int... values) {
    code("(");
    for (int value : values) {
      integer(value);
    }
    code("t");
  }

  private void integer(int value) {
    code("J");
    pickle.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private void text(String text) {
    code("X");
    pickle.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(text.length()).array());
    code(text);
  }

  private void code(String instructions) {
    pickle.writeBytes(instructions.getBytes(StandardCharsets.ISO_8859_1));
  }
}
