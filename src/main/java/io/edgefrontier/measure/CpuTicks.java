package io.edgefrontier.measure;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a CPU has done since the machine started, in ticks of the kernel's clock.
 *
 * @param busy ran a program or the kernel
 * @param idle had nothing to run
 * @param stolen had something to run, but a hypervisor ran another machine
 */
public record CpuTicks(long busy, long idle, long stolen) {
  /**
   * The kernel shows its times in units of USER_HZ, which is 100 on every architecture that this
   * project has natives for, whatever the kernel's own clock.
   */
  static final double PER_SECOND = 100;

  CpuTicks minus(CpuTicks earlier) {
    return new CpuTicks(busy - earlier.busy, idle - earlier.idle, stolen - earlier.stolen);
  }

  CpuTicks plus(CpuTicks other) {
    return new CpuTicks(busy + other.busy, idle + other.idle, stolen + other.stolen);
  }

  long total() {
    return busy + idle + stolen;
  }

  /** Returns the ticks by number of CPU; empty where the kernel does not tell. */
  static Map<Integer, CpuTicks> ofMachine(Path root) {
    Map<Integer, CpuTicks> ticks = new HashMap<>();
    for (String line : SystemFiles.lines(root.resolve("proc/stat"))) {
      if (line.matches("cpu\\d+( \\d+){8,}")) {
        String[] words = line.split(" ", -1);
        // user, nice, system, idle, iowait, irq, softirq, steal; what follows is part of user.
        long busy = sum(words, 1, 2, 3, 6, 7);
        ticks.put(
            Integer.valueOf(words[0].substring("cpu".length())),
            new CpuTicks(busy, sum(words, 4, 5), sum(words, 8)));
      }
    }
    return ticks;
  }

  /** Returns the ticks of this process and of its children that have ended. */
  static Optional<Long> ofThisProcess(Path root) {
    return SystemFiles.firstLine(root.resolve("proc/self/stat"))
        .map(line -> line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1))
        .filter(words -> words.length > 14)
        // User and system time, then both again of children that were waited for.
        .map(words -> sum(words, 11, 12, 13, 14));
  }

  private static long sum(String[] words, int... places) {
    long sum = 0;
    for (int place : places) {
      sum += Long.parseLong(words[place]);
    }
    return sum;
  }
}
