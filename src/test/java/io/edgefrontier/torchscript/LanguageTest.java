package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The parts of the language that scripting writes, on known values.
 *
 * <p>A piece of code that is right leaves as many relu nodes as it says; one that decides wrongly
 * leaves another number.
 */
class LanguageTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        // arithmetic, as operators and as functions
        "1 + 2 * 3 - 4 // 2 == 5",
        "(1 + 2) * 3 == 9",
        "2 ** 3 ** 2 == 512",
        "-2 ** 2 == -4",
        "-7 // 2 == -4",
        "-7 % 3 == 2",
        "-7. % 3. == 2.",
        "7 / 2 == 3.5",
        "torch.eq(torch.add(2, 3), 5)",
        "torch.eq(torch.sub(2, 3, alpha=1), -1)",
        "torch.eq(torch.floordiv(7, 2), 3)",
        "torch.eq(torch.floor_divide(-7, 2), -4)",
        "torch.eq(torch.div(7, 2), 3.5)",
        "torch.eq(torch.div(7, 2, rounding_mode=\"floor\"), 3)",
        "torch.eq(torch.div(-7, 2, rounding_mode=\"trunc\"), -3)",
        "torch.eq(torch.div(-7., 2, rounding_mode=\"trunc\"), -3.)",
        "torch.eq(torch.remainder(-1, 4), 3)",
        "torch.eq(torch.neg(3), -3)",
        "torch.eq(torch.pow(2, 10), 1024)",
        "torch.eq(torch.pow(-1, 1000001), -1)",
        "torch.eq(torch.sqrt(16), 4.)",
        "torch.eq(torch.floor(-1.5), -2)",
        "torch.eq(torch.ceil(1.5), 2)",
        "torch.eq(torch.round(2.5), 2.)",
        "torch.eq(ops.prim.min([3, 1, 2]), 1)",
        "torch.eq(ops.prim.max(3, 4.5), 4.5)",
        "torch.eq(torch.abs(-3), 3)",
        "torch.eq(torch.sum([1, 2, 3.5]), 6.5)",
        "int(3.9) == 3",
        "int(-3.9) == -3",
        "torch.Int(True) == 1",
        "float(3) / 2 == 1.5",
        "float(\"2.5\") == 2.5",
        "torch.eq(int(ops.prim.NumToTensor(3)), 3)",
        "torch.eq(torch.to(3, 6, False, False, None), 3.)",
        "torch.eq(torch.add(float(annotate(number, 3)), CONSTANTS.c1), 8.)",
        // comparisons and logic
        "1 < 2",
        "torch.lt(1, 2)",
        "torch.ge(2, 2)",
        "torch.le(2., 2)",
        "torch.gt(3, 2)",
        "torch.ne(\"a\", \"b\")",
        "torch.ne(None, 3)",
        "not False",
        "not 1 > 2",
        "torch.__not__(False)",
        "True and not False or boom",
        "(False and boom) == False",
        "None is None",
        "3 is not None",
        "torch.__is__(None, None)",
        "torch.__isnot__(x, None)",
        "torch.__is__(x, x)",
        "torch.__isnot__(x, torch.clone_of)",
        "torch.__and__(True, True)",
        "torch.__or__(False, True)",
        "torch.__xor__(False, True)",
        "torch.eq(torch.__and__(6, 3), 2)",
        "torch.__contains__([1, 2], 2)",
        "2 in [1, 2]",
        "3 not in [1, 2]",
        "torch.all([True, True])",
        "torch.any([False, True])",
        "torch.eq([1, 2], [1, 2])",
        "torch.ne([1, 2], [1, 3])",
        "bool(\"a\") and not bool([])",
        "(1 if 2 > 1 else boom) == 1",
        // lists, tuples, dictionaries
        "torch.len([1, 2, 3]) == 3",
        "len([]) == 0",
        "([1, 2, 3])[-1] == 3",
        "(1, 2)[0] == 1",
        "torch.__getitem__([1, 2], 1) == 2",
        "torch.eq(torch.slice([1, 2, 3, 4], 1, -1), [2, 3])",
        "torch.eq(torch.slice([1, 2, 3, 4], 0, 9223372036854775807, 2), [1, 3])",
        "torch.eq(torch.slice([1, 2, 3], -2), [2, 3])",
        "torch.eq(torch.add([1], [2]), [1, 2])",
        "torch.eq([0] * 3, [0, 0, 0])",
        "torch.eq(torch.list((1, 2)), [1, 2])",
        "torch.eq(ops.prim.rangelist(3), [0, 1, 2])",
        "torch.eq(({\"a\": 1, \"b\": 2})[\"b\"], 2)",
        "torch.__contains__({3: 1}, 3)",
        "torch.eq(torch.keys({\"a\": 1}), [\"a\"])",
        "torch.eq(torch.values({\"a\": 1}), [1])",
        "torch.eq(torch.items({\"a\": 1}), [(\"a\", 1)])",
        "torch.eq(torch.get({\"a\": 1}, \"b\", 7), 7)",
        "torch.len({}) == 0",
        "torch.eq(torch.__range_length(2, 11, 4), 3)",
        "torch.eq(torch.__range_length(11, 2, -4), 3)",
        "torch.eq(torch.__derive_index(2, 5, 3), 11)",
        // texts
        "torch.eq(torch.format(\"{}-{}\", 1, [2, 3]), \"1-[2, 3]\")",
        "torch.eq(torch.add(\"a\", \"b\"), \"ab\")",
        "torch.eq(str(3), \"3\")",
        "torch.eq(torch.find(\"cpu:0\", \"cpu\", 0, 5), 0)",
        "torch.eq(torch.join(\", \", [\"a\", \"b\"]), \"a, b\")",
        "torch.eq(torch.split(\"a b\", \" \"), [\"a\", \"b\"])",
        "torch.eq(torch.replace(\"aXb\", \"X\", \"-\"), \"a-b\")",
        "torch.startswith(\"bilinear\", \"bi\")",
        "torch.eq(torch.lower(\"AB\"), \"ab\")",
        // types and attributes
        "isinstance(x, Tensor)",
        "isinstance(1, int) and not isinstance(1, float)",
        "isinstance([1], List[int])",
        "isinstance(None, Optional[Tensor])",
        "isinstance(\"a\", (int, str))",
        "hasattr(self, \"sub\") and not hasattr(self, \"nothing\")",
        "self.limit == 0.25",
        "torch.eq(unchecked_cast(int, 3), 3)",
        "torch.eq(torch.len(annotate(List[int], [])), 0)",
        // what is known of a tensor
        "torch.dim(x) == 2",
        "torch.eq(torch.size(x, 1), 4)",
        "torch.eq(torch.size(x, -1), 4)",
        "torch.eq(torch.size(self.weight), [2, 4])",
        "torch.eq(torch.dim(self.weight), 2)",
        "torch.eq(torch.numel(self.weight), 8)",
        "torch.eq(torch.len(torch.size(x)), 2)",
        "torch.eq(ops.prim.dtype(x), 6)",
        "torch.eq(ops.prim.dtype(self.bias), 6)",
        "torch.__not__(ops.prim.is_cuda(x))",
        "torch.__not__(ops.prim.requires_grad(x))",
        "torch.eq(str(ops.prim.device(x)), \"cpu\")",
        "torch.is_floating_point(x)",
        "torch.__is__(torch.warn(\"careful\", 2), None)",
        // the batch stays free
        "torch.size(x, 0) > 0",
        "torch.size(x, 0) >= 1",
        "torch.size(x, 0) != 0",
        "torch.size(x, 0) != 1",
        "not torch.size(x, 0) == 1",
        "not torch.size(x, 0) < 1",
        "torch.eq(torch.size(x, 0), torch.size(x, 0))",
        "torch.eq(torch.size(x, 0) * 4, torch.numel(x))",
        "torch.eq(torch.size(x, 0) * 4 // 2, torch.size(x, 0) + torch.size(x, 0))",
        "torch.eq(torch.size(x, 0) * 3 - torch.size(x, 0), 2 * torch.size(x, 0))",
        "torch.eq(torch.size(x, 0) * 4 % 2, 0)",
        "torch.eq(torch.size(x, 0) * 6 // torch.size(x, 0), 6)",
        "torch.eq(torch.numel(x) / torch.size(x, 0), 4.)",
        "torch.size(x, 0) * 2 > torch.size(x, 0)",
        "torch.eq(torch.size(x), [torch.size(x, 0), 4])",
        "bool(torch.size(x, 0))",
      })
  void conditionHolds(String condition) throws IOException {
    String known = condition.replace("torch.clone_of", "torch.relu(x)");
    HandmadeArchive archive =
        HandmadeArchive.ofForward(
            "if " + known + ":",
            "  y = torch.relu(x)",
            "else:",
            "  ops.prim.RaiseException(\"it does not hold\")",
            "return y");
    assertEquals(1, read(withScalar(archive)).nodes().size());
  }

  /** Adds a second constant, a 64-bit integer of 5 without dimensions. */
  private static HandmadeArchive withScalar(HandmadeArchive archive) {
    Pickler constants = new Pickler();
    constants.mark();
    constants.tensor(HandmadeArchive.weight(), "0");
    constants.tensor(
        Tensor.ofBytes(DType.INT64, new Shape(List.of()), new byte[] {5, 0, 0, 0, 0, 0, 0, 0}),
        "1");
    constants.tuple();
    return archive
        .put("m/constants.pkl", constants.finish())
        .put("m/constants/1", new byte[] {5, 0, 0, 0, 0, 0, 0, 0});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | for i in range(3):;  x = torch.relu(x);return x",
        "2 | for i in range(1, 6, 3):;  x = torch.relu(x);return x",
        "2 | for i in range(5, 1, -2):;  x = torch.relu(x);return x",
        "3 | n = 0;for i in range(9223372036854775807):;  if torch.ge(n, 3):;    break;  x = torch.relu(x);  n = torch.add(n, 1);return x",
        "2 | for i in [1, 2, 3]:;  if i == 2:;    continue;  x = torch.relu(x);return x",
        "3 | for a, b in [(1, 2), (0, 1)]:;  for j in range(b):;    x = torch.relu(x);return x",
        "2 | for k in {\"a\": 1, \"b\": 2}:;  x = torch.relu(x);return x",
        "2 | i = 0;_3 = True;while _3:;  x0 = torch.relu(x);  i0 = torch.add(i, 1);  _3, x, i = torch.lt(i0, 2), x0, i0;return x",
        "1 | while True:;  x = torch.relu(x);  if True:;    return x",
        "1 | if False:;  pass;elif True:;  x = torch.relu(x);else:;  x = boom;return x",
        "2 | a = [x];_0 = torch.append(a, torch.relu(x));torch.append(a, torch.relu(a[1]));return a[2]",
        "2 | a = annotate(List[Tensor], []);for i in range(2):;  x = torch.relu(x);  _0 = torch.append(a, x);return torch.add((a)[0], (a)[-1])",
        "1 | a = [1, 2];torch.extend(a, [3]);torch.insert(a, 0, 0);torch.pop(a);a[1] = 7;assert torch.eq(a, [0, 7, 2]);torch.reverse(a);assert a == [2, 7, 0];torch.clear(a);assert torch.len(a) == 0;return torch.relu(x)",
        "1 | d = annotate(Dict[str, Tensor], {});torch._set_item(d, \"a\", torch.relu(x));return d[\"a\"]",
        "1 | d = {1: 2};d[3] = 4;assert torch.len(d) == 2, \"two\";return torch.relu(x)",
        "1 | a, b, = (torch.relu(x), 3);assert b == 3;return a",
        "1 | a, = [torch.relu(x)];return a",
        "1 | y : Optional[Tensor] = None;if torch.__is__(y, None):;  z = torch.relu(x);else:;  z = unchecked_cast(Tensor, y);return z",
        "1 | u = uninitialized(Tensor);if True:;  y = torch.relu(x);else:;  y = u;return y",
        "1 | f = __torch__.pick;return f(x, mode=\"relu\")",
        "0 | f = __torch__.pick;return f(x, \"none\")",
        "2 | p = __torch__.Pair(torch.relu(x), 2);return torch.relu(p.first)",
        "1 | c = __torch__.Counter.__new__(__torch__.Counter);_0 = (c).__init__(4);assert (c).bump() == 5;return torch.relu(x)",
        "1 | with __torch__.Counter(1) as c:;  y = torch.relu(x);assert c == 2;return y",
        "1 | self.last = torch.relu(x);return self.last",
        "1 | n = torch.size(x, 0);y = torch.view(x, [n, -1]);return torch.relu(y)",
      })
  void codeLeavesSoManyRelus(int relus, String lines) throws IOException {
    HandmadeArchive archive = HandmadeArchive.ofForward(lines.split(";", -1));
    String more =
        """
        class Pair(NamedTuple):
          first : Tensor
          second : int
        class Counter:
          count : int
          def __init__(self: __torch__.Counter, start: int) -> NoneType:
            self.count = start
            return None
          def bump(self: __torch__.Counter) -> int:
            self.count = torch.add(self.count, 1)
            return self.count
          def __enter__(self: __torch__.Counter) -> int:
            return (self).bump()
          def __exit__(self: __torch__.Counter, type: Any, value: Any, traceback: Any) -> NoneType:
            return None
        def pick(x: Tensor,
            mode: str="none",
            size: Optional[Tuple[int, int]]=None) -> Tensor:
          if torch.eq(mode, "relu"):
            y = torch.relu(x)
          else:
            y = x
          return y
        """;
    byte[] code = archive.get("m/code/__torch__.py");
    archive.put("m/code/__torch__.py", new String(code, StandardCharsets.UTF_8) + more);
    long found =
        read(archive).nodes().stream().filter(node -> node.name().startsWith("relu")).count();
    assertEquals(relus, found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "if torch.eq(torch.dim(x), 2):;  ops.prim.RaiseException(torch.format(\"Expected {}\", 3), \"builtins.ValueError\") | line 9: the code raises an error: Expected 3",
        "if x:;  pass | line 8: bool: a decision depends on a computed tensor",
        "if torch.eq(torch.size(x, 0), 8):;  pass | line 8: torch.eq: the free batch would have to be a known number here; the network must do the same for every batch",
        "if torch.size(x, 0) > 8:;  pass | torch.gt: the free batch would have to be a known number",
        "n = torch.size(x, 0) // 2 | torch.floordiv: the free batch would have to be",
        "n = torch.size(x, 0) + 1 | torch.add: the integer 1 and the free batch have no result",
        "n = torch.size(x, 0) * torch.size(x, 0) | torch.mul: the free batch would have to be",
        "n = float(torch.size(x, 0)) | float: the free batch would have to be",
        "for i in range(torch.size(x, 0)):;  pass | range is given the free batch, expected a known integer",
        "for i in 3:;  pass | for goes over the integer 3, expected a list",
        "for i in range(1, 2, 0):;  pass | range is given the integer 0",
        "assert 1 > 2, \"order\" | line 8: an assertion fails: order",
        "raise x | 'raise' is not supported",
        "y = ([1])[1] | there is no element the integer 1 of 1",
        "y = ({\"a\": 1})[\"b\"] | there is no element the text 'b' of a dictionary",
        "y = 1 // 0 | torch.floordiv: / by zero",
        "y = 9223372036854775807 + 1 | torch.add: long overflow",
        "y = int(inf) | int: Infinity is no integer",
        "y = {[1]: 2} | a list of 1 cannot be the key of a dictionary",
        "a, b = (1, 2, 3) | 2 variables are given a tuple of 3",
        "torch.append((1, 2), 3) | it changes a tuple of 2, expected a list",
        "y = self.weight;self.weight = x | 'weight' is read and then assigned; a graph keeps no state",
        "y = CONSTANTS.c7 | CONSTANTS.c7 is not among the 1 constants",
        "y = __torch__.Sub(1, 2) | __torch__.Sub is called with 2 arguments",
        "with x:;  pass | with is given a computed tensor",
        "y = (torch.size(x))[2] | there is no element the integer 2 of 2",
        "y = torch.size(x, 2) | there is no dimension the integer 2",
        "y = self(x)(x) | calls nest too deep or never end",
        "return [3] | returns the integer 3, expected tensors",
        "return [] | returns a list of 0, expected tensors",
      })
  void errorsSayWhatAndWhere(String lines, String expected) {
    IOException error =
        assertThrows(
            IOException.class, () -> read(HandmadeArchive.ofForward(lines.split(";", -1))));
    assertTrue(error.getMessage().contains(expected), error.getMessage());
    assertTrue(
        error.getMessage().contains("code/__torch__.py: __torch__.Root, line ")
            || error.getMessage().contains("forward: "),
        error.getMessage());
  }

  @Test
  void outputsAreFlattenedInOrder() throws IOException {
    Graph graph =
        read(
            HandmadeArchive.ofForward(
                "a = torch.relu(x)",
                "b = torch.linear(x, self.weight, None)",
                "return {\"a\": a, \"b\": (b, None, [x])}"));
    assertEquals(List.of("relu", "linear", Graph.INPUT), graph.outputs());
  }

  @Test
  void moduleInTrainingModeIsRefused() throws IOException {
    Pickler pickle = new Pickler();
    pickle.global("__torch__", "Root");
    pickle.emptyTuple();
    pickle.newObject();
    pickle.emptyDict();
    pickle.mark();
    pickle.text("training");
    pickle.bool(true);
    pickle.setItems();
    pickle.build();
    HandmadeArchive archive =
        HandmadeArchive.ofForward("if self.training:", "  x = torch.relu(x)", "return x")
            .put("m/data.pkl", pickle.finish());
    IOException error = assertThrows(IOException.class, () -> read(archive));
    assertTrue(
        error.getMessage().contains("module '' is in training mode; call eval() on the module"),
        error.getMessage());
  }

  private Graph read(HandmadeArchive archive) throws IOException {
    return TorchScriptReader.read(archive.write(folder.resolve("code.pt")), Shape.of(4));
  }
}
