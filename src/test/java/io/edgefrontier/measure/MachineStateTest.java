package io.edgefrontier.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineStateTest {
  private static final long TEN_SECONDS = 10_000_000_000L;

  @TempDir private Path root;

  @Test
  void readsWhatLinuxTells() throws IOException {
    machine(100, 200, 0, 50);
    put("proc/loadavg", "1.25 0.50 0.40 2/300 12345\n");
    put("proc/cpuinfo", "cpu MHz\t\t: 1111.0\n");
    for (int cpu = 0; cpu < 2; cpu++) {
      put(cpu(cpu) + "cpufreq/scaling_cur_freq", cpu == 0 ? "800000\n" : "3400000\n");
      put(cpu(cpu) + "thermal_throttle/core_throttle_count", "3\n");
    }
    put(cpu(0) + "cpufreq/scaling_governor", "schedutil\n");
    put(cpu(1) + "thermal_throttle/package_throttle_count", "1\n");
    put("sys/class/thermal/thermal_zone0/temp", "41500\n");
    put("sys/class/thermal/thermal_zone1/temp", "67000\n");
    put("sys/class/thermal/thermal_zone2/temp", "not ready\n");

    MachineState state = MachineState.read(root, 5);

    assertEquals(
        Map.of(
            "load_1m", 1.25,
            "frequency_mhz", 3400.0,
            "governor", "schedutil",
            "temperature_c", 67.0,
            "throttle_count", 7L),
        state.facts());
    assertEquals(
        Map.of(0, new CpuTicks(100, 1000, 0), 1, new CpuTicks(200, 1000, 0)), state.cpus());
    assertEquals(Optional.of(50L), state.ownTicks());
  }

  @Test
  void leavesOutWhatAPlatformDoesNotTell() {
    MachineState state = MachineState.read(root, 5);

    assertEquals(Map.of(), state.facts());
    Disturbance none = Disturbance.between(state, MachineState.read(root, 6), 1, Optional.empty());
    assertEquals(Optional.empty(), none.reason());
    assertEquals(Map.of(), none.facts());
  }

  @Test
  void takesTheClockFromCpuinfoWhereNoDriverTellsIt() throws IOException {
    put("proc/cpuinfo", "cpu MHz\t\t: 2445.430\ncpu MHz\t\t: 2445.430\n");

    assertEquals(Map.of("frequency_mhz", 2445.43), MachineState.read(root, 5).facts());
  }

  /** On two cores for 10 s, which is 1000 ticks each; the fork had 900 of them. */
  @ParameterizedTest
  @CsvSource({
    "0, 900, 0, 1, ''", // nobody else
    "1000, 900, 0, 1, ''", // one neighbour, on the core that the fork leaves
    "1000, 1000, 0, 1, ''", // and a machine at rest
    "1000, 1000, 0, 2, 'other programs kept 1.10 of 2 CPUs busy, and the fork needs 2'",
    "1000, 1100, 0, 1, 'other programs kept 1.20 of 2 CPUs busy, and the fork needs 1'",
    "0, 900, 0, 4, ''", // more threads than there are cores: it needs all of those
    "200, 900, 0, 4, 'other programs kept 0.20 of 2 CPUs busy, and the fork needs 2'",
    "900, 910, 90, 1, ''",
    "900, 910, 110, 1, 'the hypervisor took 5.7 % of the CPU time'",
  })
  void countsWhatOthersTookFromTheFork(
      long busy0, long busy1, long steal, int threads, String reason) throws IOException {
    machine(0, 0, 0, 0);
    MachineState before = MachineState.read(root, 0);
    machine(busy0, busy1, steal, 900);
    MachineState after = MachineState.read(root, TEN_SECONDS);

    Disturbance disturbance = Disturbance.between(before, after, threads, Optional.empty());

    assertEquals(reason, disturbance.reason().orElse(""));
    assertEquals(
        Math.max(0, (busy0 + busy1 - 900) / 1000.0),
        disturbance.othersBusyCores().orElseThrow(),
        1e-9);
  }

  @Test
  void countsOnlyTheCpusThatTheForkIsBoundTo() throws IOException {
    machine(0, 0, 0, 0);
    MachineState before = MachineState.read(root, 0);
    machine(1000, 950, 0, 900);
    MachineState after = MachineState.read(root, TEN_SECONDS);

    CpuList second = CpuList.parse("1");
    Disturbance alone = Disturbance.between(before, after, 1, Optional.of(second));
    assertEquals(Map.of("others_busy_cores", 0.05, "steal_share", 0.0), alone.facts());
    assertEquals(Optional.empty(), alone.reason());
    CpuList absent = CpuList.parse("7");
    assertEquals(Map.of(), Disturbance.between(before, after, 1, Optional.of(absent)).facts());
  }

  @Test
  void namesHeatAndAFallingClock() throws IOException {
    machine(0, 0, 0, 0);
    put(cpu(0) + "thermal_throttle/core_throttle_count", "3\n");
    put(cpu(0) + "cpufreq/scaling_cur_freq", "3000000\n");
    MachineState before = MachineState.read(root, 0);
    put(cpu(0) + "thermal_throttle/core_throttle_count", "5\n");
    put(cpu(0) + "cpufreq/scaling_cur_freq", "2600000\n");
    MachineState after = MachineState.read(root, TEN_SECONDS);

    assertEquals(
        Optional.of(
            "cores were throttled for their heat 2 times; the clock fell from 3000 to 2600 MHz"),
        Disturbance.between(before, after, 1, Optional.empty()).reason());
    assertEquals(
        Optional.empty(), Disturbance.between(after, before, 1, Optional.empty()).reason());
  }

  @Test
  void doesNotTakeItsOwnWorkForThatOfOthers() throws Exception {
    Optional<CpuList> cpus = CpuList.allowed();
    assumeTrue(cpus.isPresent(), "needs /proc");
    MachineState before = MachineState.now();
    Process child =
        new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done").start();
    assertEquals(0, child.waitFor());
    MachineState after = MachineState.now();

    long own = after.ownTicks().orElseThrow() - before.ownTicks().orElseThrow();
    assertTrue(own >= 10, "the child's time is counted once it has ended: " + own);
    double others = Disturbance.between(before, after, 1, cpus).othersBusyCores().orElseThrow();
    // Its 1.0 core is not in here, so that no more is left than the others can have had.
    double seconds = (after.nanoTime() - before.nanoTime()) / 1e9;
    double left = cpus.get().cpus().size() - own / CpuTicks.PER_SECOND / seconds;
    assertTrue(others <= left + 0.15, others + " of " + left);
  }

  @Test
  void readsEveryFileThatAForkReads() throws IOException {
    put("variants.csv", "abc");
    put("variants/net.pt", "0123456789");

    assertEquals(13, FileCache.readAll(root));
    assertTrue(FileCache.warm(root) > 100_000_000, "the engine's libraries are among them");
    assertThrows(IOException.class, () -> FileCache.readAll(root.resolve("absent")));
  }

  @Test
  void readsListsOfCpus() {
    assertEquals(List.of(0, 1, 3), CpuList.parse(" 0-1,3\n").cpus());
    assertEquals("0,1,3", CpuList.parse("3,0-1,1").toString());
    for (String bad : List.of("", "a", "1-", "-1", "3-1", "0,,1", "99999999999")) {
      IllegalArgumentException thrown =
          assertThrows(IllegalArgumentException.class, () -> CpuList.parse(bad));
      assertTrue(thrown.getMessage().contains("'" + bad + "'"), thrown.getMessage());
    }
  }

  /** A machine with two CPUs that have been busy for so many ticks, of which some were own. */
  private void machine(long busy0, long busy1, long steal, long own) throws IOException {
    put(
        "proc/stat",
        "cpu  0 0 0 0 0 0 0 0 0 0\n"
            + "cpu0 %d 0 0 1000 0 0 0 %d 0 0\n".formatted(busy0, steal)
            + "cpu1 %d 0 0 900 100 0 0 0 7 0\nintr 12 0 4\n".formatted(busy1));
    // Of a program called "a) 1 b": user, system, and those of its children.
    put(
        "proc/self/stat",
        "77 (a) 1 b) S 1 2 3 4 -1 0 9 9 9 9 %d 0 %d 0 20 0 9".formatted(own / 2, own - own / 2));
  }

  private static String cpu(int number) {
    return "sys/devices/system/cpu/cpu" + number + "/";
  }

  private void put(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
