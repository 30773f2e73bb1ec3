package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Code as PyTorch writes it computes on the engine what the graph that is read from it computes
 * there. The graph holds every operator of these; none is kept opaque.
 */
class OperatorReadingTest {
  @TempDir Path folder;

  /** Parameters of a module; code calls them by these names. */
  private static final List<Shape> PARAMETERS =
      List.of(
          Shape.of(4),
          Shape.of(4, 4),
          Shape.of(4, 4, 3),
          Shape.of(4, 4, 3, 3),
          Shape.of(4, 1, 3, 3),
          Shape.of(6),
          Shape.of(12, 4),
          Shape.of(12),
          Shape.of(1, 5, 4),
          Shape.of(4, 2, 3, 3),
          Shape.of(1, 1, 4));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch._convolution(x, self.p3, self.p0, [2, 1], [1, 1], [1, 2], False, [0, 0], 1, False, False, True, True)",
        "torch._convolution(x, self.p4, None, [1, 1], [1, 1], [1, 1], False, [0, 0], 4, False, False, True)",
        "torch._convolution(x, self.p3, self.p0, [2, 2], [1, 1], [1, 1], True, [1, 1], 1, False, False, True, True)",
        "torch.conv_transpose2d(x, self.p9, self.p0, [2, 1], [1, 0], [1, 0], 2, [1, 2])",
        "torch.conv2d(x, self.p3, self.p0, [1, 1], \"same\", [1, 1], 1)",
        "torch._convolution_mode(x, self.p3, None, [1, 1], \"valid\", [1, 1], 1)",
        "torch.batch_norm(x, None, None, self.p0, self.q0, False, 0.1, 1e-05, True)",
        "torch.instance_norm(x, self.p0, self.p0, None, None, True, 0.1, 1e-05, True)",
        "torch.instance_norm(x, None, None, None, None, True, 0.1, 1e-03, True)",
        "torch.group_norm(x, 2, self.p0, self.p0, 1e-05, True)",
        "torch.layer_norm(x, [5, 6], None, None, 1e-03, True)",
        "torch.layer_norm(x, [6], self.p5, self.p5, 1e-05, True)",
        "torch.prelu(x, self.p0)",
        "torch.elu(x, 0.7)",
        "torch.selu(x)",
        "torch.celu(x, 1.3)",
        "torch.softplus(x, 1, 20)",
        "torch.mish(x)",
        "torch.glu(x, 1)",
        "torch.log_softmax(x, -1, None)",
        "torch.clamp(x, -0.5, None)",
        "torch.clamp_min(x, 0.1)",
        "torch.sub(x, 1.5, alpha=2)",
        "torch.rsub(x, 1, 1)",
        "torch.sub(torch.relu(x), x, alpha=3)",
        "torch.add(x, torch.relu(x), alpha=0.5)",
        "torch.mul(torch.div(x, 4), 2)",
        "torch.div(x, torch.add(torch.abs(x), 1))",
        "torch.pow(x, 2)",
        "torch.max(x, torch.neg(x))",
        "torch.minimum(x, torch.mul(x, x))",
        "torch.matmul(x, torch.transpose(x, 2, 3))",
        "torch.unsqueeze(torch.squeeze(torch.mean(x, [-1], True), -1), 1)",
        "torch.squeeze(torch.sum(x, [1], True, dtype=None), 1)",
        "torch.amax(x, [2, 3], False)",
        "torch.amin(x, [-1], True)",
        "torch.to(torch.argmax(x, 1, False), 6, False, False, None)",
        "torch.select(x, 2, -1)",
        "torch.slice(torch.slice(x, 0, 0, 9223372036854775807, 1), 3, 1, -1, 2)",
        "torch.cat(torch.unbind(x, 1), 2)",
        "torch.stack(torch.chunk(x, 3, 3), -1)",
        "torch.cat(torch.split(x, 3, 1), 1)",
        "torch.roll(x, [1, -2], [2, 3])",
        "torch.expand(torch.mean(x, [1], True), [-1, 4, -1, -1])",
        "torch.expand_as(torch.mean(x, [2, 3], True), x)",
        "torch.upsample_nearest2d(x, None, [2., 2.])",
        "torch.upsample_nearest2d(x, [7, 9], None)",
        "torch.upsample_bilinear2d(x, [10, 3], False, None)",
        "torch.upsample_bilinear2d(x, [10, 12], True, None)",
        "torch.adaptive_avg_pool2d(x, [2, 1])",
        "torch.max_pool2d(x, [2, 2], [2, 2], [0, 0], [1, 1], True)",
        "torch.reshape(torch.transpose(torch.view(x, [torch.size(x, 0), 2, 2, 5, 6]), 1, 2), [-1, 4, 5, 6])",
        "torch.mul(x, torch.view(self.p0, [4, 1, 1]))",
        "torch.flatten(torch.permute(x, [0, 2, 3, 1]), 1, 2)",
        "torch.dropout(torch.feature_dropout(x, 0.5, False), 0., True)",
        "torch.constant_pad_nd(x, [1, 0, 2, 3], 0.25)",
        "torch.channel_shuffle(x, 2)",
        "torch.view_as(torch.flatten(x, 1), torch.relu(x))",
        "torch.unflatten(x, -1, [2, -1])",
      })
  void images(String expression) throws IOException {
    assertSame(expression, Shape.of(4, 5, 6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch.conv1d(torch.transpose(x, 1, 2), self.p2, self.p0, [2], [1], [1], 1)",
        "torch._convolution(torch.transpose(x, 1, 2), self.p2, None, [2], [0], [1], True, [1], 1, False, False, True)",
        "torch.max_pool1d(x, [2], [2], [0], [1], False)",
        "torch.avg_pool1d(x, [3], [1], [1], False, True)",
        "torch.adaptive_avg_pool1d(x, [2])",
        "torch.add(x, self.p8)",
        "torch.matmul(x, self.p1)",
        "torch.bmm(x, torch.transpose(x, 1, 2))",
        "torch.addmm(self.p0, torch.select(x, 1, 0), torch.t(self.p1))",
        "torch.embedding(self.p1, torch.to(torch.clamp(torch.abs(x), 0, 3), 4, False, False, None))",
        "torch.index(self.p1, annotate(List[Optional[Tensor]], [torch.to(torch.clamp(x, 0, 3), 4)]))",
        "torch.scaled_dot_product_attention(x, torch.relu(x), x, None, 0., False)",
        "torch.scaled_dot_product_attention(x, x, x, None, 0., True, scale=0.3)",
        "(torch._native_multi_head_attention(x, x, x, 4, 2, self.p6, self.p7, self.p1, self.p0, None, False, True, None))[0]",
        "(torch._native_multi_head_attention(x, x, x, 4, 2, self.p6, self.p7, self.p1, self.p0, None, True, True, None))[1]",
        "torch._transformer_encoder_layer_fwd(x, 4, 2, self.p6, self.p7, self.p1, self.p0, True, False, 1e-05, self.p0, self.p0, self.p0, self.p0, self.p6, self.p7, self.p10v, self.p0, None, None)",
        "torch._transformer_encoder_layer_fwd(x, 4, 2, self.p6, self.p7, self.p1, self.p0, False, True, 1e-05, self.p0, self.p0, self.p0, self.p0, self.p6, self.p7, self.p10v, self.p0, None, None)",
        "torch.cat([torch.expand(self.p10, [torch.size(x, 0), -1, -1]), x], 1)",
        "torch.linear(torch.contiguous(torch.transpose(x, 0, 1)), self.p1, self.p0)",
        "torch.transpose(torch.reshape(torch.transpose(x, 0, 1), [5, torch.mul(torch.size(x, 0), 2), 2]), 0, 1)",
      })
  void sequences(String expression) throws IOException {
    assertSame(expression, Shape.of(5, 4));
  }

  /** As PyTorch 2 traces it where gradients are recorded, the sequence being the first axis. */
  @Test
  void attentionInPlainOperators() throws IOException {
    String code =
        """
            query = torch.transpose(x, 0, 1)
            tgt_len = ops.prim.NumToTensor(torch.size(query, 0))
            bsz = ops.prim.NumToTensor(torch.size(query, 1))
            proj = torch.linear(query, self.p6, self.p7)
            _0 = torch.unsqueeze(torch.unflatten(proj, -1, [3, 4]), 0)
            _1 = torch.contiguous(torch.squeeze(torch.transpose(_0, 0, -2), -2))
            _2 = [int(tgt_len), int(torch.mul(bsz, 2)), 2]
            q = torch.transpose(torch.view(torch.select(_1, 0, 0), _2), 0, 1)
            k = torch.transpose(torch.view(torch.select(_1, 0, 1), _2), 0, 1)
            v = torch.transpose(torch.view(torch.select(_1, 0, 2), _2), 0, 1)
            _3 = [int(bsz), 2, int(tgt_len), 2]
            _4 = torch.view(k, _3)
            _5 = torch.view(v, _3)
            attn = torch.scaled_dot_product_attention(torch.view(q, _3), _4, _5, None, 0., False)
            _6 = torch.contiguous(torch.permute(attn, [2, 0, 1, 3]))
            _7 = torch.view(_6, [int(torch.mul(bsz, tgt_len)), 4])
            out = torch.linear(_7, self.p1, self.p0)
            _8 = torch.view(out, [int(tgt_len), int(bsz), torch.size(out, 1)])
            return torch.transpose(_8, 0, 1)
        """;
    assertSameCode(code, Shape.of(5, 4));
  }

  private void assertSame(String expression, Shape sample) throws IOException {
    assertSameCode("    return " + expression + "\n", sample);
  }

  private void assertSameCode(String code, Shape sample) throws IOException {
    Path original = folder.resolve("original.pt");
    write(original, code);
    Graph graph = TorchScriptReader.read(original, sample);
    Path rewritten = folder.resolve("rewritten.pt");
    TorchScriptWriter.write(graph, rewritten);
    Random random = new Random(3);
    for (int batch : new int[] {1, 3}) {
      float[] input = new float[(int) sample.elements() * batch];
      for (int i = 0; i < input.length; i++) {
        input[i] = 3 * random.nextFloat() - 1.5f;
      }
      Tensor expected = output(original, input, sample.batched(batch));
      Tensor found = output(rewritten, input, sample.batched(batch));
      assertEquals(expected.shape(), found.shape(), code);
      assertEquals(expected.shape(), graph.types(batch).get(graph.outputs().get(0)).shape(), code);
      assertArrayEquals(expected.toFloats(), found.toFloats(), 1e-5f, code);
    }
  }

  private static Tensor output(Path archive, float[] input, Shape shape) throws IOException {
    try (InferenceSession session = InferenceSession.open(archive)) {
      return session.outputs(input, shape).get(0);
    }
  }

  /** Writes an archive of one module, as PyTorch would, with {@link #PARAMETERS}. */
  private static void write(Path file, String forward) throws IOException {
    List<String> names = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    Random random = new Random(11);
    for (int i = 0; i < PARAMETERS.size(); i++) {
      names.add("p" + i);
      tensors.add(tensor(PARAMETERS.get(i), random, -0.5f));
    }
    names.add("q0"); // variances
    tensors.add(tensor(Shape.of(4), random, 0.5f));
    names.add("p10v");
    tensors.add(tensor(Shape.of(4, 12), random, -0.5f));
    Pickler pickle = new Pickler();
    pickle.global("__torch__", "Module");
    pickle.emptyTuple();
    pickle.newObject();
    pickle.emptyDict();
    pickle.mark();
    StringBuilder code = new StringBuilder("class Module(Module):\n  __parameters__ = []\n");
    code.append("  __buffers__ = []\n");
    for (int i = 0; i < names.size(); i++) {
      pickle.text(names.get(i));
      pickle.tensor(tensors.get(i), String.valueOf(i));
      code.append("  %s : Tensor\n".formatted(names.get(i)));
    }
    pickle.text("training");
    pickle.bool(false);
    pickle.setItems();
    pickle.build();
    code.append(
        "  training : bool\n  def forward(self: __torch__.Module,\n    x: Tensor) -> Tensor:\n");
    code.append(forward);
    Pickler constants = new Pickler();
    constants.emptyTuple();
    try (ArchiveOutput out = new ArchiveOutput(file, "module")) {
      out.add("data.pkl", ByteBuffer.wrap(pickle.finish()));
      out.add("code/__torch__.py", utf8(code.toString()));
      out.add("constants.pkl", ByteBuffer.wrap(constants.finish()));
      out.add("version", utf8("3\n"));
      for (int i = 0; i < tensors.size(); i++) {
        out.add("data/" + i, tensors.get(i).buffer());
      }
    }
  }

  private static Tensor tensor(Shape shape, Random random, float low) {
    float[] values = new float[(int) shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = low + random.nextFloat();
    }
    return Tensor.ofFloats(shape, values);
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
