package io.edgefrontier.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedCsvTest {
  @ParameterizedTest
  @ValueSource(strings = {"=1", "+1", "-1", "@A1", " =1", "\t1", "\n=1", "\uFF1D1", "\uFF0B1"})
  void putsAnApostropheBeforeWhatBeginsAsAFormula(String text) {
    GuardedCsv csv = new GuardedCsv();
    csv.text(text);
    csv.endRecord();

    String field = csv.toString().strip().replaceAll("^\"|\"$", "");
    assertEquals("'" + text, field);
  }

  @Test
  void leavesNumbersAndOtherTextsAlone() {
    GuardedCsv csv = new GuardedCsv();
    csv.text("a=b");
    csv.text("resnet8-p0.5-int8");
    csv.text("");
    csv.number(-0.125);
    csv.number(Double.NaN);
    csv.flag(true);
    csv.text("say \"hi\", then go");
    csv.endRecord();

    assertEquals(
        "a=b,resnet8-p0.5-int8,,-0.125,,true,\"say \"\"hi\"\", then go\"\r\n", csv.toString());
  }
}
