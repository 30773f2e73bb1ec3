package io.edgefrontier.cli;

import io.edgefrontier.config.SettingKey;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Memory budgets for a network that the user brings, if none is given: those of the built-in
 * networks would reject all of it. Its archive's size is the active budget; a quarter and half of
 * it are tracked as well.
 */
final class OwnBudgets {
  private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.CEILING);

  private OwnBudgets() {}

  /** Adds budgets to {@code values} where they say nothing about budgets. */
  static void addTo(Map<SettingKey, String> values) throws IOException {
    if (values.containsKey(SettingKey.MEMORY_BUDGETS_MB)
        || values.containsKey(SettingKey.ACTIVE_MEMORY_BUDGET_MB)
        || values.containsKey(SettingKey.BUDGET_METRIC)) {
      return;
    }
    OptionalLong bytes = archiveBytes(values);
    if (bytes.isPresent()) {
      BigDecimal whole = share(bytes.getAsLong(), 1);
      values.put(SettingKey.ACTIVE_MEMORY_BUDGET_MB, whole.toPlainString());
      values.put(
          SettingKey.MEMORY_BUDGETS_MB,
          "%s,%s,%s"
              .formatted(
                  share(bytes.getAsLong(), 4).toPlainString(),
                  share(bytes.getAsLong(), 2).toPlainString(),
                  whole.toPlainString()));
    }
  }

  /** Returns the size of the network's archive, or of the largest that was made elsewhere. */
  private static OptionalLong archiveBytes(Map<SettingKey, String> values) throws IOException {
    String given = values.getOrDefault(SettingKey.VARIANTS, "null").strip();
    if (!given.isEmpty() && !given.equals("null")) {
      return GivenVariants.of(Path.of(given)).largestBytes();
    }
    String model = values.getOrDefault(SettingKey.MODEL, "").strip();
    boolean archive = model.endsWith(".pt") && Files.isRegularFile(Path.of(model));
    return archive ? OptionalLong.of(Files.size(Path.of(model))) : OptionalLong.empty();
  }

  private static BigDecimal share(long bytes, int parts) {
    BigDecimal mib = BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf((long) parts << 20));
    return mib.round(TWO_DIGITS).stripTrailingZeros();
  }
}
