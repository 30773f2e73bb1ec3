package io.edgefrontier.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's own parser is the oracle. */
class DecimalParserTest {
  private final Random random = new Random(1);

  /** Returns whether the parser took it; if it did, it must have every bit right. */
  private static boolean takes(String text) {
    double parsed = DecimalParser.parse(text);
    if (!Double.isNaN(parsed)) {
      assertEquals(Double.parseDouble(text), parsed, text);
    }
    return !Double.isNaN(parsed);
  }

  @Test
  void everyBitIsThatOfTheJdk() {
    int taken = 0;
    for (int i = 0; i < 100_000; i++) {
      String digits = new BigInteger(1 + random.nextInt(59), random).toString();
      BigDecimal decimal = new BigDecimal(new BigInteger(digits), random.nextInt(28));
      taken += takes(decimal.toPlainString()) ? 1 : 0;
      taken += takes("-" + random.nextInt(1000) + "." + digits) ? 1 : 0;
    }
    assertEquals(1, taken / 200_000.0, 0.2, "share that is not left to the JDK");
  }

  @Test
  void nearTheMiddleOfTwoDoublesTheJdkDecides() {
    for (int i = 0; i < 100_000; i++) {
      double value = random.nextDouble();
      BigDecimal middle = new BigDecimal(value).add(new BigDecimal(Math.ulp(value) / 2));
      takes(middle.round(new MathContext(15 + random.nextInt(4))).toPlainString());
    }
    takes("9007199254740993"); // exactly between two
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "-0.0", "5.", ".5", "0.5", "1", "123456789.125", "0.001"})
  void takesPlainDecimals(String text) {
    assertEquals(true, takes(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "-", "-.", "+1", "1e5", "1..2", "--1", "1-", "1f", "١", "NaN"})
  void leavesEverythingElse(String text) {
    assertEquals(Double.NaN, DecimalParser.parse(text));
  }
}
