package io.edgefrontier.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeTest {
  @TempDir private Path folder;

  private Attribute open(String text) throws IOException {
    return Attribute.open(Files.writeString(folder.resolve("input"), text));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 7, -12, 262_143_328_850L, 999_999_999_999_999_999L})
  void readsWholeNumbers(long value) throws IOException {
    try (Attribute attribute = open(value + "\n")) {
      assertEquals(value, attribute.number());
      assertEquals(value, attribute.number(), "again");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "-", "1.5\n", "12 W\n", "0x10\n", "1234567890123456789\n"})
  void takesNothingElseForANumber(String text) throws IOException {
    try (Attribute attribute = open(text)) {
      IOException error = assertThrows(IOException.class, attribute::number);

      assertEquals(
          "%s: found '%s', expected a whole number".formatted(attribute.path(), text.strip()),
          error.getMessage());
    }
  }

  @Test
  void expectsAWord() throws IOException {
    try (Attribute attribute = open("Discharging\n")) {
      attribute.expect("Discharging");
      assertThrows(IOException.class, () -> attribute.expect("Discharging!"));
      assertThrows(IOException.class, () -> attribute.expect("Charging"));
    }
  }

  @Test
  void seesWhatTheKernelChanged() throws IOException {
    Path received = Path.of("/sys/class/net/lo/statistics/rx_bytes");
    assumeTrue(Files.isReadable(received), "needs a loopback device in /sys");
    try (Attribute attribute = Attribute.open(received);
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      long before = attribute.number();
      DatagramPacket packet =
          new DatagramPacket(new byte[1000], 1000, socket.getLocalSocketAddress());
      socket.send(packet);
      socket.receive(packet);

      assertTrue(attribute.number() >= before + 1000, "the file is rendered anew at each read");
    }
  }
}
