package io.edgefrontier.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
  @TempDir private Path root;

  @Test
  void readsWhatLinuxTells() throws IOException {
    put(
        "proc/cpuinfo",
        "processor\t: 0\nmodel name\t: AMD EPYC 7B13\nmicrocode\t: 0xa0011d3\nflags\t\t: fpu sse hypervisor\n");
    put("proc/meminfo", "MemTotal:       24684092 kB\nMemFree: 1 kB\n");
    put("etc/os-release", "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
    put("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n");

    Machine machine = Machine.read(root);

    assertEquals(Optional.of("AMD EPYC 7B13"), machine.cpuModel());
    assertEquals(Optional.of(24684092L * 1024), machine.memoryBytes());
    assertEquals("Debian GNU/Linux 12 (bookworm)", machine.os());
    assertEquals(Optional.of("performance"), machine.governor());
    assertEquals(Optional.of("0xa0011d3"), machine.microcode());
    assertEquals(Optional.of("vm"), machine.virtualization());
  }

  @Test
  void leavesOutWhatAPlatformDoesNotTell() {
    Machine machine = Machine.read(root);

    assertEquals(Optional.empty(), machine.cpuModel());
    assertEquals(Optional.empty(), machine.memoryBytes());
    assertEquals(Optional.empty(), machine.governor());
    assertEquals(Optional.empty(), machine.microcode());
    assertEquals(Optional.empty(), machine.virtualization());
    assertEquals(System.getProperty("os.name"), machine.os());
  }

  @Test
  void givesAMachineTheSameIdAfterAKernelPatchOnly() {
    Machine machine = machine("6.18.44-1", 24684092L * 1024, "performance");

    assertTrue(machine.id().matches("[0-9a-f]{8}"), machine.id());
    assertEquals(machine.id(), machine("6.18.51-2", 24613000L * 1024, "performance").id());
    assertNotEquals(machine.id(), machine("6.19.1", 24684092L * 1024, "performance").id());
    assertNotEquals(machine.id(), machine("6.18.44-1", 16L << 30, "performance").id());
    assertNotEquals(machine.id(), machine("6.18.44-1", 24684092L * 1024, "powersave").id());
  }

  @Test
  void capturesThisProcess() {
    Map<String, Object> facts = Environment.capture(List.of("run", "--quick"), 42, 1).facts();

    assertEquals("machine_id", facts.keySet().iterator().next());
    assertEquals(List.of("run", "--quick"), facts.get("command"));
    assertEquals(System.getProperty("java.vm.name"), facts.get("vm"));
    assertEquals("2.7.1", facts.get("libtorch_version"));
    assertEquals("1.37", facts.get("jmh_version"));
    String json = new Gson().toJson(facts);
    assertFalse(json.contains(System.getProperty("user.home") + "/"), json);
  }

  @Test
  void tellsACommitAndWhetherFilesDiffer() throws Exception {
    assertEquals(Optional.empty(), SourceRevision.of(root));
    git("init", "-q");
    put("a.txt", "1");
    git("add", "a.txt");
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "First");
    put("untracked.txt", "1");
    SourceRevision clean = SourceRevision.of(root).orElseThrow();
    assertTrue(clean.commit().matches("[0-9a-f]{40}"), clean.commit());
    assertFalse(clean.dirty());

    put("a.txt", "2");
    assertEquals(Optional.of(new SourceRevision(clean.commit(), true)), SourceRevision.of(root));
  }

  @Test
  void givesAMachineAnotherIdAfterAMicrocodeUpdate() {
    String without = machine("6.18.44-1", 1L << 30, "performance", null).id();
    String before = machine("6.18.44-1", 1L << 30, "performance", "0xa0011d1").id();

    assertNotEquals(before, machine("6.18.44-1", 1L << 30, "performance", "0xa0011d3").id());
    assertNotEquals(before, without);
    // Such as ARM: as it was when there was no microcode in the id.
    assertEquals("9cee70d2", without);
  }

  private static Machine machine(String kernel, long memoryBytes, String governor) {
    return machine(kernel, memoryBytes, governor, "0xa0011d1");
  }

  private static Machine machine(
      String kernel, long memoryBytes, String governor, String microcode) {
    return new Machine(
        Optional.of("AMD EPYC 7B13"),
        2,
        Optional.of(memoryBytes),
        "amd64",
        "Debian",
        kernel,
        Optional.of(governor),
        Optional.ofNullable(microcode),
        Optional.of("vm"));
  }

  private void put(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("git", "-C", root.toString());
    builder.command().addAll(List.of(arguments));
    assertEquals(0, builder.inheritIO().start().waitFor());
  }
}
