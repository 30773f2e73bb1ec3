package io.edgefrontier.measure;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine at one moment, as far as it decides how fast a fork runs. What a platform does not
 * tell is absent; outside Linux that is everything.
 *
 * @param nanoTime as {@link System#nanoTime}
 * @param cpus what each CPU has done since the machine started, by its number
 * @param ownTicks CPU time of this process and its ended children, in the unit of {@link CpuTicks}
 * @param load mean number of runnable programs over the last minute
 * @param frequencyMhz of the fastest core: others may idle at a lower one
 * @param governor what sets the clock of the first core
 * @param temperatureC of the hottest zone
 * @param throttleCount how often a core or package was slowed down for its heat, since the start
 */
public record MachineState(
    long nanoTime,
    Map<Integer, CpuTicks> cpus,
    Optional<Long> ownTicks,
    Optional<Double> load,
    Optional<Double> frequencyMhz,
    Optional<String> governor,
    Optional<Double> temperatureC,
    Optional<Long> throttleCount) {
  private static final String CPUS = "sys/devices/system/cpu";

  public MachineState {
    cpus = Map.copyOf(cpus);
  }

  /** Returns the state of this machine now. */
  public static MachineState now() {
    return read(Path.of("/"), System.nanoTime());
  }

  static MachineState read(Path root, long nanoTime) {
    List<Path> cores = SystemFiles.list(root.resolve(CPUS), "cpu[0-9]*");
    return new MachineState(
        nanoTime,
        CpuTicks.ofMachine(root),
        CpuTicks.ofThisProcess(root),
        SystemFiles.firstLine(root.resolve("proc/loadavg"))
            .flatMap(line -> SystemFiles.number(line.split(" ", 2)[0])),
        frequencyMhz(root, cores),
        SystemFiles.firstLine(root.resolve(CPUS + "/cpu0/cpufreq/scaling_governor")),
        numbers(SystemFiles.list(root.resolve("sys/class/thermal"), "thermal_zone*"), "temp")
            .max(Double::compare)
            .map(milliDegrees -> milliDegrees / 1000),
        throttleCount(cores));
  }

  private static Optional<Double> frequencyMhz(Path root, List<Path> cores) {
    return numbers(cores, "cpufreq/scaling_cur_freq")
        .max(Double::compare)
        .map(kilohertz -> kilohertz / 1000)
        .or(() -> frequencyOfCpuInfo(root));
  }

  private static Optional<Double> frequencyOfCpuInfo(Path root) {
    return SystemFiles.lines(root.resolve("proc/cpuinfo")).stream()
        .filter(line -> line.startsWith("cpu MHz"))
        .flatMap(line -> SystemFiles.number(line.substring(line.indexOf(':') + 1)).stream())
        .max(Double::compare);
  }

  private static Optional<Long> throttleCount(List<Path> cores) {
    return Stream.concat(
            numbers(cores, "thermal_throttle/core_throttle_count"),
            numbers(cores, "thermal_throttle/package_throttle_count"))
        .map(Double::longValue)
        .reduce(Long::sum);
  }

  private static Stream<Double> numbers(List<Path> folders, String file) {
    return folders.stream()
        .flatMap(folder -> SystemFiles.firstLine(folder.resolve(file)).stream())
        .flatMap(line -> SystemFiles.number(line).stream());
  }

  /**
   * Returns what a reader wants to see, in reading order; what is not known has no key: {@code
   * load_1m}, {@code frequency_mhz}, {@code governor}, {@code temperature_c}, {@code
   * throttle_count}.
   */
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    load.ifPresent(value -> facts.put("load_1m", value));
    frequencyMhz.ifPresent(value -> facts.put("frequency_mhz", value));
    governor.ifPresent(value -> facts.put("governor", value));
    temperatureC.ifPresent(value -> facts.put("temperature_c", value));
    throttleCount.ifPresent(value -> facts.put("throttle_count", value));
    return facts;
  }
}
