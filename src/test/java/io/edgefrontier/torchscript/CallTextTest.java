package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.torchscript.Value.BatchMultiple;
import io.edgefrontier.torchscript.Value.Bool;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.None;
import io.edgefrontier.torchscript.Value.Real;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Storage;
import io.edgefrontier.torchscript.Value.Stored;
import io.edgefrontier.torchscript.Value.Symbol;
import io.edgefrontier.torchscript.Value.Text;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallTextTest {
  private static final SymbolType SAMPLES = SymbolType.ofSamples(Shape.of(5));
  private static final Symbol INPUT = new Symbol(Graph.INPUT, SAMPLES);
  private static final Symbol HIDDEN = new Symbol("hidden", SAMPLES);

  @Test
  void printsEveryKindOfArgument() {
    CallText call =
        call(
            "torch.f",
            List.of(
                HIDDEN,
                new Int(-3),
                new Real(1e-5),
                new Bool(true),
                None.NONE,
                new Text("ij,jk->ik"),
                Sequence.list(List.of(new Int(2), new Int(1)))));
    assertEquals("torch.f(${0}, -3, 1.0e-5, True, None, \"ij,jk->ik\", [2, 1])", call.text());
    assertEquals(List.of(HIDDEN), call.inputs());
  }

  @Test
  void namesATensorOnceHoweverOftenItIsTaken() {
    Stored weight = stored("0");
    Stored bias = stored("1");
    CallText call =
        call("torch.f", List.of(HIDDEN, Sequence.list(List.of(weight, bias, weight)), HIDDEN));
    assertEquals("torch.f(${0}, [@{0}, @{1}, @{0}], ${0})", call.text());
    assertEquals(List.of(weight, bias), call.tensors());
  }

  @Test
  void takesTheSizeOfTheBatchFromTheNetworksInput() {
    List<Value> sizes = List.of(new Int(2), new BatchMultiple(1), new BatchMultiple(4));
    CallText call =
        CallText.of(
            "torch.zeros", List.of(Sequence.list(sizes)), Map.of("dtype", new Int(6)), INPUT);
    assertEquals(
        "torch.zeros([2, torch.size(${0}, 0), torch.mul(torch.size(${0}, 0), 4)], dtype=6)",
        call.text());
    assertEquals(List.of(INPUT), call.inputs());
  }

  @Test
  void declaresListsThatHaveNoTypeOfTheirOwn() {
    List<Value> gaps = Arrays.asList(None.NONE, HIDDEN);
    assertEquals(
        "torch.index(${0}, annotate(List[Optional[Tensor]], [None, ${0}]))",
        call("torch.index", List.of(HIDDEN, Sequence.list(gaps))).text());
    assertEquals(
        "torch.f(annotate(List[int], []))",
        call("torch.f", List.of(Sequence.list(List.of()))).text());
  }

  @Test
  void fillsGapsWithExpressionsThatMayThemselvesLookLikeGaps() {
    assertEquals(
        "torch.f(${1}, self.w0, ${1})",
        CallText.fill("torch.f(${0}, @{0}, ${0})", i -> "${1}", i -> "self.w" + i));
  }

  @Test
  void refusesTextsThatCouldBeReadAsCode() {
    for (String text : List.of("${0}", "a\"b", "a\\", "@{0}", "\n")) {
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class, () -> call("torch.f", List.of(new Text(text))));
      assertTrue(error.getMessage().contains("cannot be an argument"), error.getMessage());
    }
  }

  @Test
  void refusesArgumentsWithoutEnd() {
    Value many = Sequence.list(Collections.nCopies(15_000, new Int(7)));
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> call("torch.f", List.of(many, many)));
    assertTrue(error.getMessage().contains("over 20000 characters"), error.getMessage());
  }

  private static CallText call(String function, List<Value> arguments) {
    return CallText.of(function, arguments, Map.of(), INPUT);
  }

  private static Stored stored(String entry) {
    return new Stored(new Storage("FloatStorage", entry, 6), 0, List.of(6), List.of(1L));
  }
}
