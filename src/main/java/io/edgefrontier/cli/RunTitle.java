package io.edgefrontier.cli;

import io.edgefrontier.config.Settings;
import io.edgefrontier.report.Findings;
import java.util.List;

/** What a run is about. */
final class RunTitle {
  private static final int MOST_NAMED = 3;

  private RunTitle() {}

  /**
   * Returns network and data, such as {@code resnet8 on digits}. Networks are named as the run's
   * own tables name them, since what the settings say may lie on another machine.
   */
  static String of(Settings settings, Findings findings) {
    List<String> models =
        findings.rows().stream().map(row -> row.cell().variant().model()).distinct().toList();
    String named =
        String.join(", ", models.subList(0, Math.min(MOST_NAMED, models.size())))
            + (models.size() > MOST_NAMED
                ? " and %s more".formatted(Integer.toString(models.size() - MOST_NAMED))
                : "");
    return (named.isEmpty() ? "no network" : named)
        + " on "
        + settings.data().dataset().orElse("no dataset");
  }
}
