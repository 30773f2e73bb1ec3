package io.edgefrontier.energy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A channel of a hardware monitor that tells energy or power.
 *
 * @param device its folder's name, such as {@code hwmon3}
 * @param chip such as {@code ina3221}
 * @param channel name without the driver's help, such as {@code power1}
 * @param label as the driver names the rail, else {@code channel}
 * @param counter whether {@code inputs} is one that counts microjoules; otherwise their product is
 *     power in microwatts
 * @param updateNanos time between two updates; 0 when the driver does not state it
 */
record HwmonChannel(
    String device,
    String chip,
    String channel,
    String label,
    boolean counter,
    List<Path> inputs,
    long updateNanos) {
  private static final double MICRO = 1e-6;

  /** The driver has no power of its own; in4 to in6 are shunt voltages and curr4 is a sum. */
  private static final String VOLTAGE_AND_CURRENT_CHIP = "ina3221";

  private static final Pattern INPUT = Pattern.compile("((energy|power|in)([0-9]+))_input");

  /** Returns the channels of all monitors. */
  static List<HwmonChannel> in(SysClass devices) throws IOException {
    List<HwmonChannel> channels = new ArrayList<>();
    for (Path folder : devices.devices()) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .map(file -> INPUT.matcher(file.getFileName().toString()))
            .filter(Matcher::matches)
            .sorted(Comparator.comparing(Matcher::group))
            .map(input -> channel(folder, input))
            .filter(Predicate.not(channel -> channel.inputs.isEmpty()))
            .forEach(channels::add);
      }
    }
    return channels;
  }

  private static HwmonChannel channel(Path folder, Matcher input) {
    String device = folder.getFileName().toString();
    String chip = SysClass.text(folder.resolve("name")).orElse(device);
    String channel = input.group(1);
    List<Path> inputs =
        input.group(2).equals("in")
            ? voltageAndCurrent(folder, chip, Integer.parseInt(input.group(3)))
            : List.of(folder.resolve(input.group()));
    return new HwmonChannel(
        device,
        chip,
        channel,
        SysClass.text(folder.resolve(channel + "_label")).orElse(channel),
        input.group(2).equals("energy"),
        inputs,
        TimeUnit.MILLISECONDS.toNanos(SysClass.numberOrZero(folder.resolve("update_interval"))));
  }

  private static List<Path> voltageAndCurrent(Path folder, String chip, int number) {
    Path current = folder.resolve("curr" + number + "_input");
    return chip.equals(VOLTAGE_AND_CURRENT_CHIP) && number <= 3 && Files.exists(current)
        ? List.of(folder.resolve("in" + number + "_input"), current)
        : List.of();
  }

  /** Returns the name that a user can ask for. */
  String name() {
    return chip + "/" + label;
  }

  boolean answersTo(String askedChip, String askedLabel) {
    return (askedChip.equals(chip) || askedChip.equals(device))
        && (askedLabel.equals(label) || askedLabel.equals(channel));
  }

  Domain open(String name) throws IOException {
    List<Attribute> attributes = SysClass.open(inputs);
    return counter
        ? new EnergyCounter(name, attributes.get(0), 0, updateNanos)
        : new PowerMeter(name, attributes, MICRO, updateNanos);
  }
}
