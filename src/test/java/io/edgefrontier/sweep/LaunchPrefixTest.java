package io.edgefrontier.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgefrontier.measure.CpuList;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchPrefixTest {
  private static final Path TASKS = Path.of("/proc/self/task");
  private static final String STATUS = "Cpus_allowed_list:";

  private final List<Integer> cpus = CpuList.allowed().map(CpuList::cpus).orElse(List.of());

  @BeforeEach
  void needsTwoCpusOfLinux() {
    assumeTrue(cpus.size() > 1, "binding to CPUs needs Linux and two of them");
  }

  @Test
  void bindsAForkToTheLastCpus() throws Exception {
    int last = cpus.get(cpus.size() - 1);
    LaunchPrefix prefix = LaunchPrefix.of("auto", 0, cpus.size());

    assertEquals(List.of("taskset", "-c", String.valueOf(last)), prefix.command(1));
    assertEquals(Optional.of(new CpuList(List.of(last))), prefix.cpus(1));
    assertEquals(String.valueOf(last), allowedOfChild(prefix.command(1)));
  }

  @Test
  void bindsNoForkThatNeedsAllCpus() throws Exception {
    LaunchPrefix prefix = LaunchPrefix.of("auto", 0, cpus.size());

    assertEquals(List.of(), prefix.command(cpus.size()));
    assertEquals(Optional.of(new CpuList(cpus)), prefix.cpus(cpus.size()));
    assertEquals(List.of(), LaunchPrefix.NONE.command(1));
  }

  @Test
  void keepsThisProcessOffTheForksCpusUntilItHasEnded() throws Exception {
    int first = cpus.get(0);
    LaunchPrefix prefix = LaunchPrefix.of(String.valueOf(first), 0, 1);
    Set<String> before = allowedOfThreads();
    LaunchPrefix.ParentPlace place = prefix.keepParentOff(1);
    try (place) {
      for (String allowed : allowedOfThreads()) {
        assertTrue(!CpuList.parse(allowed).cpus().contains(first), allowed);
      }
      assertEquals(String.valueOf(first), allowedOfChild(prefix.command(1)));
    }
    assertEquals(before, allowedOfThreads());
  }

  @Test
  void startsJmhsForksOnTheirCpus(@TempDir Path folder) throws Exception {
    LaunchPrefix prefix = LaunchPrefix.of("auto", 1, 1);
    // The first lines of the collector's log tell how many CPUs the JVM may use.
    Path log = folder.resolve("gc.log");
    JvmArguments jvm =
        new JvmArguments(List.of(), Optional.of(List.of("-Xlog:gc+init:file=" + log)), List.of());
    Grid grid = SmallSweep.grid(List.of(0.0), List.of(Precision.FP32), List.of(1));
    SweepPlan plan = SmallSweep.plan(folder, grid, Effort.fixed(1, 0), Duration.ofMinutes(1));
    ForkSettings forks = plan.forks();
    SweepPlan bound =
        new SweepPlan(
            folder,
            folder,
            grid,
            plan.effort(),
            new ForkSettings(
                forks.warmup(),
                forks.measurement(),
                forks.windowWarmup(),
                forks.windows(),
                1,
                forks.timeout(),
                false,
                OptionalDouble.empty(),
                Optional.empty(),
                jvm),
            Ranking.UNKNOWN,
            prefix,
            1,
            Set.of());

    assertEquals(List.of(), SmallSweep.run(bound).failures());

    String started = Files.readString(log);
    assertTrue(started.contains("CPUs: %d total, 1 available".formatted(cpus.size())), started);
  }

  @Test
  void setsThePriority() throws Exception {
    LaunchPrefix prefix = LaunchPrefix.of("none", 3, 1);

    assertEquals(List.of("nice", "-n", "3"), prefix.command(1));
    int own = Integer.parseInt(output(List.of("nice")));
    List<String> child = new ArrayList<>(prefix.command(1));
    child.add("nice");
    assertEquals(String.valueOf(Math.min(19, own + 3)), output(child));
  }

  @Test
  void refusesAtOnceWhatTheMachineCannotDo() {
    assertFails(IllegalArgumentException.class, "too few CPUs for 2", "0", 0, 2);
    assertFails(IllegalArgumentException.class, "no list of CPUs", "first", 0, 1);
    assertFails(IllegalArgumentException.class, "[-20, 19]", "none", 20, 1);
    assertFails(IOException.class, "taskset -c 9999 true", "9999", 0, 1);
    IOException missing =
        assertThrows(
            IOException.class,
            () -> LaunchPrefix.run("install it", List.of("no-such-program", "-x")));
    assertTrue(missing.getMessage().startsWith("'no-such-program -x' cannot be started"));
    assertTrue(missing.getMessage().endsWith("; install it"), missing.getMessage());
  }

  private static void assertFails(
      Class<? extends Exception> type, String part, String affinity, int nice, int threads) {
    Exception thrown = assertThrows(type, () -> LaunchPrefix.of(affinity, nice, threads));
    assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
  }

  private static String allowedOfChild(List<String> prefix) throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("grep", STATUS, "/proc/self/status"));
    return output(command).substring(STATUS.length()).strip();
  }

  private static String output(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> String.join(" ", command));
    return output.strip();
  }

  private static Set<String> allowedOfThreads() throws IOException {
    Set<String> allowed = new HashSet<>();
    try (Stream<Path> tasks = Files.list(TASKS)) {
      tasks.forEach(task -> allowedOfThread(task).ifPresent(allowed::add));
    }
    return allowed;
  }

  private static Optional<String> allowedOfThread(Path task) {
    try (Stream<String> lines = Files.lines(task.resolve("status"))) {
      return lines
          .filter(line -> line.startsWith(STATUS))
          .map(line -> line.substring(STATUS.length()).strip())
          .findFirst();
    } catch (NoSuchFileException e) {
      return Optional.empty(); // the thread has ended
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
