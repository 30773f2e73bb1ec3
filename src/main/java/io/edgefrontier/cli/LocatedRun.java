package io.edgefrontier.cli;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A run where somebody who publishes it found it.
 *
 * @param folder of the run
 * @param prefix what leads from the published text to the folder: empty, or with / at its end
 */
record LocatedRun(Path folder, String prefix) {

  /** How runs are found by what people call them. */
  @FunctionalInterface
  interface Finder {
    /**
     * Returns the run that a text names.
     *
     * @throws IOException if there is none
     */
    LocatedRun locate(String name) throws IOException;
  }

  /** Returns a run for a text that lies in another folder. */
  static LocatedRun from(Path textFolder, Path run) {
    return new LocatedRun(run, prefix(absolute(textFolder).relativize(absolute(run))));
  }

  /** Returns a relative path as what leads to the files below it. */
  static String prefix(Path relative) {
    String path = relative.normalize().toString().replace('\\', '/');
    return path.isEmpty() ? "" : path + "/";
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
