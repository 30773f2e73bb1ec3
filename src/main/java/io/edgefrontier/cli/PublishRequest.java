package io.edgefrontier.cli;

import io.edgefrontier.publish.Content;
import io.edgefrontier.publish.GroupBy;
import io.edgefrontier.publish.TableFormat;
import io.edgefrontier.publish.TableOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which table of which runs somebody wants, in the words of the command line. */
final class PublishRequest {
  @Parameters(
      arity = "0..*",
      paramLabel = "RUN",
      description =
          "Its folder, 'latest', the beginning of its name, or 'baseline:NAME'. Several runs give"
              + " one table with a group of columns for each.")
  private List<String> runs = List.of();

  @Option(
      names = "--content",
      paramLabel = "WHAT",
      defaultValue = "table",
      description =
          "table; or of one run, in Markdown: page (all of its README.md), summary (what to ship),"
              + " pictures (of its frontiers). Default: ${DEFAULT-VALUE}.")
  private String content;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "markdown",
      description = "markdown, csv, latex, html or json. Default: ${DEFAULT-VALUE}.")
  private String format;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "COLUMN",
      description =
          "Columns of sweep_results.csv, or short: latency, accuracy, memory, energy, size, p99,"
              + " cold_start, budget, exceeds, frontier and more. Default: what a reader needs to"
              + " choose.")
  private List<String> columns = List.of();

  @Option(
      names = "--sort",
      paramLabel = "[-]COLUMN",
      defaultValue = "",
      description = "Sort by this column, descending with - before it. Default: latency.")
  private String sort;

  @Option(
      names = "--group-by",
      paramLabel = "WHAT",
      description =
          "Group rows by model, precision, pruning_level, batch_size or threads; the best of each"
              + " group is bold.")
  private String groupBy;

  @Option(
      names = "--baseline",
      paramLabel = "VARIANT",
      defaultValue = "",
      description =
          "Add each cell's latency divided by this variant's at the same batch size and threads:"
              + " an id such as resnet8-p0.0-fp32, or a precision of the same model and pruning"
              + " level.")
  private String baseline;

  /**
   * Returns the request that these words make, which are those of the command line.
   *
   * @throws IllegalArgumentException if the words are none
   */
  static PublishRequest parse(List<String> words) {
    PublishRequest request = new PublishRequest();
    try {
      // A text must not depend on a file that an argument @FILE would be read from.
      new CommandLine(request).setExpandAtFiles(false).parseArgs(words.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return request;
  }

  /** Returns the names of the runs, in the order of the table. */
  List<String> runs() {
    return runs;
  }

  /**
   * Returns what is published.
   *
   * @throws IllegalArgumentException naming the choices if there is none of this name
   */
  Content content() {
    return Content.parse(content);
  }

  /**
   * Makes sure that nothing is asked for that only tables have.
   *
   * @throws IllegalArgumentException if something is
   */
  void requireNoTable() {
    if (format() != TableFormat.MARKDOWN || !options().equals(TableOptions.USUAL)) {
      throw new IllegalArgumentException(
          "--content %s: expected no option of tables; found --format, --columns, --sort,"
                  .formatted(content().label())
              + " --group-by or --baseline");
    }
  }

  /**
   * Returns the format.
   *
   * @throws IllegalArgumentException naming the choices if there is none of this name
   */
  TableFormat format() {
    return TableFormat.parse(format);
  }

  /**
   * Returns what the table shows.
   *
   * @throws IllegalArgumentException naming the choices if something has no such name
   */
  TableOptions options() {
    return new TableOptions(
        columns, sort, Optional.ofNullable(groupBy).map(GroupBy::parse), baseline);
  }
}
