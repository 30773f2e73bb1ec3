package io.edgefrontier.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgefrontier.measure.Machine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineFileTest {
  @TempDir private Path results;

  @Test
  void tellsTheFactsBehindTheId() throws IOException {
    Machine machine =
        new Machine(
            Optional.of("AMD EPYC 7B13"),
            2,
            Optional.of(24684092L * 1024),
            "amd64",
            "Debian GNU/Linux 12 (bookworm)",
            "6.18.44-1",
            Optional.of("performance"),
            Optional.of("0xa0011d3"),
            Optional.of("vm"));

    Path file = MachineFile.write(results, machine);

    assertEquals(results.resolve("machines/d4a9537c/machine.json"), file);
    assertEquals(
        """
        {
          "architecture": "amd64",
          "cpu": "AMD EPYC 7B13",
          "governor": "performance",
          "kernel": "6.18",
          "logical_cores": 2,
          "machine_id": "d4a9537c",
          "memory": "24GiB",
          "microcode": "0xa0011d3",
          "virtualization": "vm"
        }
        """,
        Files.readString(file));
  }

  @Test
  void keepsTheHostsNameOut() throws IOException {
    String text = Files.readString(MachineFile.write(results, Machine.capture()));

    String host = hostName();
    assumeTrue(host.length() > 3, "'" + host + "' may be part of any word");
    assertFalse(text.contains(host), text);
  }

  @Test
  void leavesAFileThatIsThere() throws IOException {
    Machine machine = Machine.capture();
    Path file = MachineFile.write(results, machine);
    Files.writeString(file, "noted by hand");

    assertEquals(file, MachineFile.write(results, machine));
    assertEquals("noted by hand", Files.readString(file));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return abort("this machine does not know its own name");
    }
  }
}
