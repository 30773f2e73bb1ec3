package io.edgefrontier.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParentProcessTest {
  private final List<Process> started = new ArrayList<>();

  /** A fork that never ends by itself. */
  static final class Forever {
    private Forever() {}

    public static void main(String[] arguments) throws IOException {
      ParentProcess.watch();
      System.out.println("watching");
      while (System.in.read() >= 0) {
        System.out.println("the end of the input is the end");
      }
    }
  }

  @Test
  void haltsWhenItsParentIsKilled() throws Exception {
    Process parent = start();
    Process fork = start("-D" + ParentProcess.PROPERTY + "=" + parent.pid());
    assertEquals('w', fork.getInputStream().read());
    assertTrue(fork.isAlive());

    parent.destroyForcibly().waitFor();

    assertTrue(fork.waitFor(30, TimeUnit.SECONDS));
    assertEquals(1, fork.exitValue());
  }

  @Test
  void haltsAtOnceWhenItsParentIsGoneAlready() throws Exception {
    Process parent = start();
    parent.destroyForcibly().waitFor();

    Process fork = start("-D" + ParentProcess.PROPERTY + "=" + parent.pid());

    assertTrue(fork.waitFor(30, TimeUnit.SECONDS));
    assertEquals(1, fork.exitValue());
  }

  @Test
  void goesOnWithoutAParent() throws Exception {
    Process fork = start();
    assertEquals('w', fork.getInputStream().read());
    assertFalse(fork.waitFor(100, TimeUnit.MILLISECONDS));

    fork.getOutputStream().close();

    assertTrue(fork.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, fork.exitValue());
  }

  @AfterEach
  void endWhatIsLeft() {
    started.forEach(Process::destroyForcibly);
  }

  private Process start(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-Xshare:auto", "-cp", System.getProperty("java.class.path")));
    command.add(Forever.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    started.add(process);
    return process;
  }
}
