package io.edgefrontier.energy;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Power and energy inputs of hardware monitors, such as the current monitors on Jetson boards and
 * Pi hats.
 *
 * @see <a href="https://docs.kernel.org/hwmon/sysfs-interface.html">hwmon sysfs interface</a>
 */
final class Hwmon {
  static final String KIND = "hwmon";

  /**
   * TI's current monitors sit in supply rails; other chips may tell of a graphics card or a disk.
   */
  private static final String CURRENT_MONITOR = "ina";

  /** The rail that feeds a Jetson module, and with it all the others. */
  private static final String TOTAL = "VDD_IN";

  private Hwmon() {}

  /**
   * Opens one channel.
   *
   * @param asked {@code chip/label}, or empty for the one that stands for the board
   * @throws IOException if there is none, or the choice is not clear
   */
  static EnergySensor open(String asked, SysClass devices) throws IOException {
    List<HwmonChannel> channels = HwmonChannel.in(devices);
    List<HwmonChannel> meant = asked.isEmpty() ? ofBoard(channels) : answering(asked, channels);
    if (meant.size() != 1) {
      throw new IOException(complaint(asked, meant, channels, devices));
    }
    HwmonChannel channel = meant.get(0);
    try {
      return EnergySensor.of(KIND, List.of(channel.open(asked.isEmpty() ? channel.name() : asked)));
    } catch (IOException e) {
      throw new UnreadableSensorException(
          "%s; check that the channel is enabled and that your user may read it"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static List<HwmonChannel> answering(String asked, List<HwmonChannel> channels) {
    int slash = asked.indexOf('/');
    String chip = slash < 0 ? asked : asked.substring(0, slash);
    String label = slash < 0 ? "" : asked.substring(slash + 1);
    return channels.stream().filter(channel -> channel.answersTo(chip, label)).toList();
  }

  private static List<HwmonChannel> ofBoard(List<HwmonChannel> channels) {
    List<HwmonChannel> rails =
        channels.stream().filter(channel -> channel.chip().startsWith(CURRENT_MONITOR)).toList();
    List<HwmonChannel> total =
        rails.stream().filter(channel -> channel.label().equals(TOTAL)).toList();
    return total.size() == 1 ? total : rails;
  }

  private static String complaint(
      String asked, List<HwmonChannel> meant, List<HwmonChannel> channels, SysClass devices) {
    if (channels.isEmpty()) {
      return "no power or energy input under " + devices.folder();
    }
    String found =
        (meant.isEmpty() ? channels : meant)
            .stream()
                .map(
                    channel ->
                        channel.name() + " (" + channel.device() + "/" + channel.channel() + ")")
                .collect(Collectors.joining(", "));
    return asked.isEmpty()
        ? "which input under %s feeds the machine is not clear; ask for one by hwmon:chip/label: %s"
            .formatted(devices.folder(), found)
        : "%s '%s' under %s; found: %s"
            .formatted(
                meant.isEmpty() ? "no input" : "several inputs", asked, devices.folder(), found);
  }
}
