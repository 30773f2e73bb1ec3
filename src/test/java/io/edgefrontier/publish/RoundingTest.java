package io.edgefrontier.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundingTest {
  @ParameterizedTest
  @CsvSource({
    "0.4870215953661131, 0.4850878477672699, 0.4926623715292437, 0.487 ± 0.004",
    "0.4870215953661131, 0.4750878477672699, 0.4996623715292437, 0.487 ± 0.012",
    "0.5, 0.4, 0.6, 0.50 ± 0.10",
    "10.2, 9.34, 10.45, 10.2 ± 0.6",
    "1234.5, 1100, 1400, 1230 ± 150",
    "123456, 100000, 140000, 120000 ± 20000",
    "0.00001234, 0.0000123, 0.0000124, 0.00001234 ± 0.00000005",
    "-0.5, -0.75, -0.25, -0.5 ± 0.3",
    "2, 1.9004, 2.0996, 2.00 ± 0.10",
    "0, -0.2, 0.2, 0.0 ± 0.2",
    "1, 1, 1, 1",
  })
  void givesAsManyDigitsAsTheIntervalSupports(double value, double low, double high, String text) {
    assertEquals(text, Rounding.plusMinus(new Figure(value, low, high)));
  }

  @ParameterizedTest
  @CsvSource({
    "99.16434, 97.57226, 99.71540, '99.2 [97.6, 99.7]'",
    "10.86351, 8.049295, 14.50641, '10.9 [8.0, 14.5]'",
    "97.123, 97.0513, 97.1952, '97.123 [97.051, 97.195]'",
    "100, 99.0, 100, '100.00 [99.00, 100.00]'",
    "50, 20, 80, '50 [20, 80]'",
  })
  void givesBothEndsOfWhatIsNotSymmetric(double value, double low, double high, String text) {
    assertEquals(text, Rounding.brackets(new Figure(value, low, high)));
  }

  @ParameterizedTest
  @CsvSource({
    "0.07793426513671875, 0.07793",
    "302.41406, 302.4",
    "21.2999, 21.30",
    "1, 1",
    "0, 0",
    "0.5, 0.5",
    "123456.7, 123500",
    "9345920, 9346000",
    "0.00000012345, 0.0000001235",
  })
  void givesFourDigitsOfWhatHasNoInterval(double value, String text) {
    assertEquals(text, Rounding.significant(value));
  }
}
