package io.edgefrontier.cli;

import io.edgefrontier.publish.MarkedFile;
import io.edgefrontier.publish.Marker;
import io.edgefrontier.publish.StaleBlock;
import io.edgefrontier.publish.TableFormat;
import io.edgefrontier.result.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Text that is kept in place between the markers of Markdown files. */
final class KeptText {
  /**
   * A file as it is and as it should be.
   *
   * @param name as the user gave it
   */
  private record Kept(String name, Path file, MarkedFile before, MarkedFile after) {
    List<StaleBlock> stale() {
      return before.stale(after);
    }

    String blocks() {
      int count = before.markers().size();
      return count + (count == 1 ? " block" : " blocks");
    }
  }

  private KeptText() {}

  /**
   * Brings the text of some files up to date: of all, or of none if there is an error.
   *
   * @throws IOException naming file and line of each marker that is wrong or asks for what is not
   *     there
   */
  static int update(List<Path> files, Terminal terminal) throws IOException {
    List<Kept> all = read(files);
    Map<Path, String> changed = new LinkedHashMap<>();
    for (Kept kept : all) {
      if (!kept.stale().isEmpty()) {
        changed.put(kept.file(), kept.after().text());
      }
    }
    AtomicFile.writeTexts(changed);
    for (Kept kept : all) {
      int stale = kept.stale().size();
      terminal.result(
          stale == 0
              ? kept.name() + ": up to date, " + kept.blocks()
              : "%s: updated, %d of %s".formatted(kept.name(), stale, kept.blocks()));
    }
    return ExitCode.DONE;
  }

  /**
   * Tells which text is stale, and changes nothing.
   *
   * @return {@link ExitCode#STALE} if any is
   * @throws IOException as {@link #update}
   */
  static int check(List<Path> files, Terminal terminal) throws IOException {
    List<String> stale = new ArrayList<>();
    for (Kept kept : read(files)) {
      List<StaleBlock> blocks = kept.stale();
      blocks.forEach(block -> terminal.result(block.message(kept.name())));
      if (blocks.isEmpty()) {
        terminal.result(kept.name() + ": up to date, " + kept.blocks());
      } else {
        stale.add(kept.name());
      }
    }
    if (stale.isEmpty()) {
      return ExitCode.DONE;
    }
    terminal.result(
        "Bring up to date with: java -jar benchmarks.jar publish --update "
            + stale.stream().map(KeptText::quoted).collect(Collectors.joining(" ")));
    return ExitCode.STALE;
  }

  private static String quoted(String name) {
    return name.matches("[\\w./-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
  }

  /** Reads all before anything is said or written, so that every error is told at once. */
  private static List<Kept> read(List<Path> files) throws IOException {
    List<Kept> all = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    for (Path file : new LinkedHashSet<>(files)) {
      try {
        MarkedFile before = MarkedFile.read(file);
        if (before.markers().isEmpty()) {
          throw new IOException(
              file
                  + ": has no marker; expected a line <!-- BEGIN:edge-frontier RUN OPTIONS --> and"
                  + " below it <!-- END:edge-frontier -->");
        }
        // A link to a file is kept: what it leads to is replaced.
        all.add(new Kept(file.toString(), file.toRealPath(), before, current(file, before)));
      } catch (IOException e) {
        errors.add(Main.message(e));
      }
    }
    if (!errors.isEmpty()) {
      throw new IOException(String.join("\n", errors));
    }
    return all;
  }

  /**
   * Returns a file with the text that its markers ask for.
   *
   * @param path of the file, which the markers' runs are relative to
   * @throws IOException naming the line of each marker that asks for what is not there
   */
  static MarkedFile current(Path path, MarkedFile file) throws IOException {
    List<String> texts = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    for (Marker marker : file.markers()) {
      try {
        texts.add(text(path, marker));
      } catch (IOException | IllegalArgumentException e) {
        errors.add("%s:%d: %s".formatted(path, marker.line(), Main.message(e)));
      }
    }
    if (!errors.isEmpty()) {
      throw new IOException(String.join("\n", errors));
    }
    try {
      return file.with(texts);
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  private static String text(Path file, Marker marker) throws IOException {
    PublishRequest request = PublishRequest.parse(marker.arguments());
    if (request.format() != TableFormat.MARKDOWN && request.format() != TableFormat.HTML) {
      throw new IllegalArgumentException(
          "--format %s: expected markdown or html, since it stands in Markdown"
              .formatted(request.format().label()));
    }
    return Publication.text(request, name -> locate(file, name));
  }

  /**
   * Finds a run by its folder only: what 'latest' or a baseline is depends on the machine and the
   * day.
   */
  private static LocatedRun locate(Path file, String name) throws IOException {
    Path given;
    try {
      given = Path.of(name);
    } catch (InvalidPathException e) {
      throw new IOException("'%s' is no path: %s".formatted(name, e.getReason()), e);
    }
    if (given.isAbsolute()) {
      throw new IOException(
          "found '%s', expected a path relative to the file, which is the same on every machine"
              .formatted(name));
    }
    Path folder = file.resolveSibling(given);
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "no run '%s'; expected its folder, relative to that of the file".formatted(name));
    }
    return new LocatedRun(folder, LocatedRun.prefix(given));
  }
}
