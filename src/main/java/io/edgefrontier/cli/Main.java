package io.edgefrontier.cli;

import io.edgefrontier.config.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Entry point of benchmarks.jar: the whole job, one stage of it, or JMH. */
public final class Main {
  private Main() {}

  /** Runs the command that {@code args} name and exits with its code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs the command that {@code args} name and returns its exit code. */
  static int run(String... args) {
    // Figures in tables are for machines as much as for people: one notation everywhere.
    Locale.setDefault(Locale.ROOT);
    CommandLine commands = commands();
    List<String> words = List.of(args);
    if (isOwn(words, commands)) {
      return commands.execute(args);
    }
    List<String> jmh = words.get(0).equals("jmh") ? words.subList(1, words.size()) : words;
    try {
      // Past picocli, which would take -h and @file for itself.
      return JmhPassThrough.run(jmh, terminal());
    } catch (IOException | RuntimeException e) {
      return report(e, terminal().err());
    }
  }

  /** Returns whether the words are for a command of this program, rather than for JMH. */
  private static boolean isOwn(List<String> words, CommandLine commands) {
    if (words.isEmpty() || words.get(0).startsWith("--")) {
      return true;
    }
    String first = words.get(0);
    if (first.equals("jmh")) {
      return words.equals(List.of("jmh", "--help"));
    }
    // -p, -f and their like are both JMH's and the sweep's; JMH has no option with two dashes.
    // Words
    // such as --add-opens may be values of JMH's -jvmArgs, so only known options count.
    return commands.getSubcommands().containsKey(first)
        || (first.startsWith("-")
            && words.stream().anyMatch(word -> isLongOption(word, commands.getCommandSpec())));
  }

  private static boolean isLongOption(String word, CommandSpec command) {
    String name = word.split("=", 2)[0];
    return name.startsWith("--")
        && (command.optionsMap().containsKey(name)
            || command.negatedOptionsMap().containsKey(name));
  }

  /** Returns the process's own output streams. */
  static Terminal terminal() {
    Charset charset = Charset.defaultCharset();
    return new Terminal(
        new PrintWriter(System.out, true, charset), new PrintWriter(System.err, true, charset));
  }

  /** Returns the command tree. */
  static CommandLine commands() {
    CommandLine root = withSettings(new RunCommand(), Stage.values());
    root.addSubcommand(withSettings(new TrainCommand(), Stage.TRAIN));
    root.addSubcommand(withSettings(new PrepareCommand(), Stage.PREPARE));
    root.addSubcommand(withSettings(new BenchCommand(), Stage.BENCH));
    root.addSubcommand(withSettings(new AccuracyCommand(), Stage.ACCURACY));
    root.addSubcommand(withSettings(new MergeCommand(), Stage.MERGE));
    root.addSubcommand(withSettings(new FrontierCommand(), Stage.FRONTIER));
    root.addSubcommand(withSettings(new ReportCommand()));
    root.addSubcommand(withSettings(new SelfTestCommand(), Stage.PREPARE, Stage.BENCH));
    root.addSubcommand(withHelp(new CompareCommand()));
    root.addSubcommand(withHelp(new GateCommand()));
    root.addSubcommand(withHelp(new BaselineCommand()));
    root.addSubcommand(withHelp(new ImportCommand()));
    root.addSubcommand(withHelp(new ExportCommand()));
    root.addSubcommand(withHelp(new RecommendCommand()));
    root.addSubcommand(withHelp(new InspectCommand()));
    root.addSubcommand(withHelp(new TrendCommand()));
    root.addSubcommand(withHelp(new PublishCommand()));
    CommandLine jmh = new CommandLine(new JmhPassThrough());
    jmh.getCommandSpec().addOption(help("--help"));
    root.addSubcommand(jmh);
    root.setUsageHelpAutoWidth(true);
    root.setExecutionExceptionHandler((e, command, parsed) -> report(e, command.getErr()));
    return root;
  }

  private static OptionSpec help(String... names) {
    return OptionSpec.builder(names).usageHelp(true).description("Show this help.").build();
  }

  /** Gives a command and those below it their help. */
  private static CommandLine withHelp(Object command) {
    CommandLine line = new CommandLine(command);
    line.getCommandSpec().addOption(help("-h", "--help"));
    line.getSubcommands()
        .values()
        .forEach(below -> below.getCommandSpec().addOption(help("-h", "--help")));
    return line;
  }

  private static CommandLine withSettings(Object command, Stage... stages) {
    CommandLine line = new CommandLine(command);
    SettingOptions.addTo(line.getCommandSpec(), stages);
    return line;
  }

  /** Prints an error and returns the exit code that it means. */
  private static int report(Exception error, PrintWriter err) {
    if (error instanceof IllegalArgumentException || error instanceof IOException) {
      err.println("error: " + message(error));
      return ExitCode.BAD_INPUT;
    }
    error.printStackTrace(err);
    err.println("internal error: " + message(error));
    return ExitCode.INTERNAL_ERROR;
  }

  /** Returns what went wrong, in words. */
  static String message(Exception error) {
    if (error instanceof FileSystemException file && file.getReason() == null) {
      String kind = file.getClass().getSimpleName().replace("Exception", "");
      return file.getFile()
          + ": "
          + String.join(" ", kind.split("(?=\\p{Lu})")).toLowerCase(Locale.ROOT);
    }
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }
}
