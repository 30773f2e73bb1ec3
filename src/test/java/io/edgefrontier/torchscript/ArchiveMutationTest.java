package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Archives with random damage give a graph or an IOException that names the file, in little time
 * and memory.
 *
 * <p>The damage is the same in every run. {@code -Dedgefrontier.mutations=100000} does more of it.
 */
class ArchiveMutationTest {
  private static final int MUTATIONS = Integer.getInteger("edgefrontier.mutations", 5_000);
  private static final long SEED = 20_261_125;
  private static final Path SHARED = Path.of("../shared/models");
  private static final Shape IMAGE = Shape.of(1, 28, 28);

  @TempDir Path folder;

  @Test
  void handmadeArchives() throws IOException {
    List<HandmadeArchive> originals = List.of(straight(), loops(), classes());
    for (int i = 0; i < originals.size(); i++) {
      mutate(originals.get(i), Shape.of(4), MUTATIONS / 6, SEED + i);
    }
  }

  @Test
  void archivesOfTheProject() throws IOException {
    Path file = folder.resolve("written.pt");
    TorchScriptWriter.write(SampleGraphs.quantized(), file);
    mutate(HandmadeArchive.of(file), SampleGraphs.SAMPLE, MUTATIONS / 6, SEED + 10);
  }

  @Test
  void archivesThatPyTorchTracedAndScripted() throws IOException {
    assumeTrue(Files.isDirectory(SHARED), "needs PyTorch's archives in " + SHARED);
    String[] names = {"smallcnn.traced.pt", "smallcnn.scripted.pt"};
    for (int i = 0; i < names.length; i++) {
      HandmadeArchive original = HandmadeArchive.of(SHARED.resolve(names[i]));
      mutate(original, IMAGE, MUTATIONS / 6, SEED + 20 + i);
    }
  }

  private void mutate(HandmadeArchive original, Shape sample, int times, long seed)
      throws IOException {
    Path file = folder.resolve("mutated.pt");
    assertTrue(ArchiveFuzzer.read(original.write(file), sample), "the original is read");
    byte[] whole = Files.readAllBytes(file);
    List<String> names = List.copyOf(original.names());
    int understood = 0;
    for (int i = 0; i < times; i++) {
      Random random = new Random(seed * 1_000_003 + i);
      if (random.nextInt(4) == 0) {
        Files.write(file, Mutator.bytes(whole, random));
      } else {
        String name = names.get(random.nextInt(names.size()));
        byte[] before = original.get(name);
        original.put(name, Mutator.entry(name, before, random)).write(file);
        original.put(name, before);
      }
      try {
        understood += ArchiveFuzzer.read(file, sample) ? 1 : 0;
      } catch (RuntimeException | Error e) {
        Path kept =
            Path.of(System.getProperty("java.io.tmpdir"), "mutation-%d-%d.pt".formatted(seed, i));
        Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
        fail("mutation %d of seed %d, kept as %s".formatted(i, seed, kept), e);
      }
    }
    assertTrue(understood < times, "no mutation was noticed");
    assertTrue(understood > 0, "every mutation was refused");
  }

  /** Traced code. */
  private static HandmadeArchive straight() {
    return HandmadeArchive.ofForward(
        "sub = self.sub",
        "_0 = torch.relu_((sub).forward(x, ))",
        "_1 = torch.linear(x, CONSTANTS.c0, None)",
        "_2 = torch.view(_0, [torch.size(x, 0), 2, 1, 1])",
        "_3 = torch.max_pool2d(_2, [1, 1], [1, 1], [0, 0], [1, 1], False)",
        "return torch.add(torch.flatten(_3, 1), _1, alpha=1)");
  }

  /** Conditions, loops, lists, texts. */
  private static HandmadeArchive loops() {
    return HandmadeArchive.ofForward(
        "sizes = annotate(List[int], [])",
        "for i in range(torch.len(torch.size(x))):",
        "  _0 = torch.append(sizes, torch.size(x, i))",
        "n, i, d = torch.mul(sizes[0], 2), 0, {\"a\": 1, \"b\": [2, 3]}",
        "while torch.lt(i, 3):",
        "  i = torch.add(i, 1)",
        "  if torch.eq(torch.remainder(i, 2), 0) and not i == 7:",
        "    x = torch.relu(x)",
        "  elif i in (d)[\"b\"]:",
        "    break",
        "  else:",
        "    d[torch.format(\"{}\", i)] = torch.slice(sizes, 0, i)",
        "if torch.ne(torch.floordiv(n, 2), sizes[0]):",
        "  ops.prim.RaiseException(torch.add(\"AssertionError: \", str(n)))",
        "y = torch.view(x, [sizes[0], -1]) if torch.len(d) > 1 else x",
        "return (y, torch.add(y, x), [torch.relu(y)])");
  }

  /** Objects that code makes, contexts, named tuples. */
  private static HandmadeArchive classes() {
    HandmadeArchive archive =
        HandmadeArchive.ofForward(
            "c = __torch__.Counter.__new__(__torch__.Counter)",
            "_0 = (c).__init__(4)",
            "with c as n:",
            "  p = __torch__.Pair(torch.relu(x), n)",
            "assert isinstance(p.second, int) and hasattr(self, \"sub\"), \"no\"",
            "return __torch__.twice(p.first, times=c.count)");
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
          def __enter__(self: __torch__.Counter) -> int:
            self.count = torch.sub(self.count, 1)
            return self.count
          def __exit__(self: __torch__.Counter, a: Any, b: Any, c: Any) -> NoneType:
            return None
        def twice(x: Tensor, times: int=2) -> Tensor:
          for i in range(times):
            x = torch.relu(x)
          return x
        """;
    byte[] code = archive.get("m/code/__torch__.py");
    return archive.put("m/code/__torch__.py", new String(code, StandardCharsets.UTF_8) + more);
  }
}
