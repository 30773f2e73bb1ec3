package io.edgefrontier.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeterLogTest {
  @TempDir private Path folder;

  private MeterLog read(String text) throws IOException {
    return MeterLog.read(Files.writeString(folder.resolve("meter.csv"), text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1763842456.25",
        "2025-11-22T20:14:16.25Z",
        "2025-11-22T21:14:16.250+01:00",
        "2025-11-22 14:44:16.25-05:30",
      })
  void readsTimesOfEitherKind(String timestamp) throws IOException {
    MeterLog log = read("timestamp,volts,watts\r\n" + timestamp + ",5.1,2.75\r\n");

    assertEquals(1, log.size());
    assertEquals(1_763_842_456.25, log.seconds(0));
    assertEquals(2.75, log.watts(0));
    assertEquals("meter.csv", log.name());
  }

  @Test
  void readsAsManyReadingsAsThereAre() throws IOException {
    StringBuilder text = new StringBuilder("watts,timestamp\n");
    for (int i = 0; i < 5000; i++) {
      text.append(i).append(',').append(1000 + i * 0.5).append('\n');
    }

    MeterLog log = read(text.toString());

    assertEquals(5000, log.size());
    assertEquals(4999, log.watts(4999));
    assertEquals(0, log.firstFrom(0));
    assertEquals(3, log.firstFrom(1001.5));
    assertEquals(4, log.firstFrom(1001.6));
    assertEquals(5000, log.firstFrom(9999));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-22T20:14:16 | 'timestamp': found '2026-11-22T20:14:16', expected seconds since 1970, or ISO 8601 with an offset",
        "'' | 'timestamp': found '', expected seconds since 1970",
        "1763842456250 | expected seconds since 1970; these look like milliseconds",
        "2 | 'timestamp': found '2', expected a time after that of the record before",
        "1.5 | 'timestamp': found '1.5', expected a time after that of the record before",
      })
  void saysWhereATimeIsWrong(String timestamp, String expected) {
    String message =
        assertThrows(IOException.class, () -> read("timestamp,watts\n2,1\n" + timestamp + ",1\n"))
            .getMessage();

    assertTrue(message.contains("meter.csv: record 2 (line 3), column " + "'timestamp'"), message);
    assertTrue(message.contains(expected), message);
  }

  @Test
  void saysWhatIsMissing() {
    assertMessage("1763842456,5\n", "no column 'timestamp'");
    assertMessage("timestamp,power\n1,5\n", "no column 'watts'");
    assertMessage("timestamp,watts\n", "has no readings, expected records below the header");
    assertMessage("timestamp,watts\n1,\n", "record 1 (line 2), column 'watts': found ''");
    assertMessage("timestamp,watts\n1,5 W\n", "column 'watts': found '5 W', expected a finite");
  }

  private void assertMessage(String text, String expected) {
    String message = assertThrows(IOException.class, () -> read(text)).getMessage();
    assertTrue(message.contains(expected), message);
    assertTrue(message.contains("meter.csv"), message);
  }
}
