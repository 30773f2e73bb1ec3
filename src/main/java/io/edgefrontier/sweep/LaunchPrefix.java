package io.edgefrontier.sweep;

import io.edgefrontier.measure.CpuList;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands before a fork's JVM command: taskset, which binds it to CPUs, and nice, which sets
 * its priority.
 */
public final class LaunchPrefix {
  /** Nothing stands before it. */
  public static final LaunchPrefix NONE =
      new LaunchPrefix(CpuList.allowed(), Optional.empty(), false, 0);

  private static final String TASKSET = "taskset";
  private static final String NICE = "nice";
  private static final int MOST_ATTEMPTS = 5;

  private final Optional<CpuList> allowed;
  private final Optional<CpuList> listed;
  private final boolean auto;
  private final int nice;

  private LaunchPrefix(
      Optional<CpuList> allowed, Optional<CpuList> listed, boolean auto, int nice) {
    this.allowed = allowed;
    this.listed = listed;
    this.auto = auto;
    this.nice = nice;
  }

  /**
   * Returns a prefix that has been tried on this machine.
   *
   * @param affinity {@code none}; a list of CPUs such as {@code 0-1,3}; or {@code auto}, the last
   *     CPUs, as many as a fork has busy threads (those of the engine for each caller), where there
   *     are more than that
   * @param nice added to the priority number of forks, in [-20, 19]; 0 leaves it alone
   * @param mostThreads busy threads of the cell that has the most
   * @throws IllegalArgumentException if the list cannot be read or is too short for the threads
   * @throws IOException naming the program that is missing or does not do it
   */
  public static LaunchPrefix of(String affinity, int nice, int mostThreads) throws IOException {
    if (nice < -20 || nice > 19) {
      throw new IllegalArgumentException("nice must be in [-20, 19], got " + nice);
    }
    boolean auto = affinity.equals("auto");
    Optional<CpuList> listed =
        auto || affinity.equals("none") ? Optional.empty() : Optional.of(CpuList.parse(affinity));
    if (listed.isPresent() && listed.get().cpus().size() < mostThreads) {
      throw new IllegalArgumentException(
          "affinity '%s' has too few CPUs for %d threads (callers x engine threads); list as many,"
                  .formatted(affinity, mostThreads)
              + " or use auto");
    }
    LaunchPrefix prefix = new LaunchPrefix(CpuList.allowed(), listed, auto, nice);
    if (auto || listed.isPresent()) {
      prefix.tryTaskset(affinity);
    }
    if (nice != 0) {
      prefix.tryNice();
    }
    return prefix;
  }

  private void tryTaskset(String affinity) throws IOException {
    String advice = "affinity '%s' needs it: install util-linux, or use none".formatted(affinity);
    if (allowed.isEmpty()) {
      throw new IOException(
          "this system does not tell which CPUs a process may use, and has no taskset; affinity"
              + " must be none");
    }
    // A fork with one busy thread is bound if any is.
    for (CpuList cpus : bound(1).stream().toList()) {
      run(advice, List.of(TASKSET, "-c", cpus.toString(), "true"));
    }
  }

  private void tryNice() throws IOException {
    String advice = "nice %d needs it: install coreutils, or use 0".formatted(nice);
    int own = Integer.parseInt(run(advice, List.of(NICE)));
    int expected = Math.max(-20, Math.min(19, own + nice));
    // Without permission nice says so, starts the program all the same and reports success.
    String told = run(advice, List.of(NICE, "-n", String.valueOf(nice), NICE));
    if (!told.equals(String.valueOf(expected))) {
      throw new IOException(
          "nice %d: a program would run at %s, expected %d; values below 0 need the right to do so"
              .formatted(nice, told, expected));
    }
  }

  /**
   * Returns the CPUs that a fork with so many busy threads may run on; empty where the system does
   * not tell.
   */
  Optional<CpuList> cpus(int threads) {
    return bound(threads).or(() -> allowed);
  }

  private Optional<CpuList> bound(int threads) {
    if (!auto) {
      return listed;
    }
    return allowed
        .map(CpuList::cpus)
        .filter(cpus -> cpus.size() > threads)
        .map(cpus -> new CpuList(cpus.subList(cpus.size() - threads, cpus.size())));
  }

  /** Returns the words before the JVM command of a fork with so many busy threads. */
  public List<String> command(int threads) {
    List<String> words = new ArrayList<>();
    bound(threads).ifPresent(cpus -> words.addAll(List.of(TASKSET, "-c", cpus.toString())));
    if (nice != 0) {
      words.addAll(List.of(NICE, "-n", String.valueOf(nice)));
    }
    return words;
  }

  /** Where this process runs while a fork does. */
  @FunctionalInterface
  interface ParentPlace extends AutoCloseable {
    /** Lets it run where it could before. */
    @Override
    void close() throws IOException;
  }

  /**
   * Keeps every thread of this process off the CPUs of a fork that is bound to some, as long as
   * others are left. Children inherit that, so a fork must be started with its own prefix.
   */
  ParentPlace keepParentOff(int threads) throws IOException {
    Optional<CpuList> fork = bound(threads);
    if (fork.isEmpty() || allowed.isEmpty()) {
      return () -> {};
    }
    CpuList home = allowed.get();
    List<Integer> rest = new ArrayList<>(home.cpus());
    rest.removeAll(fork.get().cpus());
    if (rest.isEmpty()) {
      return () -> {};
    }
    moveParent(new CpuList(rest));
    return () -> moveParent(home);
  }

  private static void moveParent(CpuList cpus) throws IOException {
    String pid = String.valueOf(ProcessHandle.current().pid());
    List<String> command = List.of(TASKSET, "-a", "-p", "-c", cpus.toString(), pid);
    for (int attempt = 1; ; attempt++) {
      try {
        run("this process cannot be moved to CPUs " + cpus, command);
        return;
      } catch (IOException e) {
        // A thread that ends while taskset goes through them makes it fail.
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Runs a program to its end and returns what it printed. */
  static String run(String advice, List<String> command) throws IOException {
    String line = String.join(" ", command);
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException(
          "'%s' cannot be started (%s); %s".formatted(line, e.getMessage(), advice), e);
    }
    String output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    try {
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IOException(
            "'%s' failed with exit code %d (%s); %s".formatted(line, exit, output.strip(), advice));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while '%s' ran".formatted(line));
    }
    return output.strip();
  }
}
